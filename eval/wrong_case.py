"""One wrong case to open in the report: what was asked and answered beside what the plan says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from eval.questions import Case
from eval.run import Scored
from eval.table import kind_title
from eval.wording import folded

_STATUS = {"grounded": "有据", "corrected": "纠正", "refused": "拒答"}
_ROLES = {"user": "问", "assistant": "答"}


def wrong_case(one: Scored, sections: Mapping[str, str]) -> str:
    """Return a closed `<details>`: question, history, answer and citations on one side, the expected on the other.

    Args:
        one: the case with its answer line.
        sections: text by id of the sections that the case names.
    """
    case, line = one.case, one.line
    return (
        f"<details><summary><b>{escape(case.question.text)}</b> <small>{escape(kind_title(case.category))} · "
        f"{escape(case.id)}</small></summary><div class=sides><div>{_given(case, line)}</div>"
        f"<div>{_expected(case, line, sections)}</div></div></details>"
    )


def _given(case: Case, line: Mapping[str, Any]) -> str:
    history = "".join(_paragraph(f"{_ROLES[turn.role]}:{turn.content}") for turn in case.question.history)
    cited = "".join(
        f"<blockquote>{escape(one['quote'])}<br>"
        f"<small>[{escape(one['section'])}] {escape(one['breadcrumb'])}</small></blockquote>"
        for one in line["citations"]
    )
    error = line.get("details", {}).get("error", "")
    found = "、".join(line.get("retrieved", [])[:10])
    return (
        (f"<h3>历史</h3>{history}" if history else "")
        + f"<h3>回答({escape(_STATUS.get(line['status'], line['status']))})</h3>{_paragraph(line['answer'] or '(无)')}"
        + (f"<p class=failed>{escape(error)}</p>" if error else "")
        + (f"<h3>引用</h3>{cited}" if cited else "")
        + (f"<h3>检索</h3>{_paragraph(found)}" if found else "")
    )


def _expected(case: Case, line: Mapping[str, Any], sections: Mapping[str, str]) -> str:
    said = folded(re.sub(r"\[[^\[\]\n]*\]$", "", line["answer"], flags=re.MULTILINE))
    cited = {one["section"] for one in line["citations"]}
    wanted = [_mark(any(folded(one) in said for one in fact), " / ".join(fact)) for fact in case.facts or ()]
    wanted += [_mark(False, f"不应出现:{one}") for one in case.forbidden or () if folded(one) in said]
    if case.status:
        wanted.append(_mark(line["status"] == case.status, f"状态应为{_STATUS[case.status]}"))
    clauses = "".join(
        f"<h3>应引条款 [{escape(one)}]</h3>{_mark(one in cited, '已引' if one in cited else '未引')}"
        f"<blockquote>{escape(sections.get(one) or '(规划中没有这一节)')}</blockquote>"
        for one in case.relevant or ()
    )
    also = f"<h3>亦可引</h3>{_paragraph('、'.join(case.acceptable))}" if case.acceptable else ""
    return f"<h3>应答要点</h3>{''.join(wanted) or '<p>(无)</p>'}{clauses}{also}"


def _mark(is_met: bool, text: str) -> str:
    return f"<p class={'met' if is_met else 'failed'}>{'✓' if is_met else '✗'} {escape(text)}</p>"


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"
