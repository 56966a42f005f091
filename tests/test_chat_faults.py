"""A chat server that misbehaves in each way: the extractive answer is there in time, with one line that says why."""

from __future__ import annotations

import socket
import time

import pytest
from chat_server import (
    Reply,
    breaks_utf8,
    drips_comments,
    ends_without_reason,
    fails,
    is_silent,
    never_breaks_the_line,
    never_ends,
    serving,
    stops_midway,
)
from chat_world import STATIONS, ask, generator, is_proved

GOOD = "青岛累计建设5G基站超3万个。[一(一)1]"
FAULTS: dict[str, tuple[Reply, str, str]] = {
    "401": (fails(401, "invalid key"), "unauthorised", "密钥"),
    "403": (fails(403), "unauthorised", "密钥"),
    "404": (fails(404, "model not found"), "no such model", "没有这个模型"),
    "429": (fails(429, "slow down", Retry_After="30"), "too many requests", "30 秒后再试"),
    "500": (fails(500), "server error", "内部出错"),
    "503": (fails(503), "server error", "内部出错"),
    "400": (fails(400, "bad temperature"), "request rejected", "不接受"),
    "context": (fails(400, "This model's maximum context length is 2048 tokens"), "context overflow", "上下文"),
    "llama.cpp context": (fails(400, "the request exceeds the available context size"), "context overflow", "上下文"),
    "stops midway": (stops_midway, "stream stopped", "中途断开"),
    "no finish reason": (ends_without_reason, "stream stopped", "中途断开"),
    "broken UTF-8": (breaks_utf8, "broken text", "损坏"),
    "endless": (never_ends, "endless answer", "过长"),
    "endless line": (never_breaks_the_line, "endless answer", "过长"),
    "empty": ("", "empty answer", "空的"),
    "blanks": ("  \n ", "empty answer", "空的"),
    "only thoughts": ("<think>嗯,基站……</think>", "empty answer", "空的"),
    "JSON": ('{"answer": "超3万个", "section": "一(一)1"}', "not prose", "JSON"),
    "JSON in a fence": ('```json\n{"answer": "超3万个"}\n```', "not prose", "JSON"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_leaves_the_extractive_answer_and_the_next_question_works(name: str) -> None:
    reply, kind, words = FAULTS[name]
    with serving(reply, GOOD) as server:
        made = generator(server.address)
        began = time.monotonic()
        final = ask(made, STATIONS)[-1]
        assert time.monotonic() - began < 8
        assert final.mode == "extractive"
        assert final.status == "grounded"
        assert final.details["fault"] == kind
        assert "超3万个" in final.text
        assert final.statements[-1].citations == ()
        assert words in final.statements[-1].text
        assert is_proved(final)
        assert "secret-key-1" not in str(final.line())
        again = ask(made, STATIONS)[-1]
        assert again.mode == "chat"
        assert again.text == GOOD


@pytest.mark.parametrize("reply", [is_silent, drips_comments], ids=["silence", "comments only"])
def test_silence_ends_with_the_timeout(reply: Reply) -> None:
    with serving(reply, GOOD) as server:
        made = generator(server.address, chat_timeout=1.0)
        began = time.monotonic()
        final = ask(made, STATIONS)[-1]
        assert 0.9 < time.monotonic() - began < 4
        assert final.details["fault"] == "timeout"
        assert "限时内没有答完" in final.statements[-1].text
        assert "超3万个" in final.text
        assert ask(generator(server.address), STATIONS)[-1].mode == "chat"


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    final = ask(generator(address), STATIONS)[-1]
    assert (final.mode, final.details["fault"]) == ("extractive", "connection refused")
    assert "连接被拒绝" in final.statements[-1].text


def test_a_host_that_nobody_knows() -> None:
    final = ask(generator("http://no-such-host.invalid/v1"), STATIONS)[-1]
    assert (final.mode, final.details["fault"]) == ("extractive", "unknown host")
    assert "找不到主机名" in final.statements[-1].text


def test_a_busy_server_is_asked_again_when_it_says_soon() -> None:
    with serving(fails(429, Retry_After="0.2"), GOOD) as server:
        final = ask(generator(server.address, chat_retries=1), STATIONS)[-1]
        assert final.mode == "chat"
        assert len(server.requests) == 2


def test_an_endless_answer_is_hung_up_on() -> None:
    with serving(never_ends) as server:
        ask(generator(server.address), STATIONS)
        for _ in range(100):
            if not server.open_streams:
                break
            time.sleep(0.05)
        assert server.open_streams == 0


def test_english_readers_get_an_english_line() -> None:
    with serving(fails(500)) as server:
        final = ask(generator(server.address), "How many 5G base stations has Qingdao built?")[-1]
        assert final.mode == "extractive"
        if not final.abstained:
            assert "internal error" in final.statements[-1].text


def test_a_package_that_is_not_there() -> None:
    final = ask(generator("http://127.0.0.1:9/v1", chat_provider="no-such-provider"), STATIONS)[-1]
    assert final.details["fault"] == "settings"
