"""Question files: what is asked, and what is known of the right answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from eval.wording import folded
from index.errors import PlanError
from index.plan import Plan
from qa.answer import Question, Status, Turn

OWN_QUESTIONS = Path(__file__).with_name("questions.jsonl")
CATEGORIES = {
    "fact": "事实", "list": "列举", "measure": "举措与目标", "lookup": "条款定位", "structure": "结构",
    "multi": "多条款", "followup": "追问", "everyday": "口语说法", "language": "语言与错别字", "yesno": "是非",
    "premise": "错误前提", "refuse": "规划未载",
}  # fmt: skip
"""Our kinds of question with their Chinese titles; other people's sets may name others."""


@dataclass(frozen=True)
class Case:
    """A question with what is known of its right answer. None: not known, so measures that need it give no score.

    Attributes:
        id: unique in its file.
        question: what is asked, with its history.
        category: kind of question.
        split: `tune` or `test`; empty where a set has no splits.
        answerable: whether the plan states it.
        relevant: ids of the sections that must all be cited.
        acceptable: ids of further sections whose citation is not wrong.
        facts: each inner tuple is met if one of its strings stands in the answer.
        forbidden: strings that must not stand in the answer.
        status: what the answer's status must be.
    """

    id: str
    question: Question
    category: str = ""
    split: str = ""
    answerable: bool | None = None
    relevant: tuple[str, ...] | None = None
    acceptable: tuple[str, ...] = ()
    facts: tuple[tuple[str, ...], ...] | None = None
    forbidden: tuple[str, ...] | None = None
    status: Status | None = None

    def located(self, plan: Plan) -> Case:
        """Return the case with its section numbers, in whatever notation, as ids of the plan where it has them."""

        def ids(written: tuple[str, ...]) -> tuple[str, ...]:
            found = [(section.id if (section := plan.find(one)) else one) for one in written]
            return tuple(dict.fromkeys(found))

        return replace(
            self, relevant=None if self.relevant is None else ids(self.relevant), acceptable=ids(self.acceptable)
        )


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


_Strings = Annotated[list[str], BeforeValidator(_as_list)]


class _TurnLine(BaseModel):
    model_config = ConfigDict(extra="ignore")
    role: Literal["user", "assistant"]
    content: str


class _ForeignLine(BaseModel):
    """Anyone's question: everything but `question` may be missing, and further keys are left alone."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)
    question: str
    id: str = ""
    category: str = ""
    history: list[_TurnLine] = []
    answerable: bool | None = None
    relevant: _Strings | None = None
    acceptable: _Strings = []
    facts: Annotated[list[_Strings], BeforeValidator(_as_list)] | None = None
    forbidden: _Strings | None = None
    status: Status | None = None
    split: str = ""


class _OwnTurnLine(_TurnLine):
    model_config = ConfigDict(extra="forbid")


class _OwnLine(_ForeignLine):
    """A question of ours: every field is there and no other."""

    model_config = ConfigDict(extra="forbid", strict=True)
    id: str
    category: Literal[
        "fact", "list", "measure", "lookup", "structure", "multi", "followup", "everyday", "language", "yesno",
        "premise", "refuse",
    ]  # fmt: skip
    history: list[_OwnTurnLine]  # type: ignore[assignment]
    answerable: bool
    relevant: list[str]
    acceptable: list[str]
    facts: list[list[str]]
    forbidden: list[str]
    status: Status
    split: Literal["tune", "test"]


def read_questions(path: Path = OWN_QUESTIONS, *, own: bool | None = None) -> tuple[Case, ...]:
    """Return the cases of a file in JSON Lines, or of one JSON list.

    Args:
        path: the file, UTF-8.
        own: hold it to our own format, where every field is there and no other; by default for our own file only.

    Raises:
        PlanError: the file cannot be read, a line does not fit, or an id comes twice.
    """
    line_model = _OwnLine if (path == OWN_QUESTIONS if own is None else own) else _ForeignLine
    cases: dict[str, Case] = {}
    for place, fields in _objects(path):
        if line_model is _ForeignLine and isinstance(fields, dict):
            fields = {name: value for name, value in fields.items() if value is not None}
        try:
            line = line_model.model_validate(fields)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "the line"
            raise _misfit(path, place, f"{where}: {first['msg']}") from None
        case = _case(line, default_id=f"q{place:04}")
        if case.id in cases:
            raise _misfit(path, place, f"id {case.id!r} a second time")
        cases[case.id] = case
    if not cases:
        raise _misfit(path, 1, "no question at all")
    return tuple(cases.values())


def _objects(path: Path) -> Iterable[tuple[int, Any]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PlanError(
            expected=f"a readable UTF-8 question file at {path}", got=str(error), next_step="check --questions"
        ) from None
    if text.lstrip().startswith("["):
        try:
            yield from enumerate(json.loads(text), 1)
        except json.JSONDecodeError as error:
            raise _misfit(path, error.lineno, error.msg) from None
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except json.JSONDecodeError as error:
                raise _misfit(path, number, error.msg) from None


def _misfit(path: Path, place: int, problem: str) -> PlanError:
    return PlanError(
        expected="one question object a line, as eval/README.md describes it",
        got=f"{path.name}, line {place}: {problem}",
        next_step="mend that line",
    )


def _case(line: _ForeignLine, default_id: str) -> Case:
    case_id = line.id or default_id
    history = tuple(Turn(turn.role, turn.content) for turn in line.history)
    return Case(
        id=case_id,
        question=Question(line.question, history, case_id),
        category=line.category,
        split=line.split,
        answerable=line.answerable,
        relevant=None if line.relevant is None else tuple(line.relevant),
        acceptable=tuple(line.acceptable),
        facts=None if line.facts is None else tuple(map(tuple, line.facts)),
        forbidden=None if line.forbidden is None else tuple(line.forbidden),
        status=line.status,
    )


def of_split(cases: Sequence[Case], split: str) -> tuple[Case, ...]:
    """Return the cases of that split; all of them for `all`, and where the set has no splits."""
    if split == "all" or not any(case.split for case in cases):
        return tuple(cases)
    return tuple(case for case in cases if case.split == split)


def problems(cases: Iterable[Case], plan: Plan) -> tuple[str, ...]:
    """Return what is wrong with the cases as questions over the plan, one line each; empty if nothing is.

    Section ids exist; every list of facts has an alternative that stands in the plan; relevant sections are named just
    where the plan answers; the status goes with that.
    """
    source = folded(plan.source)
    found: list[str] = []
    for case in cases:
        named = (*(case.relevant or ()), *case.acceptable)
        found += [f"{case.id}: no section {one}" for one in named if plan.section(one) is None]
        for alternatives in case.facts or ():
            if not any(folded(one) and folded(one) in source for one in alternatives):
                found.append(f"{case.id}: no alternative of {list(alternatives)} stands in the plan")
        if case.answerable is not None and case.relevant is not None and case.answerable != bool(case.relevant):
            found.append(f"{case.id}: answerable and relevant do not agree")
        if case.answerable is not None and case.status is not None and case.answerable == (case.status == "refused"):
            found.append(f"{case.id}: answerable and status do not agree")
    return tuple(found)


def fingerprint(cases: Iterable[Case]) -> str:
    """Return the sha256, in hexadecimal, of what the cases say, whatever file they came from."""
    return hashlib.sha256("\n".join(map(repr, cases)).encode()).hexdigest()
