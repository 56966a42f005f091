"""A question and an answer as the chat shows them.

The markup passes the chatbot's sanitiser, which keeps links, classes, buttons and their values, and strips `data-` and
`aria-`: what the browser script needs stands in `href`, `value` and `class`. All text goes through `plain`.
"""

from __future__ import annotations

from collections.abc import Sequence

from page.address import clause_link
from page.markup import plain
from page.record import ClauseRecord, Record, StatementRecord
from page.texts import both

Message = dict[str, str]
_MARKS = {"grounded": "✓", "corrected": "≠", "refused": "○"}


def messages(records: Sequence[Record], pending: str | None = None, *, waiting: str = "searching") -> list[Message]:
    """Return the chatbot's value: each question and its answer.

    Args:
        records: the conversation.
        pending: a question that is being answered.
        waiting: key of what is said meanwhile.
    """
    shown: list[Message] = []
    for place, record in enumerate(records):
        shown.append({"role": "user", "content": _question(record.question, place)})
        shown.append(
            {"role": "assistant", "content": _answer(record, place, place == len(records) - 1 and pending is None)}
        )
    if pending is not None:
        shown.append({"role": "user", "content": _question(pending, None)})
        shown.append({"role": "assistant", "content": f'<div class="waiting" role="status">{both(waiting)}</div>'})
    return shown


def _question(text: str, place: int | None) -> str:
    edit = "" if place is None else _button("edit", f"edit:{place}", "quiet act")
    return f'<div class="question"><span class="said">{plain(text)}</span>{edit}</div>'


def _answer(record: Record, place: int, last: bool) -> str:
    if record.notice:
        tools = _button("retry", f"retry:{place}", "quiet act")
        badge = f'<p class="badge">! {both("error")}</p>'
        return f'<div class="answer notice">{badge}<p>{plain(record.notice)}</p>{tools}</div>'
    parts = [
        f'<p class="badge">{_MARKS[record.status]} {both(f"badge_{record.status}")}</p>',
        _short(record),
        _statements(record, place),
        _nearest(record),
        _sources(record),
        _foot(record, place, last),
    ]
    return f'<div class="answer {record.status}">{"".join(parts)}</div>'


def _short(record: Record) -> str:
    if not record.short_answer or record.status == "refused":
        return ""
    return f'<p class="short"><strong>{plain(record.short_answer)}</strong></p>'


def _statements(record: Record, place: int) -> str:
    lines = "".join(_line(statement, place, number) for number, statement in enumerate(record.statements))
    return f'<div class="statements">{lines}</div>' if lines else ""


def _line(statement: StatementRecord, place: int, number: int) -> str:
    if not statement.citations:
        return f'<p class="frame">{plain(statement.text)}</p>'
    links = "".join(
        f'<a class="cite" href="{clause_link(c.section, c.start, c.end, plan=c.plan)}">{plain(c.section)}</a>'
        for c in statement.citations
    )
    copy = _button("copy", f"copy:{place}:{number}", "quiet act copy")
    return f'<p class="statement"><span class="said">{plain(statement.text)}</span>{links}{copy}</p>'


def _clauses(clauses: Sequence[ClauseRecord]) -> str:
    return "".join(
        f'<li><a class="clause-link" href="{clause_link(clause.section, plan=clause.plan)}">'
        f'<span class="no">{plain(clause.section)}</span> {plain(clause.title)}</a></li>'
        for clause in clauses
    )


def _nearest(record: Record) -> str:
    if not record.nearest:
        return ""
    return f'<div class="nearest"><p class="caption">{both("nearest")}</p><ul>{_clauses(record.nearest)}</ul></div>'


def _sources(record: Record) -> str:
    cited: dict[tuple[str, int], ClauseRecord] = {}
    for statement in record.statements:
        for c in statement.citations:
            title = c.breadcrumb.rsplit(" › ", 1)[-1]
            cited.setdefault((c.section, c.plan), ClauseRecord(section=c.section, title=title, plan=c.plan))
    others = [clause for clause in record.retrieved if (clause.section, clause.plan) not in cited]
    lists = [(key, _clauses(found)) for key, found in (("cited", list(cited.values())), ("retrieved", others)) if found]
    body = "".join(f'<p class="caption">{both(key)}</p><ul class="{key}">{items}</ul>' for key, items in lists)
    if record.rejected:
        items = "".join(f"<li><s>{plain(r.text)}</s> — {plain(r.reason)}</li>" for r in record.rejected)
        body += f'<p class="caption">{both("rejected")}</p><ul class="rejected">{items}</ul>'
    if not body:
        return ""
    count = f" {len(cited)} + {len(others)}" if cited else f" {len(others)}"
    return f'<details class="sources"><summary>{both("sources")}{count}</summary>{body}</details>'


def _foot(record: Record, place: int, last: bool) -> str:
    meta = f'<span class="meta">{both(f"mode_{record.mode}")} · {record.elapsed_ms / 1000:.2f} {both("seconds")}</span>'
    tools = (_button("retry", f"retry:{place}", "quiet act") if last else "") + _button(
        "report", f"report:{place}", "quiet act"
    )
    foot = f'<div class="foot">{meta}{tools}</div>'
    if last and record.followups:
        asks = "".join(suggestion(text) for text in record.followups)
        foot += f'<div class="followups"><p class="caption">{both("followups")}</p>{asks}</div>'
    return foot


def _button(key: str, value: str, classes: str) -> str:
    return f'<button type="button" class="{classes}" value="{value}">{both(key)}</button>'


def suggestion(text: str) -> str:
    """Return a question that asks itself when clicked."""
    return f'<button type="button" class="suggestion" value="ask:{plain(text)}">{plain(text)}</button>'
