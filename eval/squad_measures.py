"""What is measured on public sets: the passage found, the sentence that answers, the short answer, the refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from eval.measures.interval import Figure, estimate, mean
from eval.measures.short_answer import exact_match, holds_answer, overlap_f1
from eval.passage_index import without
from eval.passages import PassageQuestion, PassageSet
from eval.run import SEED, Answers
from index.embedder import Encoded, Vectors
from index.store import ALL_RANKINGS, DENSE_RANKINGS, LATE_RANKINGS, LEXICAL_RANKINGS, PlanIndex
from qa.answer import Question

RANKINGS = {"fused": ALL_RANKINGS, "dense": DENSE_RANKINGS, "late": LATE_RANKINGS, "lexical": LEXICAL_RANKINGS}
FOLDS = 10
"""Parts in which passages are withheld: each time a tenth, and only its own questions are asked."""

Progress = Callable[[int, int], None]
SentenceRanking = Callable[[str, str], tuple[Sequence[str], Sequence[str]]]
"""Takes a question and a clause's id; gives that clause's sentences and those of all clauses found, both best first."""


@dataclass(frozen=True)
class Asked:
    """A question and what became of it.

    Attributes:
        id: of the question.
        scores: by measure; only those that the question has a score on.
        answer: as said; empty where nothing was asked of the answerer.
        short_answer: as said.
    """

    id: str
    scores: dict[str, float]
    answer: str = ""
    short_answer: str = ""


def figures(asked: Sequence[Asked]) -> dict[str, Figure]:
    """Return the mean of every measure, with its interval, over the questions that have a score."""
    names = dict.fromkeys(name for one in asked for name in one.scores)
    scores = {name: [one.scores[name] for one in asked if name in one.scores] for name in names}
    return {name: estimate(values, mean, seed=SEED) for name, values in scores.items()}


def retrieval(
    index: PlanIndex, questions: Sequence[PassageQuestion], encoded: Sequence[Encoded], progress: Progress
) -> Iterator[Asked]:
    """Yield, for every question, R@1, R@5 and reciprocal rank of its passage, fused, and dense, late and lexical rankings alone.

    And `e5 in passage@1…3`: whether the sentences of the right passage that are nearest by vector alone hold an answer;
    it is what the reader has to beat.

    Args:
        index: over all passages.
        questions: what is asked.
        encoded: their vectors and those of their pieces.
        progress: told how many are done, of how many.
    """
    rows = {entry.clause.id: row for row, entry in enumerate(index.entries)}
    for done, (question, one) in enumerate(zip(questions, encoded, strict=True), 1):
        scores: dict[str, float] = {}
        rankings = index.rankings(question.text, one)
        for name, using in RANKINGS.items():
            found = [hit.row for hit in index.best(rankings, len(rows), using)]
            rank = found.index(rows[question.clause]) + 1
            scores |= {f"{name} R@1": float(rank == 1), f"{name} R@5": float(rank <= 5), f"{name} MRR": 1 / rank}
        nearest = _nearest_sentences(index, rows[question.clause], one.vector)
        scores |= hits("e5 in passage", nearest, question.answers)
        yield Asked(question.id, scores)
        progress(done, len(questions))


def _nearest_sentences(index: PlanIndex, clause: int, vector: Vectors) -> list[str]:
    level = index.levels["sentence"]
    rows = level.of_clause(clause)
    order = rows[np.argsort(-(index.vectors["sentence"].vectors[rows] @ vector), kind="stable")]
    return [level.texts[row] for row in order[:3]]


def hits(name: str, sentences: Sequence[str], gold: Sequence[str]) -> dict[str, float]:
    """Return hit@1, hit@2 and hit@3: whether one of the first k sentences holds a gold answer."""
    held = [holds_answer(sentence, gold) for sentence in sentences[:3]]
    return {f"{name}@{k}": float(any(held[:k])) for k in (1, 2, 3)}


def answers(answerer: Answers, questions: Sequence[PassageQuestion], progress: Progress) -> Iterator[Asked]:
    """Yield, for every question, how the answer does.

    `answered` is the share that is not refused; `answer R@1` looks at the first clause that the answer retrieved;
    `quote@k` at the quotes in the order in which they are cited (a refusal cites nothing: 0); `short exact` and
    `short F1` at the short answer.
    """
    for done, question in enumerate(questions, 1):
        said = answerer.answer(Question(question.text, (), question.id))
        cited = () if said.abstained else said.citations
        found = [one.clause.id for one in said.retrieved[:1]]
        scores = {
            "answered": float(not said.abstained),
            "answer R@1": float(found == [question.clause]),
            **hits("quote", [citation.quote for citation in cited], question.answers),
            "short exact": exact_match(said.short_answer, question.answers),
            "short F1": overlap_f1(said.short_answer, question.answers),
        }
        yield Asked(question.id, scores, said.text, said.short_answer)
        progress(done, len(questions))


def answer_sentences(
    rank: SentenceRanking, questions: Sequence[PassageQuestion], progress: Progress
) -> Iterator[Asked]:
    """Yield, for every question, whether the sentences that the answerer ranks best hold a gold answer.

    `sentence in passage@1…3` ranks those of the right passage alone, `sentence@1…3` those of all passages found.

    Args:
        rank: the answerer's way from a question to sentences.
        questions: what is asked.
        progress: told how many are done, of how many.
    """
    for done, question in enumerate(questions, 1):
        given, found = rank(question.text, question.clause)
        scores = hits("sentence in passage", given, question.answers) | hits("sentence", found, question.answers)
        yield Asked(question.id, scores)
        progress(done, len(questions))


def withheld(
    open_over: Callable[[PlanIndex], Answers],
    index: PlanIndex,
    passages: PassageSet,
    questions: Sequence[PassageQuestion],
    progress: Progress,
) -> Iterator[Asked]:
    """Yield, for every question, whether it is refused when the passage that answers it is not there.

    `refused` counts every refusal; `refused or true` also counts an answer whose quote does hold a gold answer, which
    another passage may give.

    Args:
        open_over: makes an answerer over an index.
        index: over all passages.
        passages: the set.
        questions: what is asked.
        progress: told how many are done, of how many.
    """
    done = 0
    for fold in range(FOLDS):
        out = range(fold + 1, len(passages.passages) + 1, FOLDS)
        folded_questions = [question for question in questions if question.passage in out]
        if not folded_questions:
            continue
        answerer = open_over(without(index, passages, out))
        for question in folded_questions:
            said = answerer.answer(Question(question.text, (), question.id))
            true = any(holds_answer(citation.quote, question.answers) for citation in said.citations)
            scores = {"refused": float(said.abstained), "refused or true": float(said.abstained or true)}
            yield Asked(question.id, scores, said.text, said.short_answer)
            done += 1
            progress(done, len(questions))
