"""The plan as tools for agents, and the answerer in a process of its own."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from page_fake import PLAN, FakeAnswerer

from index.errors import PlanError
from page.answerer_process import AnswererProcess
from page.tools import tool_server
from qa.answer import Question


def open_fake() -> FakeAnswerer:
    """Return the fake; a function of a module, as the other process needs it."""
    return FakeAnswerer()


def fail_to_open() -> FakeAnswerer:
    """Fail as a missing model does."""
    raise PlanError(expected="a model", got="none", next_step="install one")


def test_the_other_process_answers_as_the_answerer_does() -> None:
    process = AnswererProcess(open_fake)
    try:
        answerer = process.opened()
        assert [plan.sha256 for plan in answerer.plans] == [PLAN.sha256]
        for text in ("基站", "水务", "市长", "公文"):
            mine, theirs = FakeAnswerer().answer(Question(text, id="7")), answerer.answer(Question(text, id="7"))
            assert theirs.line() == mine.line() and theirs == mine
            assert all(found.plan is answerer.plans[0] for found in theirs.retrieved)
        with pytest.raises(RuntimeError, match="as asked"):
            answerer.answer(Question("怎么死机"))
        assert answerer.answer(Question("基站")).status == "grounded"
        growing = process.stream(Question("水务"))
        assert len(next(growing).statements) == 2
        growing.close()
        assert answerer.answer(Question("公文")).status == "corrected"
    finally:
        process.close()
    with pytest.raises(PlanError, match="已退出"):
        answerer.answer(Question("基站"))


def test_a_failure_to_load_is_told() -> None:
    process = AnswererProcess(fail_to_open)
    with pytest.raises(PlanError, match="expected a model; got none; next: install one"):
        process.opened()
    process.close()


def call(tool: str, **arguments: Any) -> Any:
    """Call a tool as a client does and return what it gives, or its error text."""
    pytest.importorskip("mcp")
    from mcp.client.client import Client

    async def talk() -> Any:
        async with Client(tool_server(open_fake)) as client:
            assert {one.name for one in (await client.list_tools()).tools} == {"ask", "get_clause", "outline"}
            result = await client.call_tool(tool, arguments)
            if result.is_error:
                return getattr(result.content[0], "text", "")
            value: Any = result.structured_content
            return value["result"] if value and set(value) == {"result"} else value

    return asyncio.run(talk())


def test_ask_returns_the_answer_line() -> None:
    line = call("ask", question="5G基站?", history=[{"role": "user", "content": "你好"}])
    assert line["citations"][0]["section"] == "一(一)1"
    assert line["status"] == "grounded"


@pytest.mark.parametrize("written", ["三(一)2(3)", "三、(一)2.(3)", "3.1.2.3"])
def test_get_clause_takes_any_notation(written: str) -> None:
    line = call("get_clause", section=written)
    assert line["section"] == "三(一)2(3)"
    assert PLAN.source[line["start"] : line["end"]] == line["text"]


def test_get_clause_says_what_the_plan_does_not_have() -> None:
    assert "which it does not have" in call("get_clause", section="九(九)")


def test_outline_whole_and_under_a_section() -> None:
    assert [line["section"] for line in call("outline")] == [section.id for section in PLAN.sections]
    assert [line["section"] for line in call("outline", under="三(一)2")][:2] == ["三(一)2", "三(一)2(1)"]
