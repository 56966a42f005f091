"""The evaluation behind its tab: the last run's figures, and a button that runs it again beside the chat."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import gradio as gr
import platformdirs

from index.errors import PlanError
from page.asking import Desk
from page.measure_view import run_html
from page.texts import both, zh

if TYPE_CHECKING:
    from eval.run import Run

log = logging.getLogger("planqa.page")
DEFAULT_FOLDER = Path(platformdirs.user_data_dir("planqa")) / "evaluation"


class MeasureTab:
    """Draws the tab and runs the evaluation, one run at a time for all who look."""

    def __init__(self, desk: Desk, questions: Path | None = None, folder: Path | None = None) -> None:
        """Prepare the tab.

        Args:
            desk: who answers.
            questions: file of questions; None for the repository's own set, its test split.
            folder: where runs from this page are kept; None for the user's data folder.
        """
        self._desk, self._questions, self._folder = desk, questions, folder or DEFAULT_FOLDER
        self._running = threading.Lock()

    def draw(self, page: gr.Blocks) -> None:
        """Add the tab's parts to the blocks that are open."""
        with gr.Column(elem_id="measure"):
            gr.HTML(f'<h2 class="measure-title">{both("measure_title")}</h2>')
            button = gr.Button(zh("measure_run"), elem_id="measure-run", scale=0)
            progress = gr.HTML("", elem_id="measure-progress")
            figures = gr.HTML("", elem_id="measure-figures")
        page.load(self.latest, None, figures, api_visibility="private", show_progress="hidden", queue=False)
        button.click(self.run, None, [progress, figures], api_visibility="private", show_progress="hidden",
                     concurrency_limit=4)  # fmt: skip

    def latest(self) -> str:
        """Return the last run as markup: the one in the repository, or a later one from this page."""
        from eval.run import REPORTS, load_latest

        try:
            runs = [one for one in (load_latest(REPORTS), load_latest(self._folder)) if one]
        except PlanError as error:
            return f'<p class="badge">! {escape(str(error))}</p>'
        return run_html(max(runs, key=lambda one: one.date)) if runs else f"<p>{both('measure_none')}</p>"

    def run(self) -> Iterator[tuple[str, str]]:
        """Run the evaluation in a thread of its own and show how far it is."""
        before = self.latest()
        if not self._running.acquire(blocking=False):
            yield f"<p>{both('measure_busy')}</p>", before
            return
        done: dict[str, int] = {}
        result: dict[str, str] = {}
        threading.Thread(target=self._measure, args=(done, result), name="measure", daemon=True).start()
        while not result:
            yield _bar(done.get("done", 0), done.get("all", 0)), before
            time.sleep(0.3)
        if "error" in result:
            yield f'<p class="badge">! {escape(result["error"])}</p>', before
        else:
            yield "", result["html"]

    def _measure(self, done: dict[str, int], result: dict[str, str]) -> None:
        try:
            result["html"] = run_html(self._judged(done))
        except PlanError as error:
            result["error"] = str(error)
        except Exception as error:
            log.exception("evaluation failed")
            result["error"] = type(error).__name__
        finally:
            self._running.release()

    def _judged(self, done: dict[str, int]) -> Run:
        from eval.questions import OWN_QUESTIONS, of_split, read_questions
        from eval.record import record_of
        from eval.run import run
        from eval.writing import write_run

        def progress(ready: int, of: int) -> None:
            done.update(done=ready, all=of)
            time.sleep(0.005)  # those who ask go first

        source = self._questions or OWN_QUESTIONS
        cases, answerer = of_split(read_questions(source), "test"), self._desk.answerer()
        judged = run(answerer, cases, progress, name=f"{source.stem} · test", record=record_of(answerer))
        write_run(judged, self._folder)
        return judged


def _bar(ready: int, of: int) -> str:
    return (
        f'<p>{both("measure_running")} <span class="count">{ready} / {of or "…"}</span></p>'
        f'<progress max="{of or 1}" value="{ready}" aria-label="{zh("measure_running")}"></progress>'
    )
