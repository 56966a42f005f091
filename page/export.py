"""A conversation taken along: Markdown and Word, each statement with a numbered note that holds its quote."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from index.plan import Plan
from page.record import CitationRecord, Record
from page.texts import zh

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$&])")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass
class _Notes:
    """Notes in the order of their first mention; the same quote keeps its number."""

    plans: Sequence[Plan]
    numbers: dict[CitationRecord, int] = field(default_factory=dict)

    def number(self, citation: CitationRecord) -> int:
        return self.numbers.setdefault(citation, len(self.numbers) + 1)

    def text(self, citation: CitationRecord) -> str:
        """Return the note: 「…」(《title》label), as the plan has it."""
        plan = self.plans[citation.plan] if citation.plan < len(self.plans) else None
        quote = plan.source[citation.start : citation.end] if plan else citation.quote
        missing = "" if plan is None or _is_numbered(plan, citation) else f",{zh('unnumbered')}"
        return f"「{quote}」(《{plan.title if plan else ''}》{citation.label}{missing})"


def _is_numbered(plan: Plan, citation: CitationRecord) -> bool:
    section = plan.section(citation.section)
    return section is None or section.number.is_numbered


def _facts(plans: Sequence[Plan], settings: Mapping[str, str]) -> list[str]:
    titles = "、".join(f"《{plan.title}》" for plan in plans)
    made = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
    return [f"依据:{titles}", f"导出时间:{made}", *(f"{name}:{value}" for name, value in settings.items())]


def _status(record: Record) -> str:
    return record.notice or zh(f"badge_{record.status}")


def to_markdown(
    records: Sequence[Record], plans: Sequence[Plan], title: str, settings: Mapping[str, str] | None = None
) -> str:
    """Return the conversation as Markdown; nothing in a question or a quote acts as markup."""
    notes = _Notes(plans)
    lines = [f"# {_plain(title)}", "", *(f"- {_plain(fact)}" for fact in _facts(plans, settings or {})), ""]
    for record in records:
        lines += [f"## {_plain(record.question)}", "", f"*{_plain(_status(record))}*", ""]
        for statement in record.statements:
            marks = "".join(f"[^{notes.number(citation)}]" for citation in statement.citations)
            labels = "".join(f"[{citation.section}]" for citation in _distinct(statement.citations))
            lines += [_plain(statement.text) + _plain(labels) + marks, ""]
        if record.nearest:
            lines += [f"{zh('nearest')}:" + "、".join(_plain(c.section) for c in record.nearest), ""]
    lines += [f"[^{number}]: {_plain(notes.text(citation))}" for citation, number in notes.numbers.items()]
    return "\n".join(lines) + "\n"


def _distinct(citations: Sequence[CitationRecord]) -> list[CitationRecord]:
    return list({citation.section: citation for citation in citations}.values())


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(_CONTROLS.sub("", text).split("\n")))


def to_docx(
    records: Sequence[Record], plans: Sequence[Plan], title: str, settings: Mapping[str, str] | None = None
) -> bytes:
    """Return the conversation as a Word file with numbered notes at its end."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Pt

    notes = _Notes(plans)
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "宋体", Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    for style in ("Title", "Heading 1", "Heading 2"):
        document.styles[style].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "黑体")
    document.core_properties.title = _shown(title)
    document.add_heading(_shown(title), 0)
    for fact in _facts(plans, settings or {}):
        document.add_paragraph(_shown(fact))
    for record in records:
        document.add_heading(_shown(record.question), 1)
        document.add_paragraph().add_run(_shown(_status(record))).italic = True
        for statement in record.statements:
            labels = "".join(f"[{citation.section}]" for citation in _distinct(statement.citations))
            paragraph = document.add_paragraph(_shown(statement.text + labels))
            for citation in statement.citations:
                paragraph.add_run(f"[{notes.number(citation)}]").font.superscript = True
        if record.nearest:
            document.add_paragraph(f"{zh('nearest')}:" + "、".join(_shown(c.section) for c in record.nearest))
    if notes.numbers:
        document.add_heading("注", 1)
    for citation, number in notes.numbers.items():
        document.add_paragraph(_shown(f"[{number}] {notes.text(citation)}"))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _shown(text: str) -> str:
    return _CONTROLS.sub("", text)
