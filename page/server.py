"""The parts put together: page, programs' addresses, passwords, limits, on one port."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

import gradio as gr
from fastapi import FastAPI

from index.plan import Plan
from page.asking import Answers, Desk
from page.browser_api import add_browser_addresses
from page.frame import BROWSER, head
from page.http_api import add_addresses
from page.layout import build_page
from page.measure import MeasureTab
from page.options import Options
from page.suggestions import FollowUps


def build_server(plans: Sequence[Plan], open_answerer: Callable[[], Answers], options: Options) -> FastAPI:
    """Return the server; loading the answerer begins with it."""
    followups = FollowUps()
    desk = Desk(open_answerer, options.limits, log_questions=options.log_questions, when_ready=followups.learn)
    page = build_page(plans, desk, followups, MeasureTab(desk, options.questions, options.evaluations))
    page.queue(default_concurrency_limit=8, max_size=options.limits.waiting * 2)
    server = FastAPI(title="planqa", docs_url=None, redoc_url=None, openapi_url=None)
    add_addresses(server, desk)
    add_browser_addresses(server, plans, options.settings, options.reports)
    gr.mount_gradio_app(
        server, page, path="/", footer_links=[], run_history=False, ssr_mode=False, enable_monitoring=False,
        mcp_server=False, show_error=True, theme=_theme(), head=head(options.root_path),
        root_path=options.root_path or None, favicon_path=str(BROWSER / "icon.svg"),
    )  # fmt: skip
    desk.start()
    return server


def _theme() -> gr.themes.Base:
    """Return a plain theme whose fonts are the reader's own: nothing is fetched."""
    return gr.themes.Base(font=["Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "sans-serif"],
                          font_mono=["monospace"])  # fmt: skip
