"""One run: every question through the same door as the page, every answer judged, everything to repeat it kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from statistics import median
from typing import Any, Protocol

from pydantic import TypeAdapter, ValidationError

from eval.measures import MEASURES
from eval.measures.interval import Figure, estimate
from eval.questions import Case, fingerprint
from index.errors import PlanError
from index.plan import Plan
from qa.answer import Answer, Question

REPORTS = Path(__file__).with_name("reports")
SEED = 20231
_EMBED_EVERY = 4
"""Questions from one timed embedding to the next."""


class Answers(Protocol):
    """What is measured: `qa.Answerer`, or anything with its door."""

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The loaded plans."""

    def answer(self, question: Question) -> Answer:
        """Answer one question."""


@dataclass(frozen=True)
class Scored:
    """A case, its answer line, and the scores by measure; None where it cannot be scored."""

    case: Case
    line: Mapping[str, Any]
    scores: Mapping[str, float | None]

    @property
    def is_wrong(self) -> bool:
        """Whether the answer as a whole is known to be wrong."""
        return self.scores["correct"] == 0


@dataclass(frozen=True)
class Run:
    """A run, as it is written to JSON and read back.

    Attributes:
        name: what was measured, for people.
        date: when it began, ISO 8601, UTC.
        seconds: that were waited for all answers together.
        seed: of the bootstrap.
        record: model, settings, versions and what else it takes to repeat the run.
        sections: text by id of the sections that the cases name.
        scored: every case in order.
        embedding_ms: median time of embedding one question in between, in milliseconds; None where nothing embeds.
    """

    name: str
    date: str
    seconds: float
    seed: int
    record: Mapping[str, Any]
    sections: Mapping[str, str]
    scored: tuple[Scored, ...] = field(repr=False)
    embedding_ms: float | None = None

    @cached_property
    def headline(self) -> dict[str, Figure]:
        """Every measure over all cases; a measure that no case has a score on is left out."""
        return self._figures(self.scored)

    @cached_property
    def by_category(self) -> dict[str, dict[str, Figure]]:
        """The same for each kind of question, in the order in which the kinds come first."""
        kinds = dict.fromkeys(one.case.category for one in self.scored)
        return {kind: self._figures([one for one in self.scored if one.case.category == kind]) for kind in kinds}

    @cached_property
    def wrong(self) -> tuple[Scored, ...]:
        """The cases whose answer is known to be wrong."""
        return tuple(one for one in self.scored if one.is_wrong)

    @cached_property
    def questions_sha256(self) -> str:
        """Fingerprint of the cases: the same for any run over the same questions with the same known answers."""
        return fingerprint(one.case for one in self.scored)

    def of_split(self, split: str) -> Run:
        """Return the run with the cases of that split alone; all of them where the set has no splits."""
        if not any(one.case.split for one in self.scored):
            return self
        return replace(self, scored=tuple(one for one in self.scored if one.case.split == split))

    def _figures(self, scored: Sequence[Scored]) -> dict[str, Figure]:
        figures: dict[str, Figure] = {}
        for measure in MEASURES:
            values = [score for one in scored if (score := one.scores.get(measure.name)) is not None]
            if values:
                figures[measure.name] = estimate(values, measure.statistic, seed=self.seed)
        return figures


def run(
    answerer: Answers,
    questions: Sequence[Case],
    progress: Callable[[int, int], None] | None = None,
    *,
    name: str = "",
    record: Mapping[str, Any] | None = None,
    seed: int = SEED,
) -> Run:
    """Answer every question, in order and one at a time, and return the judged run.

    Args:
        answerer: what is measured.
        questions: the cases; section numbers in any notation that the first plan understands.
        progress: told (done, all) after each answer.
        name: what is measured, for people.
        record: what it takes to repeat the run (`eval.record.record_of`).
        seed: of the bootstrap.
    """
    plans = answerer.plans
    cases = [case.located(plans[0]) for case in questions]
    date = datetime.now(UTC).isoformat(timespec="seconds")
    scored: list[Scored] = []
    elapsed_ms, embedding_ms = 0.0, list[float]()
    for case in cases:
        if len(scored) % _EMBED_EVERY == 0:
            embedding_ms += _embedding_ms(answerer, case.question)
        answer = _timed(answerer, case.question)
        elapsed_ms += answer.elapsed_ms
        scores = {measure.name: measure.score(case, answer, plans) for measure in MEASURES}
        scored.append(Scored(case, answer.line(), scores))
        if progress:
            progress(len(scored), len(cases))
    sections = {one: _text(one, plans) for case in cases for one in (*(case.relevant or ()), *case.acceptable)}
    embedding = round(median(embedding_ms), 3) if embedding_ms else None
    return Run(name, date, round(elapsed_ms / 1000, 3), seed, record or {}, sections, tuple(scored), embedding)


def _embedding_ms(answerer: Answers, question: Question) -> list[float]:
    """Return how long the question's embedding alone takes, in milliseconds; nothing where the answerer shows none.

    Taken between the answers, so that whatever else the machine does slows both.
    """
    embedder = getattr(answerer, "embedder", None)
    if embedder is None:
        return []
    began = time.perf_counter()
    embedder.encode_queries([question.text])
    return [(time.perf_counter() - began) * 1000]


def _timed(answerer: Answers, question: Question) -> Answer:
    """Return the answer with the time that was waited for it; a question that is turned away counts as refused."""
    began = time.perf_counter()
    try:
        answer = answerer.answer(question)
    except PlanError as error:
        answer = Answer(question, (), "refused", details={"error": str(error)})
    return replace(answer, elapsed_ms=(time.perf_counter() - began) * 1000)


def _text(section_id: str, plans: Sequence[Plan]) -> str:
    for plan in plans:
        if section := plan.section(section_id):
            return section.clause.text if section.clause else plan.source[section.start : section.end]
    return ""


_RUNS = TypeAdapter(Run)


def to_json(judged: Run) -> bytes:
    """Return the run as JSON in UTF-8, with its figures, which are for the reader: loading counts them anew."""
    figures = {"headline": judged.headline, "by_category": judged.by_category}
    fields = {"questions_sha256": judged.questions_sha256} | figures | _RUNS.dump_python(judged, mode="json")
    return TypeAdapter(dict[str, Any]).dump_json(fields, indent=1)


def load(path: Path) -> Run:
    """Return a run that was written to JSON.

    Raises:
        PlanError: there is no such file, or it is not a run.
    """
    try:
        return _RUNS.validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        got = "something else" if isinstance(error, ValidationError) else error.strerror or type(error).__name__
        raise PlanError(
            expected=f"the JSON of an earlier run at {path}", got=got, next_step="python -m eval writes one"
        ) from None


def load_latest(out: Path = REPORTS) -> Run | None:
    """Return the latest run in that folder, or None where there is none."""
    return load(out / "latest.json") if (out / "latest.json").exists() else None
