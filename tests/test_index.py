"""The index in a tiny world: six clauses, and an embedder whose vectors are written by hand."""

import json
import multiprocessing
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index import folder as folder_module
from index.embedder import Encoded, Progress, Vectors
from index.errors import PlanError
from index.folder import load_index, save_index
from index.lexical import terms
from index.parser import parse_plan
from index.sentences import parts, sentences
from index.store import PlanIndex, standard_score_fusion
from index.tokens import TokenVectors
from index.vectors import VectorIndex

TEXT = "小规划\n一、港口\n(一)码头。升级码头,建自动化泊位。\n(二)航道。疏浚航道。\n二、道路\n(一)公路。铺设公路。\n(二)桥梁。加固桥梁。\n(三)隧道。照明隧道。\n"
TOPICS = ("码头", "航道", "公路", "桥梁", "隧道")


class HandMade:
    """An embedder for tests: a text points to the topic that it names, in five dimensions."""

    name = "hand-made"
    dimension = 5

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        rows = np.array([[float(topic in text) for topic in TOPICS] for text in texts], np.float32) + 0.01
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def encode_documents(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        if progress:
            progress(len(texts), len(texts))
        return self.encode_queries(texts)

    def encode_tokens(self, texts: Sequence[str], *, query: bool, progress: Progress | None = None) -> list[Encoded]:
        vectors = self.encode_documents(texts, progress)
        return [Encoded(v, v[None, :].repeat(2, axis=0), ("a", "b")) for v in vectors]


@pytest.fixture
def index() -> PlanIndex:
    return PlanIndex.build([parse_plan(TEXT)], HandMade())


def test_search_finds_the_clause(index: PlanIndex) -> None:
    for topic, section in zip(TOPICS, ("一(一)", "一(二)", "二(一)", "二(二)", "二(三)"), strict=True):
        question = f"{topic}怎么办"
        hit = index.search(question, HandMade().encode_tokens([question], query=True)[0], 1)[0]
        assert index.entries[hit.row].clause.id == section


def test_vector_search_returns_cosines_best_first() -> None:
    flat = VectorIndex.build(np.array([[1, 0], [0.6, 0.8], [0, 1]], np.float32))
    scores, rows = flat.search(np.array([0, 1], np.float32), 3)
    assert rows.tolist() == [2, 1, 0]
    assert scores.tolist() == pytest.approx([1.0, 0.8, 0.0])


def test_standard_score_fusion_by_hand() -> None:
    first, second, flat = (np.array(scores, np.float32) for scores in ([3, 2, 1], [0, 30, 0], [7, 7, 7]))
    fused = standard_score_fusion([first, second, flat])
    assert fused.tolist() == pytest.approx([1.5**0.5 - 0.5**0.5, 2**0.5, -(1.5**0.5) - 0.5**0.5], abs=1e-5)


def test_late_interaction_by_hand() -> None:
    store = TokenVectors.of([np.array([[1, 0], [0, 1]], np.float32), np.array([[0.6, 0.8]], np.float32)])
    match = store.best_match(np.array([[1, 0], [0, 1]], np.float32), np.array([1, 0]))
    assert match == pytest.approx(np.array([[0.6, 0.8], [1.0, 1.0]]), abs=1e-3)
    np.testing.assert_array_equal(store.all_matches(np.eye(2, dtype=np.float32)), match[::-1])


def test_terms_are_characters_pairs_and_latin_runs() -> None:
    assert terms("建5G基站") == ["建", "5g", "基", "站", "基站"]


def test_sentences_and_parts_keep_their_places() -> None:
    text = "建网,通“万兆,千兆”到户(含老区,新区)。超3,000个;完。"
    found = sentences(text)
    assert [span.of(text) for span in found] == ["建网,通“万兆,千兆”到户(含老区,新区)。", "超3,000个;", "完。"]
    assert [part.of(text) for part in parts(text, found[0])] == ["建网", "通“万兆,千兆”到户(含老区,新区)"]
    assert [part.of(text) for part in parts(text, found[1])] == ["超3,000个"]


def test_a_saved_index_answers_the_same(index: PlanIndex, tmp_path: Path) -> None:
    save_index(index, tmp_path / "out")
    loaded = load_index(tmp_path / "out", model="hand-made", plans=index.plans)
    query = HandMade().encode_tokens(["桥梁"], query=True)[0]
    assert loaded.search("桥梁", query, 5) == index.search("桥梁", query, 5)
    assert loaded.plans == index.plans
    assert not [path for path in (tmp_path / "out").rglob("*") if path.suffix in (".pkl", ".pickle")]
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["model"] == "hand-made" and manifest["dimension"] == 5 and manifest["plans"][0]["clauses"] == 5


def test_what_does_not_fit_is_refused_with_the_next_step(index: PlanIndex, tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"none there yet.*python -m index"):
        load_index(tmp_path / "none")
    save_index(index, tmp_path)
    with pytest.raises(PlanError, match="model other"):
        load_index(tmp_path, model="other")
    with pytest.raises(PlanError, match="another text"):
        load_index(tmp_path, plans=[parse_plan(TEXT + "(四)渡口。")])
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    (tmp_path / "manifest.json").write_text(json.dumps(manifest | {"format": 0}), encoding="utf-8")
    with pytest.raises(PlanError, match="format 0"):
        load_index(tmp_path)
    (tmp_path / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(PlanError, match="damaged"):
        load_index(tmp_path)


def test_a_damaged_file_is_found(index: PlanIndex, tmp_path: Path) -> None:
    save_index(index, tmp_path)
    (vectors,) = tmp_path.glob("data-*/sentence.faiss")
    vectors.write_bytes(vectors.read_bytes()[:-3] + b"\0\1\2")
    with pytest.raises(PlanError, match=r"sentence.faiss.*damaged"):
        load_index(tmp_path)


def test_a_full_disk_loses_nothing(index: PlanIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_index(index, tmp_path)

    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder_module, "_write_data", no_room)  # the disk is what is simulated
    with pytest.raises(PlanError, match="No space left"):
        save_index(index, tmp_path)
    monkeypatch.undo()
    assert load_index(tmp_path).plans == index.plans
    assert len(list(tmp_path.glob("data-*"))) == 1


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="needs a folder in which nobody can write")
def test_a_folder_that_cannot_be_written(index: PlanIndex) -> None:
    with pytest.raises(PlanError, match="can be written"):
        save_index(index, Path("/proc/self/index"))


def _save(folder: str) -> None:
    save_index(PlanIndex.build([parse_plan(TEXT)], HandMade()), Path(folder))


def test_two_processes_at_the_same_time(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=_save, args=(str(tmp_path),)) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join(120)
    assert [process.exitcode for process in both] == [0, 0]
    assert load_index(tmp_path).vectors["clause"].count == 5
    assert len(list(tmp_path.glob("data-*"))) == 1
