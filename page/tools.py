"""`python -m page.tools`: the plan as tools for agents, over the Model Context Protocol (package `mcp`, an extra).

Speaks over stdin and stdout by default, or over HTTP with `--port`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

import typer

from index.errors import PlanError
from index.plan import Plan, Section
from page.asking import Answers
from qa.answer import Question, Turn

if TYPE_CHECKING:
    from mcp.server import MCPServer


def tool_server(open_answerer: Callable[[], Answers]) -> MCPServer:
    """Return a server with the tools ask, get_clause and outline; the answerer is opened at the first call.

    Raises:
        PlanError: the package `mcp` is not installed.
    """
    try:
        from mcp.server import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
    except ImportError as error:
        raise PlanError(
            expected="the package mcp", got="it is not installed", next_step='pip install "planqa[mcp]"'
        ) from error
    server = MCPServer("planqa", instructions="Answers from one official plan; every statement names its clause.")
    answerer = cache(open_answerer)

    @server.tool()
    def ask(question: str, history: list[dict[str, str]] | None = None) -> dict[str, Any]:
        """Answer a question from the plan; returns the answer line with citations, or says that the plan does not say.

        history: earlier turns as {"role": "user" | "assistant", "content": "…"}.
        """
        turns = tuple(
            Turn("assistant" if turn.get("role") == "assistant" else "user", turn.get("content", ""))
            for turn in history or []
        )
        try:
            return answerer().answer(Question(question, turns)).line()
        except PlanError as error:
            raise ToolError(str(error)) from error

    @server.tool()
    def get_clause(section: str) -> dict[str, Any]:
        """Return a clause word for word, by section number in any notation (三(一)2(3), 三、(一)2.(3), 3.1.2.3)."""
        for plan in answerer().plans:
            if found := plan.find(section):
                return clause_line(plan, found)
        raise ToolError(f"expected a section of the plan; got {section!r}, which it does not have; next: call outline")

    @server.tool()
    def outline(under: str = "") -> list[dict[str, Any]]:
        """Return the plan's outline, or the part of it under a section number."""
        plans = answerer().plans
        if not under:
            return [outline_line(section) for plan in plans for section in plan.sections]
        found = next(((plan, one) for plan in plans if (one := plan.find(under))), None)
        if found is None:
            raise ToolError(
                f"expected a section of the plan; got {under!r}, which it does not have; next: call outline"
            )
        return [outline_line(section) for section in found[0].under(found[1].id)]

    return server


def clause_line(plan: Plan, section: Section) -> dict[str, Any]:
    """Return a section with its text and range; a bare heading has the heading's."""
    start, end = (section.clause.start, section.clause.end) if section.clause else (section.start, section.end)
    return outline_line(section) | {
        "plan": plan.title, "breadcrumb": " › ".join(plan.breadcrumb(section.id)), "text": plan.source[start:end],
        "start": start, "end": end, "children": list(section.children),
    }  # fmt: skip


def outline_line(section: Section) -> dict[str, Any]:
    """Return a section's number and title, and whether it has a text of its own."""
    return {
        "section": section.id, "label": section.number.label, "title": section.title, "depth": section.depth,
        "has_text": section.clause is not None,
    }  # fmt: skip


def serve(
    port: Annotated[int, typer.Option(help="经 HTTP 提供的端口;0 为标准输入输出", min=0, max=65535)] = 0,
    host: Annotated[str, typer.Option(help="监听的地址")] = "127.0.0.1",
) -> None:
    """把规划作为 MCP 工具提供:ask、get_clause、outline。"""
    from qa import Answerer

    server = tool_server(Answerer.open)
    if port:
        server.run("streamable-http", host=host, port=port)
    else:
        server.run()


def main() -> None:
    """Run the command; trouble is one line on stderr."""
    command = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    command.command()(serve)
    try:
        command(prog_name="python -m page.tools")
    except PlanError as error:
        print(error, file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
