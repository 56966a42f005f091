"""Public question sets in SQuAD's format as a plan: every passage is a clause with the number 段N."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from index.errors import PlanError
from index.plan import Clause, Plan, Section
from index.section import Rung, SectionNumber, Style


class _Answer(BaseModel):
    text: str


class _Asked(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True)
    id: str
    question: str
    answers: list[_Answer]


class _Paragraph(BaseModel):
    context: str
    qas: list[_Asked]


class _Article(BaseModel):
    paragraphs: list[_Paragraph]


class _SquadFile(BaseModel):
    data: list[_Article]


@dataclass(frozen=True)
class PassageQuestion:
    """A question whose answer stands in one passage.

    Attributes:
        id: as the set names it.
        text: the question.
        passage: number of the passage that answers, from 1.
        answers: the gold answers, none twice.
    """

    id: str
    text: str
    passage: int
    answers: tuple[str, ...]

    @property
    def clause(self) -> str:
        """Id of the clause that holds the passage."""
        return passage_number(self.passage).id


@dataclass(frozen=True)
class PassageSet:
    """A set.

    Attributes:
        name: of its file.
        passages: texts, none twice; the first is number 1.
        questions: in the file's order.
    """

    name: str
    passages: tuple[str, ...]
    questions: tuple[PassageQuestion, ...]

    def plan(self, without: Collection[int] = ()) -> Plan:
        """Return the passages as one plan, each a clause at the top of the outline.

        Args:
            without: numbers of the passages that are left out; the others keep their numbers.
        """
        kept = [(place, text) for place, text in enumerate(self.passages, 1) if place not in without]
        return Plan(self.name, "\n".join(text for _, text in kept), tuple(_sections(kept)))


def passage_number(place: int) -> SectionNumber:
    """Return 段N."""
    return SectionNumber((Rung(Style.PARAGRAPH, place),))


def _sections(passages: Iterable[tuple[int, str]]) -> Iterable[Section]:
    start = 0
    for place, text in passages:
        number, end = passage_number(place), start + len(text)
        clause = Clause(number, "", (), text, start, end, start)
        yield Section(number, "", 0, start, start, None, (), clause)
        start = end + 1


def read_squad(path: Path) -> PassageSet:
    """Return the set in a file of SQuAD's format (version 1, as CMRC 2018 and DRCD use it).

    Raises:
        PlanError: it cannot be read, or is of another format, or holds no question that has an answer.
    """
    try:
        articles = _SquadFile.model_validate_json(path.read_bytes()).data
    except (OSError, ValidationError) as error:
        got = error.strerror if isinstance(error, OSError) else str(error.errors()[0]["msg"])
        raise PlanError(
            expected=f"a question set in SQuAD's format at {path}", got=str(got),
            next_step="eval/README.md says where CMRC 2018 and DRCD are from",
        ) from None  # fmt: skip
    numbers: dict[str, int] = {}
    questions = []
    for paragraph in (paragraph for article in articles for paragraph in article.paragraphs):
        number = numbers.setdefault(paragraph.context, len(numbers) + 1)
        for asked in paragraph.qas:
            answers = tuple(dict.fromkeys(answer.text for answer in asked.answers if answer.text))
            if answers:
                questions.append(PassageQuestion(asked.id, asked.question, number, answers))
    if not questions:
        raise PlanError(
            expected="questions with answers", got=f"none in {path.name}", next_step="give a set that has answers"
        )
    return PassageSet(path.stem, tuple(numbers), tuple(questions))
