"""Two runs over the same cases: what changed, and is it more than chance?"""

from __future__ import annotations

from eval.measures import MEASURES
from eval.measures.interval import Figure, paired_estimate
from eval.run import Run
from index.errors import PlanError


def paired_differences(old: Run, new: Run) -> dict[str, Figure]:
    """Return new - old of every measure over the cases that have a score in both, paired by case id.

    A question whose text has changed is another case. The 95 % interval is that of the difference: where it holds 0,
    chance may have done it.

    Raises:
        PlanError: the runs have no case in common.
    """
    before = {one.case.id: one for one in old.scored}
    pairs = [
        (was, one)
        for one in new.scored
        if (was := before.get(one.case.id)) and was.case.question == one.case.question
    ]  # fmt: skip
    if not pairs:
        raise PlanError(
            expected="a run over some of the same questions", got="no question in common",
            next_step="compare runs of the same set and split",
        )  # fmt: skip
    differences: dict[str, Figure] = {}
    for measure in MEASURES:
        scores = [
            (was_score, score)
            for was, one in pairs
            if (was_score := was.scores.get(measure.name)) is not None
            and (score := one.scores.get(measure.name)) is not None
        ]
        if scores:
            old_scores, new_scores = zip(*scores, strict=True)
            differences[measure.name] = paired_estimate(old_scores, new_scores, measure.statistic, seed=new.seed)
    return differences


def flipped(old: Run, new: Run) -> tuple[list[str], list[str]]:
    """Return the ids of the cases that were wrong and are right now, and of those that were right and are wrong now."""
    before = {one.case.id: one.is_wrong for one in old.scored}
    mended = [one.case.id for one in new.scored if before.get(one.case.id) and not one.is_wrong]
    broken = [one.case.id for one in new.scored if before.get(one.case.id) is False and one.is_wrong]
    return mended, broken
