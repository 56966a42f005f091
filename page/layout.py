"""The page itself, in Gradio's blocks: the chat on one side, the plan on the other, the evaluation behind a tab."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import Any

import gradio as gr
from gradio.events import api

from index.errors import PlanError
from index.plan import Plan
from page.asking import Desk
from page.frame import bar, welcome
from page.measure import MeasureTab
from page.message import Message, messages
from page.panel import plan_panel
from page.record import Record, read_records, record_of, turns, written
from page.suggestions import FollowUps
from page.texts import zh
from qa.answer import Question

log = logging.getLogger("planqa.page")
_SENDING = "(text, records) => window.planqa.sending(text, records)"
_KEEP = "(records) => { window.planqa.keep(records); }"
_SHOWN = 2_000
"""Characters of a question that are shown where it was not taken."""
Shown = tuple[list[Message], list[dict[str, object]]]


def build_page(plans: Sequence[Plan], desk: Desk, followups: FollowUps, measure: MeasureTab) -> gr.Blocks:
    """Return the page; `gr.mount_gradio_app` puts it into the server."""
    title = f"{plans[0].title} · {zh('product')}" if plans else zh("product")
    page: gr.Blocks
    with gr.Blocks(title=title, analytics_enabled=False, fill_width=True) as page:
        gr.HTML(bar(plans), elem_id="top")
        with gr.Tabs(elem_id="rooms"):
            with gr.Tab(zh("tab_ask"), id="ask", elem_id="room-ask"), gr.Row(elem_id="desk"):
                with gr.Column(elem_id="talk", min_width=0):
                    chat = _Chat(plans, desk, followups)
                with gr.Column(elem_id="book", min_width=0):
                    gr.HTML(plan_panel(plans))
            with gr.Tab(zh("tab_measure"), id="measure", elem_id="room-measure"):
                measure.draw(page)
        page.load(chat.shown, [chat.records], [chat.chatbot, chat.records], js="() => [window.planqa.records()]",
                  api_visibility="private", show_progress="hidden", queue=False)  # fmt: skip
        api(chat.answer_line, api_name="ask", api_description="One question in, the answer line out.")
    return page


class _Chat:
    """Chatbot, question box and what happens on them; the conversation itself is held by the browser."""

    def __init__(self, plans: Sequence[Plan], desk: Desk, followups: FollowUps) -> None:
        self._plans, self._desk, self._followups = plans, desk, followups
        self.records = gr.JSON([], visible=False)
        self.chatbot = gr.Chatbot(
            elem_id="chat", placeholder=welcome(plans), show_label=False, container=False, buttons=[],
            sanitize_html=True, latex_delimiters=[], feedback_options=None, height="100%", layout="panel",
            group_consecutive_messages=False, autoscroll=False,
        )  # fmt: skip
        with gr.Row(elem_id="ask"):
            self.question = gr.Textbox(
                placeholder=zh("question_hint"), label=zh("question_label"), show_label=False, container=False, lines=1,
                max_lines=8, autofocus=True, scale=1,
            )  # fmt: skip
            self.send = gr.Button(zh("send"), elem_id="send", variant="primary", scale=0, min_width=72)
            self.stop = gr.Button(zh("stop"), elem_id="stop", scale=0, min_width=72)
        self._again = gr.Button("", elem_id="show-records", visible="hidden")
        self._wire()

    def _wire(self) -> None:
        quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        asked = gr.on(
            [self.send.click, self.question.submit], self.ask, [self.question, self.records],
            [self.chatbot, self.records, self.question], api_name="page_ask", js=_SENDING,
            concurrency_limit=None, trigger_mode="multiple", **quiet,
        )  # fmt: skip
        asked.success(None, [self.records], None, js=_KEEP)
        both_parts = [self.chatbot, self.records]
        self.stop.click(self.shown, [self.records], both_parts, cancels=[asked], queue=False,
                        js="(records) => window.planqa.stopped(records)", **quiet).then(
            None, [self.records], None, js=_KEEP)  # fmt: skip
        self._again.click(
            self.shown, [self.records], both_parts, js="() => [window.planqa.records()]", queue=False, **quiet
        )

    def shown(self, kept: object) -> Shown:
        """Draw a conversation that the browser kept; one that cannot be read is left out."""
        try:
            records = read_records(kept)
        except PlanError:
            records = []
        return messages(records), written(records)

    def ask(
        self, text: str, kept: object, request: gr.Request
    ) -> Iterator[tuple[list[Message], list[dict[str, object]], str]]:
        """Show the question at once, then the answer."""
        text = text.encode("utf-8", "replace").decode()  # a lone surrogate cannot be sent on
        if not text.strip():
            yield (*self.shown(kept), "")
            return
        try:
            records = read_records(kept)
            waiting = "searching" if self._desk.state == "ready" else "loading_answer"
            yield messages(records, text[:_SHOWN], waiting=waiting), written(records), ""
            for record in self._answered(text, records, _address(request)):
                yield messages([*records, record]), written([*records, record]), ""
        except PlanError as error:
            yield messages([_notice(text, error)]), written([_notice(text, error)]), ""

    def _answered(self, text: str, records: list[Record], address: str) -> Iterator[Record]:
        """Give the growing answer, or a notice of what went wrong."""
        try:
            answer = None
            for answer in self._desk.stream(Question(text, turns(records)), address):
                yield record_of(answer, self._plans)
            if answer and (followups := self._followups.after(answer, records)):
                yield record_of(answer, self._plans, followups)
        except PlanError as error:
            yield _notice(text, error)
        except Exception:
            log.exception("answering failed")
            said = "服务出错,已记入日志,请重试 (something went wrong; it is in the log)"
            yield Record(question=text[:_SHOWN], notice=said)

    def answer_line(self, question: str, request: gr.Request) -> dict[str, Any]:
        """Answer one question for Gradio's client; returns the answer line."""
        try:
            return self._desk.ask(Question(question), _address(request)).line()
        except PlanError as error:
            raise gr.Error(str(error), print_exception=False) from error


def _address(request: gr.Request | None) -> str:
    return request.client.host if request and request.client else ""


def _notice(text: str, error: PlanError) -> Record:
    said = f"需要:{error.expected};收到:{error.got};下一步:{error.next_step}"
    return Record(question=text[:_SHOWN], notice=said)
