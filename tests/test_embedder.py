"""The bundled weights, for real."""

import numpy as np
import pytest
from chat_world import answerer

from index.embedder import SentenceEmbedder
from index.errors import PlanError


@pytest.mark.parametrize(("text", "first"), [("5G基站有多少", "5"), ("AA", "AA"), ("How many", "How"), ("青岛港口", "青岛")])
def test_pieces_begin_with_the_text_and_not_with_the_prompt(text: str, first: str) -> None:
    (encoded,) = answerer().embedder.encode_tokens([text], query=True)
    written = [piece for piece in encoded.pieces if piece]
    assert written[0] == first and "".join(written).replace(" ", "") == text.replace(" ", "")
    assert encoded.tokens.shape == (len(encoded.pieces), 384)
    assert np.linalg.norm(encoded.tokens, axis=1) == pytest.approx(1.0, abs=1e-3)


def test_one_pass_gives_the_same_vector_as_encoding_alone() -> None:
    embedder = answerer().embedder
    (encoded,) = embedder.encode_tokens(["青岛有多少5G基站?"], query=True)
    assert embedder.encode_queries(["青岛有多少5G基站?"])[0] == pytest.approx(encoded.vector, abs=1e-5)
    assert np.linalg.norm(encoded.vector) == pytest.approx(1.0, abs=1e-4)


def test_what_belongs_together_is_nearer() -> None:
    embedder = answerer().embedder
    question = embedder.encode_queries(["怎样建设智慧港口?"])[0]
    port, water = embedder.encode_documents(["升级智慧港口,开展集装箱码头改造。", "完善雨量、水位监测设施。"])
    assert question @ port > question @ water + 0.02


def test_a_model_that_is_not_there_is_told_at_once() -> None:
    with pytest.raises(PlanError, match="PLANQA_EMBEDDING_MODEL"):
        SentenceEmbedder("nobody/no-such-model")
