"""What goes in and what comes out: question, citation, statement, answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from index.plan import Plan
from index.retriever import Retrieved
from index.width import half_width

Status = Literal["grounded", "corrected", "refused"]
"""grounded: the plan says so; corrected: the question assumed something that the plan says otherwise; refused: the plan
as loaded does not say."""
Mode = Literal["extractive", "chat"]

__all__ = ["Answer", "Citation", "Mode", "Question", "Rejection", "Retrieved", "Statement", "Status", "Turn"]


@dataclass(frozen=True)
class Turn:
    """One message of a conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True)
class Question:
    """What is asked, with what was said before.

    Attributes:
        text: as typed.
        history: earlier turns, oldest first.
        id: the caller's own mark, given back with the answer.
    """

    text: str
    history: tuple[Turn, ...] = ()
    id: str = ""


@dataclass(frozen=True)
class Citation:
    """A section number and a quote that is verbatim in that clause.

    Attributes:
        section: compact id, `三(一)2(3)`.
        label: as printed, `三、(一)2.(3)`.
        breadcrumb: titles from the top, joined with ` › `.
        quote: verbatim; `plan.source[start:end] == quote`.
        start: first character in the plan's source.
        end: one past the last.
        plan: title of the plan, given where several plans are loaded.
    """

    section: str
    label: str
    breadcrumb: str
    quote: str
    start: int
    end: int
    plan: str = ""

    @classmethod
    def of(cls, plan: Plan, section_id: str, start: int, end: int) -> Citation:
        """Return the citation of `plan.source[start:end]` in the section `section_id`."""
        section = plan.section(section_id)
        label = section.number.label if section else section_id
        breadcrumb = " › ".join(plan.breadcrumb(section_id)) if section else ""
        return cls(section_id, label, breadcrumb, plan.source[start:end], start, end)

    @property
    def plain(self) -> str:
        """The quote as patterns read it (`Plan.plain`)."""
        return half_width(self.quote)

    def line(self) -> dict[str, Any]:
        """Return the citation as the answer line writes it."""
        fields = {
            "section": self.section, "label": self.label, "breadcrumb": self.breadcrumb, "quote": self.quote,
            "start": self.start, "end": self.end,
        }  # fmt: skip
        return fields | ({"plan": self.plan} if self.plan else {})


@dataclass(frozen=True)
class Statement:
    """A line of an answer.

    Attributes:
        text: what is shown, without citation marks. Extractive statements hold their quotes in 「」.
        citations: what it rests on; empty for frame words (「规划提出:」), which state nothing.
    """

    text: str
    citations: tuple[Citation, ...] = ()

    @property
    def sections(self) -> tuple[str, ...]:
        """The distinct section ids that it rests on, in order."""
        return tuple(dict.fromkeys(citation.section for citation in self.citations))

    def __str__(self) -> str:
        return self.text + "".join(f"[{section}]" for section in self.sections)


@dataclass(frozen=True)
class Rejection:
    """A statement that was drafted, failed the check and is not shown as fact.

    Attributes:
        statement: what was drafted.
        reason: what the check found, in words for the reader.
    """

    statement: Statement
    reason: str


@dataclass(frozen=True)
class Answer:
    """What the person reads, and what it rests on.

    Attributes:
        question: what was asked.
        statements: the lines of the answer in order; frame lines have no citations.
        status: see `Status`.
        mode: which reader or generator wrote it.
        short_answer: the answer itself within the quote (超3万个), empty where no single span answers.
        retrieved: what was found, best first.
        rejected: what failed the check.
        nearest: for a refusal, ids of the clauses that come nearest, offered as such and not as an answer.
        elapsed_ms: milliseconds from question to answer.
        details: what a generator reports of its work (characters in and out, statements repaired…); empty offline.
    """

    question: Question
    statements: tuple[Statement, ...]
    status: Status
    mode: Mode = "extractive"
    short_answer: str = ""
    retrieved: tuple[Retrieved, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    nearest: tuple[str, ...] = ()
    elapsed_ms: float = 0.0
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The answer as plain text: one statement a line, each followed by its section numbers in brackets."""
        return "\n".join(str(statement) for statement in self.statements)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations in the order of the statements, none twice."""
        return tuple(dict.fromkeys(citation for s in self.statements for citation in s.citations))

    @property
    def abstained(self) -> bool:
        """True where the plan as loaded does not answer."""
        return self.status == "refused"

    def line(self) -> dict[str, Any]:
        """Return the answer line that scripts rely on (one JSON object)."""
        return {
            "id": self.question.id,
            "question": self.question.text,
            "answer": self.text,
            "short_answer": self.short_answer,
            "citations": [citation.line() for citation in self.citations],
            "abstained": self.abstained,
            "status": self.status,
            "mode": self.mode,
            "retrieved": [found.clause.id for found in self.retrieved],
            "nearest": list(self.nearest),
            "rejected": [{"text": r.statement.text, "reason": r.reason} for r in self.rejected],
            "elapsed_ms": round(self.elapsed_ms, 3),
            **({"details": self.details} if self.details else {}),
        }
