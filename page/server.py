"""The parts put together: page, programs' addresses, passwords, limits, on one port."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

import gradio as gr
from fastapi import FastAPI

from index.plan import Plan
from page.accounts import Guard, read_accounts
from page.asking import Answers, Desk, Limits
from page.browser_api import add_browser_addresses
from page.http_api import add_addresses
from page.layout import build_page
from page.measure import MeasureTab
from page.suggestions import FollowUps
from page.texts import TEXTS

_HERE = Path(__file__).parent
_SCRIPTS = ("language.js", "plan.js", "chat.js")
_LABELLED = (
    ("#send", "send", ""), ("#stop", "stop", ""), ("#measure-run", "measure_run", ""),
    ("#ask textarea", "question_label", "aria-label"), ("#ask textarea", "question_hint", "placeholder"),
    ("#rooms [role=tab]:nth-child(1)", "tab_ask", ""), ("#rooms [role=tab]:nth-child(2)", "tab_measure", ""),
    ("#chat [role=log]", "tab_ask", "aria-label"),
    ("#chat .message.bot > div", "group", "role"), ("#chat .message.bot > div", "answer", "aria-label"),
    ("#chat .message.user > div", "group", "role"), ("#chat .message.user > div", "you", "aria-label"),
)  # fmt: skip
"""Gradio's own parts that change with the language: selector, text, attribute (empty for the text itself)."""


@dataclass(frozen=True)
class Options:
    """How the page is served.

    Attributes:
        root_path: prefix under which a proxy shows the page, without a slash at the end; empty at the root.
        limits: see `Limits`.
        log_questions: write the questions' text into the log.
        accounts: file of accounts; None for a page that is open to all who reach it.
        reports: file that reports of wrong answers are added to; None for the user's data folder.
        settings: what an export says about how answers were made, by name.
    """

    root_path: str = ""
    limits: Limits = field(default_factory=Limits)
    log_questions: bool = False
    accounts: Path | None = None
    reports: Path | None = None
    settings: Mapping[str, str] = field(default_factory=dict)


def build_server(plans: Sequence[Plan], open_answerer: Callable[[], Answers], options: Options) -> FastAPI:
    """Return the server; loading the answerer begins with it."""
    followups = FollowUps()
    desk = Desk(open_answerer, options.limits, log_questions=options.log_questions, when_ready=followups.learn)
    page = build_page(plans, desk, followups, MeasureTab(desk))
    page.queue(default_concurrency_limit=8, max_size=options.limits.waiting * 2)
    server = FastAPI(title="planqa", docs_url=None, redoc_url=None, openapi_url=None)
    add_addresses(server, desk)
    add_browser_addresses(server, plans, options.settings, options.reports)
    gr.mount_gradio_app(
        server, page, path="/", footer_links=[], run_history=False, ssr_mode=False, enable_monitoring=False,
        mcp_server=False, show_error=True, theme=_theme(), css=style(), head=head(options.root_path),
        root_path=options.root_path or None, favicon_path=str(_HERE / "browser" / "icon.svg"),
    )  # fmt: skip
    if options.accounts:
        server.add_middleware(Guard, accounts=read_accounts(options.accounts))
    desk.start()
    return server


def _theme() -> gr.themes.Base:
    """Return a plain theme whose fonts are the reader's own: nothing is fetched."""
    return gr.themes.Base(font=["Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "sans-serif"],
                          font_mono=["monospace"])  # fmt: skip


def style() -> str:
    """Return the page's style sheet."""
    return (_HERE / "browser" / "page.css").read_text(encoding="utf-8")


def head(root_path: str) -> str:
    """Return what goes into the page's head: texts and scripts, all inline."""
    facts = f"window.planqa = {{words: {_json(TEXTS)}, labelled: {_json(_LABELLED)}, root: {_json(root_path)}}};"
    scripts = "\n".join((_HERE / "browser" / name).read_text(encoding="utf-8") for name in _SCRIPTS)
    return f'<meta name="color-scheme" content="light dark"><script>{facts}\n{scripts}</script>'


def _json(value: object) -> str:
    """Return JSON that may stand inside a script element."""
    return json.dumps(value, ensure_ascii=False).replace("</", "<\\/").replace("<!--", "<\\!--")


