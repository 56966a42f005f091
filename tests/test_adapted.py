"""The adapted model, what it is trained on, and that training sees texts as the index does."""

from pathlib import Path

import numpy as np
import pytest
import torch
from chat_world import answerer
from safetensors.numpy import load_file

import index.bundled
from eval.adapt import FIRST_LAYER, RANK, Trainee, likenesses
from eval.other_plans import HELD_OUT, OtherPlan, other_plans
from index.bundled import ADAPTED_NAME, ADAPTER, MODEL_NAME, bundled_version
from index.embedder import SentenceEmbedder
from index.tokens import TokenVectors

QUESTIONS = ["坏了的路灯多久有人来修?", "How many schools?"]
SENTENCES = ["照明设施故障24小时内完成抢修。", "新建中小学12所。", "完善雨量监测。"]


@pytest.fixture(scope="module")
def plans() -> list[OtherPlan]:
    return other_plans()


def test_the_other_plans_are_whole_and_are_not_the_served_one(plans: list[OtherPlan]) -> None:
    assert len(plans) >= 18
    assert {plan.name for plan in plans} > HELD_OUT and sum(len(plan.cases) >= 64 for plan in plans) == 17
    for plan in plans:
        assert not plan.plan.warnings and len(plan.plan.clauses) >= 28
        assert len(plan.pairs) >= 400 or (plan.name in HELD_OUT and len(plan.cases) > 100)
        assert len(plan.unanswerable) >= 100 or not plan.pairs
        assert {row for _, row in plan.pairs} <= set(range(len(plan.sentences)))
        assert "青岛" not in plan.plan.source
        asked = {question for question, _ in plan.pairs} | set(plan.unanswerable)
        assert not asked & {case.question.text for case in plan.cases}


def test_the_updates_are_small_and_of_the_upper_layers() -> None:
    updates = load_file(ADAPTER)
    assert ADAPTER.stat().st_size < 1_500_000
    for name, values in updates.items():
        assert min(values.shape) == RANK and int(name.split(".")[2]) >= FIRST_LAYER
        assert np.isfinite(values).all()


def test_another_adapter_is_another_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped, published = bundled_version(ADAPTED_NAME), bundled_version(MODEL_NAME)
    assert SentenceEmbedder().name == shipped  # what an index records, so that one made with another is made anew
    retrained = tmp_path / "adapter.safetensors"
    retrained.write_bytes(ADAPTER.read_bytes() + b" ")
    monkeypatch.setattr(index.bundled, "ADAPTER", retrained)
    assert bundled_version(ADAPTED_NAME) != shipped and bundled_version(MODEL_NAME) == published


def test_training_sees_texts_as_the_index_does() -> None:
    published, trainee = SentenceEmbedder(MODEL_NAME), Trainee()
    trainee.model.eval()
    with torch.no_grad():
        asked, told = trainee.encode(QUESTIONS, query=True), trainee.encode(SENTENCES, query=False)
        whole, pieces = likenesses(asked, told)
    questions = published.encode_tokens(QUESTIONS, query=True)
    sentences = published.encode_tokens(SENTENCES, query=False)
    store = TokenVectors.of([one.tokens for one in sentences])
    for place, question in enumerate(questions):
        cosines = np.array([question.vector @ one.vector for one in sentences])
        matches = store.best_match(question.tokens, np.arange(len(SENTENCES))).mean(axis=1)
        assert whole[place].numpy() == pytest.approx(cosines, abs=0.02)
        assert pieces[place].numpy() == pytest.approx(matches, abs=0.02)


def test_likeness_parts_what_is_answered_from_what_is_not() -> None:
    embedder = answerer().embedder
    sentence = embedder.encode_documents(["照明设施故障24小时内完成抢修。"])[0]
    answered, other = embedder.encode_queries(["坏了的路灯多久有人来修?", "番茄炒蛋怎么做?"])
    assert answered @ sentence > other @ sentence + 0.1
