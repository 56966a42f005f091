"""What the page's own script sends: reports of wrong answers, and conversations to be exported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, FastAPI, Response
from pydantic import BaseModel, Field

from index.plan import Plan
from page.export import to_docx, to_markdown
from page.record import read_records
from page.reports import DEFAULT_FILE, add_report

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class ReportRequest(BaseModel):
    """A conversation up to the answer that is thought wrong."""

    records: list[dict[str, Any]]
    reason: Annotated[str, Field(max_length=2_000)] = ""


class ExportRequest(BaseModel):
    """A conversation and the form it is wanted in."""

    records: list[dict[str, Any]]
    title: Annotated[str, Field(max_length=200)] = ""
    format: Literal["md", "docx"] = "md"


def add_browser_addresses(
    server: FastAPI, plans: Sequence[Plan], settings: Mapping[str, str], reports: Path | None
) -> None:
    """Add `page/report` and `page/export`."""
    routes = APIRouter(prefix="/page")

    @routes.post("/report")
    def report(request: ReportRequest) -> dict[str, str]:
        return {"id": add_report(read_records(request.records), request.reason, reports or DEFAULT_FILE)}

    @routes.post("/export")
    def export(request: ExportRequest) -> Response:
        records = read_records(request.records)
        title = request.title or (records[0].question[:40] if records else "")
        if request.format == "docx":
            return Response(to_docx(records, plans, title, settings), media_type=_DOCX)
        return Response(to_markdown(records, plans, title, settings), media_type="text/markdown; charset=utf-8")

    server.include_router(routes)
