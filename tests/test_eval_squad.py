"""Public sets as a plan of passages, and what is measured on them, in a world of four passages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from eval.measures.short_answer import exact_match, holds_answer, overlap_f1, units
from eval.passage_index import passage_index, without
from eval.passages import PassageSet, read_squad
from eval.squad_measures import answer_sentences, answers, figures, hits, retrieval, withheld
from index.embedder import Encoded, Progress, Vectors
from index.errors import PlanError
from index.store import PlanIndex
from qa.answer import Answer, Citation, Question, Statement

PASSAGES = {
    "青島港在膠州灣。港口很大。": [("港在哪裡?", ["膠州灣", "在膠州灣"])],
    "基站超3万个。居全省首位。": [("基站有多少?", ["3万个"]), ("基站第几?", ["首位"])],
    "机柜超4万架。": [("机柜有多少?", ["4万架"])],
    "没有问题的一段。": [],
}


class LetterEmbedder:
    """Counts characters: its vectors can be worked out by hand and need no model."""

    name, dimension = "letters", 97

    def __init__(self) -> None:
        self.texts = 0

    def _vector(self, text: str) -> Vectors:
        counts = np.bincount([ord(letter) % self.dimension for letter in text or " "], minlength=self.dimension)
        return np.asarray(counts / np.linalg.norm(counts), np.float32)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._vector(text) for text in texts])

    def encode_documents(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.texts += len(texts)
        return np.stack([self._vector(text) for text in texts])

    def encode_tokens(self, texts: Sequence[str], *, query: bool, progress: Progress | None = None) -> list[Encoded]:
        self.texts += len(texts)
        return [
            Encoded(self._vector(text), np.stack([self._vector(letter) for letter in text]), tuple(text))
            for text in texts
        ]


class FirstSentence:
    """Answers every question with the first sentence of the passage that shares most characters, if enough are."""

    def __init__(self, index: PlanIndex) -> None:
        self.plans = index.plans
        self._index = index

    def answer(self, question: Question) -> Answer:
        hit = self._index.search(question.text, LetterEmbedder().encode_tokens([question.text], query=True)[0], 1)[0]
        entry = self._index.entries[hit.row]
        if len(set(question.text) & set(entry.clause.text)) < 2:
            return Answer(question, (), "refused")
        end = entry.clause.start + entry.clause.text.index("。") + 1
        citation = Citation.of(entry.plan, entry.clause.id, entry.clause.start, end)
        return Answer(question, (Statement(citation.quote, (citation,)),), "grounded", short_answer="4 万架")


@pytest.fixture
def squad(tmp_path: Path) -> PassageSet:
    paragraphs = []
    for number, (context, asked) in enumerate(PASSAGES.items()):
        questions = [
            {"id": f"{number}-{place}", "question": text, "answers": [{"text": one, "answer_start": 0} for one in gold]}
            for place, (text, gold) in enumerate(asked)
        ]
        paragraphs.append({"id": f"P{number}", "context": context, "qas": questions})
    path = tmp_path / "tiny.json"
    path.write_text(json.dumps({"version": "1", "data": [{"title": "x", "paragraphs": paragraphs}]}), encoding="utf-8")
    return read_squad(path)


def nothing(done: int, total: int) -> None:
    assert 0 < done <= total


def test_every_passage_becomes_a_clause(squad: PassageSet) -> None:
    plan = squad.plan()
    assert [clause.id for clause in plan.clauses] == ["段1", "段2", "段3", "段4"]
    assert [clause.text for clause in plan.clauses] == list(PASSAGES)
    assert all(plan.source[clause.start : clause.end] == clause.text for clause in plan.clauses)
    assert [(question.id, question.clause) for question in squad.questions] == [
        ("0-0", "段1"), ("1-0", "段2"), ("1-1", "段2"), ("2-0", "段3"),
    ]  # fmt: skip
    assert squad.questions[0].answers == ("膠州灣", "在膠州灣")
    cut = squad.plan(without=[2])
    assert [clause.id for clause in cut.clauses] == ["段1", "段3", "段4"]
    assert all(cut.source[clause.start : clause.end] == clause.text for clause in cut.clauses)


@pytest.mark.parametrize("content", ["{}", "[", '{"data": []}', '{"data": [{"paragraphs": [{"context": "a"}]}]}'])
def test_what_is_no_such_set_is_one_line(tmp_path: Path, content: str) -> None:
    (tmp_path / "set.json").write_text(content)
    with pytest.raises(PlanError):
        read_squad(tmp_path / "set.json")
    with pytest.raises(PlanError, match="SQuAD"):
        read_squad(tmp_path / "none.json")


def test_passages_are_embedded_once(squad: PassageSet, tmp_path: Path) -> None:
    embedder = LetterEmbedder()
    first = passage_index(squad, embedder, folder=tmp_path)
    embedded = embedder.texts
    again = passage_index(squad, embedder, folder=tmp_path)
    assert embedder.texts == embedded > 0
    for name in first.vectors:
        np.testing.assert_array_equal(first.vectors[name].vectors, again.vectors[name].vectors)


def test_an_index_without_passages_is_as_if_built_so(squad: PassageSet, tmp_path: Path) -> None:
    embedder = LetterEmbedder()
    cut = without(passage_index(squad, embedder, folder=tmp_path), squad, [2])
    built = PlanIndex.build([squad.plan(without=[2])], embedder)
    assert [entry.clause for entry in cut.entries] == [entry.clause for entry in built.entries]
    for name in built.vectors:
        np.testing.assert_array_equal(cut.vectors[name].vectors, built.vectors[name].vectors)
    np.testing.assert_array_equal(cut.tokens.offsets, built.tokens.offsets)
    np.testing.assert_array_equal(cut.tokens.matrix, built.tokens.matrix)
    encoded = embedder.encode_tokens(["机柜有多少?"], query=True)[0]
    assert cut.search("机柜有多少?", encoded, 3) == built.search("机柜有多少?", encoded, 3)


def test_retrieval_and_answers(squad: PassageSet) -> None:
    index = PlanIndex.build([squad.plan()], LetterEmbedder())
    encoded = LetterEmbedder().encode_tokens([question.text for question in squad.questions], query=True)
    found = figures(list(retrieval(index, squad.questions, encoded, nothing)))
    assert found["fused R@1"].value == found["dense MRR"].value == found["lexical R@5"].value == 1
    # 「基站第几?」 is nearer to 「基站超3万个。」 than to 「居全省首位。」, which answers it
    assert found["e5 in passage@1"].value == 3 / 4
    assert found["e5 in passage@2"].value == 4 / 4
    said = list(answers(FirstSentence(index), squad.questions, nothing))
    assert said[3].scores == {
        "answered": 1, "answer R@1": 0, "quote@1": 1, "quote@2": 1, "quote@3": 1, "short exact": 1, "short F1": 1,
    }  # fmt: skip
    assert figures(said)["quote@1"].value == 3 / 4
    assert figures(said)["short exact"].value == 1 / 4


def test_sentences_are_ranked_with_the_passage_given_and_without(squad: PassageSet) -> None:
    def rank(text: str, clause: str) -> tuple[list[str], list[str]]:
        assert (text, clause) == ("港在哪裡?", "段1")
        return ["在膠州灣。", "港口很大。"], ["机柜。", "在膠州灣。"]

    (ranked,) = answer_sentences(rank, squad.questions[:1], nothing)
    assert ranked.scores == {
        "sentence in passage@1": 1, "sentence in passage@2": 1, "sentence in passage@3": 1,
        "sentence@1": 0, "sentence@2": 1, "sentence@3": 1,
    }  # fmt: skip


def test_refusals_where_the_passage_is_withheld(squad: PassageSet) -> None:
    index = PlanIndex.build([squad.plan()], LetterEmbedder())
    asked = list(withheld(FirstSentence, index, squad, squad.questions, nothing))
    assert sorted(one.id for one in asked) == ["0-0", "1-0", "1-1", "2-0"]
    assert all(one.scores["refused"] <= one.scores["refused or true"] for one in asked)
    assert {one.id: one.scores["refused"] for one in asked}["0-0"] == 1


def test_short_answers_are_compared_in_characters_and_runs() -> None:
    assert units("5G 基站(3万)个") == ["5g", "基", "站", "3", "万", "个"]
    assert exact_match("3 万个。", ["超3万", "３万个"]) == 1
    assert exact_match("", ["。"]) == 0
    assert overlap_f1("超3万个", ["3万个", "甲"]) == pytest.approx(2 * 3 / (4 + 3))
    assert overlap_f1("", ["3万个"]) == 0
    assert overlap_f1("乙", ["甲"]) == 0


def test_an_answer_sentence_within_k() -> None:
    assert hits("s", ["甲", "超 3 万个"], ["3万个"]) == {"s@1": 0, "s@2": 1, "s@3": 1}
    assert hits("s", [], ["甲"]) == {"s@1": 0, "s@2": 0, "s@3": 0}
    assert holds_answer("ＡＢ", ["AB"])
