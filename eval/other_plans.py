"""Plans other than the one that is served, with questions about them: what the scorers learn from and are tried on.

Each folder of `eval/plans/` holds one invented plan in official style and, written by another hand than the program's:
`pairs.jsonl` (a question, and the sentence that answers it), `unanswerable.jsonl` (questions that it does not answer)
and `questions.jsonl` (of every kind, as in `eval/questions.jsonl`); some lack the one or the other. None is about the plan that is served.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eval.questions import Case, read_questions
from index.parser import read_plan
from index.plan import Plan
from index.spans import Entry, levels

OTHER_PLANS = Path(__file__).with_name("plans")
HELD_OUT = frozenset({"haichuan", "lanjiang", "lanjiang-wuliu", "lanxi", "lichuan", "minkang", "nangang", "zechuan"})
"""The plans that do not teach the embedding model (`eval.adapt`): their pairs tell how it does on what it has not seen."""


@dataclass(frozen=True)
class OtherPlan:
    """A plan and what is asked about it.

    Attributes:
        name: of its folder.
        path: its file.
        plan: parsed.
        sentences: its sentences as they are embedded, in the order of the index.
        pairs: questions, each with the row of the sentence that answers it.
        unanswerable: questions that the plan does not answer.
        cases: questions of every kind.
    """

    name: str
    path: Path
    plan: Plan
    sentences: tuple[str, ...]
    pairs: tuple[tuple[str, int], ...]
    unanswerable: tuple[str, ...]
    cases: tuple[Case, ...]


def other_plans(folder: Path = OTHER_PLANS) -> list[OtherPlan]:
    """Return all plans below `folder`, by name.

    Raises:
        PlanError: a plan or a question file cannot be read.
        ValueError: a pair names a sentence that its section does not hold.
    """
    return [_read(one) for one in sorted(folder.iterdir()) if (one / "plan.txt").is_file()]


def _read(folder: Path) -> OtherPlan:
    plan = read_plan(folder / "plan.txt")
    level = levels([Entry(plan, clause) for clause in plan.clauses])["sentence"]
    rows: dict[str, list[int]] = {}
    for row, owner in enumerate(level.owners):
        rows.setdefault(plan.clauses[owner].id, []).append(row)
    texts = [span.of(plan.source).rstrip("。") for span in level.spans]

    def row_of(section: str, sentence: str) -> int:
        wanted = sentence.rstrip("。")
        for row in rows.get(section, []):
            if wanted in texts[row] or texts[row] in wanted:
                return row
        raise ValueError(f"{folder.name}: {section} has no sentence {sentence!r}")

    pairs = [(line["question"], row_of(line["section"], line["sentence"])) for line in _lines(folder / "pairs.jsonl")]
    return OtherPlan(
        folder.name, folder / "plan.txt", plan, level.texts, tuple(pairs),
        tuple(line["question"] for line in _lines(folder / "unanswerable.jsonl")),
        read_questions(cases, own=False) if (cases := folder / "questions.jsonl").is_file() else (),
    )  # fmt: skip


def _lines(path: Path) -> Iterator[dict[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return (json.loads(line) for line in lines if line.strip())
