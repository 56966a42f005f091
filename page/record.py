"""One question with its answer, as the browser keeps it and sends it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from index.errors import PlanError
from index.plan import Plan
from qa.answer import Answer, Citation, Statement, Status, Turn

MOST_RECORDS = 300
"""Exchanges of one conversation that are taken back from a browser."""
_Words = Annotated[str, Field(max_length=20_000)]
_Id = Annotated[str, Field(max_length=200)]


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class CitationRecord(_Kept):
    """A citation; `plan` is the place of its plan among those loaded, from 0."""

    section: _Id
    label: _Id
    breadcrumb: _Words = ""
    quote: _Words = ""
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    plan: Annotated[int, Field(ge=0, le=999)] = 0


class StatementRecord(_Kept):
    """A line of the answer."""

    text: _Words
    citations: Annotated[tuple[CitationRecord, ...], Field(max_length=200)] = ()


class ClauseRecord(_Kept):
    """A clause that was found: where it is and what it is called."""

    section: _Id
    title: _Words = ""
    plan: Annotated[int, Field(ge=0, le=999)] = 0


class RejectionRecord(_Kept):
    """What was drafted and failed the check."""

    text: _Words
    reason: _Words


class Record(_Kept):
    """A question and what came of it; `notice` instead of an answer where it was stopped or went wrong."""

    question: _Words
    status: Status = "refused"
    mode: Literal["extractive", "chat"] = "extractive"
    short_answer: _Words = ""
    statements: Annotated[tuple[StatementRecord, ...], Field(max_length=200)] = ()
    retrieved: Annotated[tuple[ClauseRecord, ...], Field(max_length=100)] = ()
    rejected: Annotated[tuple[RejectionRecord, ...], Field(max_length=100)] = ()
    nearest: Annotated[tuple[ClauseRecord, ...], Field(max_length=100)] = ()
    followups: Annotated[tuple[_Words, ...], Field(max_length=10)] = ()
    elapsed_ms: float = 0.0
    at: _Id = ""
    notice: _Words = ""


_RECORDS = TypeAdapter(Annotated[list[Record], Field(max_length=MOST_RECORDS)])


def read_records(value: object) -> list[Record]:
    """Return the records that a browser sent; nothing for None.

    Raises:
        PlanError: it is not a list of records.
    """
    try:
        return _RECORDS.validate_python(value or [])
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise PlanError(
            expected="a conversation as this page keeps it",
            got=f"{place}: {first['msg']}",
            next_step="start a new conversation",
        ) from error


def written(records: Sequence[Record]) -> list[dict[str, object]]:
    """Return the records as JSON values."""
    return [record.model_dump(mode="json", exclude_defaults=True) for record in records]


def record_of(answer: Answer, plans: Sequence[Plan], followups: Sequence[str] = ()) -> Record:
    """Return what the page keeps of an answer."""
    places = {plan.title: place for place, plan in enumerate(plans)}
    return Record(
        question=answer.question.text,
        status=answer.status,
        mode=answer.mode,
        short_answer=answer.short_answer,
        statements=tuple(_statement(statement, places) for statement in answer.statements),
        retrieved=tuple(
            ClauseRecord(section=found.clause.id, title=found.clause.title, plan=places.get(found.plan.title, 0))
            for found in answer.retrieved
        ),
        rejected=tuple(RejectionRecord(text=str(r.statement), reason=r.reason) for r in answer.rejected),
        nearest=tuple(_nearest(section_id, plans) for section_id in answer.nearest),
        followups=tuple(followups),
        elapsed_ms=round(answer.elapsed_ms, 1),
        at=datetime.now().astimezone().isoformat(timespec="seconds"),
    )


def _statement(statement: Statement, places: dict[str, int]) -> StatementRecord:
    return StatementRecord(text=statement.text, citations=tuple(_citation(c, places) for c in statement.citations))


def _citation(citation: Citation, places: dict[str, int]) -> CitationRecord:
    return CitationRecord(
        section=citation.section,
        label=citation.label,
        breadcrumb=citation.breadcrumb,
        quote=citation.quote,
        start=citation.start,
        end=citation.end,
        plan=places.get(citation.plan, 0),
    )


def _nearest(section_id: str, plans: Sequence[Plan]) -> ClauseRecord:
    for place, plan in enumerate(plans):
        if section := plan.section(section_id):
            return ClauseRecord(section=section_id, title=section.title, plan=place)
    return ClauseRecord(section=section_id)


def turns(records: Sequence[Record]) -> tuple[Turn, ...]:
    """Return the conversation as the answerer reads it: what was asked and answered, notices left out."""
    said: list[Turn] = []
    for record in records:
        if record.statements or not record.notice:
            said += [Turn("user", record.question), Turn("assistant", answer_text(record))]
    return tuple(said)


def answer_text(record: Record) -> str:
    """Return the answer as plain text: one statement a line, each followed by its section numbers in brackets."""
    lines = (
        Statement(line.text, tuple(Citation(c.section, c.label, "", c.quote, c.start, c.end) for c in line.citations))
        for line in record.statements
    )
    return "\n".join(str(line) for line in lines)
