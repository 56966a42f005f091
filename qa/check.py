"""The proof: every statement against the clauses that it cites.

What fails is returned as rejected, with the reason, and never shown as fact.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from index.plan import Plan
from qa.answer import Citation, Rejection, Statement

_QUOTED_NAME = re.compile(r"[“「『]([^”」』]{1,80})[”」』]")
_NUMBER = re.compile(r"(?<![A-Za-z])\d+(?:\.\d+)?(?![A-Za-z])")
_HAN_NUMBER = re.compile(r"[一二两三四五六七八九十百千万亿]+(?=[个项条家座处所次种类级倍成年月日天万亿%名位])|第[一二三四五六七八九十]+")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9+]*")


def verify_citations(
    statements: Iterable[Statement], plans: Sequence[Plan], retrieved: Iterable[str]
) -> tuple[list[Statement], list[Rejection]]:
    """Return the statements that are proved, and those that are not with the reason.

    A statement is proved if every citation names a section that exists and was retrieved, its quote is verbatim at its
    range and inside that section, and every number, name in quotation marks and Latin word of the statement stands in
    its quotes (or, for a count, is the number of sections right below a cited heading). Frame lines, which cite
    nothing, pass only where they state nothing.

    Args:
        statements: drafted, in order.
        plans: the loaded plans.
        retrieved: ids of the sections that were found for this question.
    """
    known = set(retrieved)
    proved: list[Statement] = []
    rejected: list[Rejection] = []
    for statement in statements:
        reason = _fault(statement, plans, known)
        if reason:
            rejected.append(Rejection(statement, reason))
        else:
            proved.append(statement)
    return proved, rejected


def _fault(statement: Statement, plans: Sequence[Plan], retrieved: set[str]) -> str:
    for citation in statement.citations:
        if fault := citation_fault(citation, plans, retrieved):
            return fault
    return unsupported(statement, plans) if statement.citations else ""


def citation_fault(citation: Citation, plans: Sequence[Plan], retrieved: set[str]) -> str:
    """Return what is wrong with a citation, empty if nothing is."""
    plan = next((p for p in plans if not citation.plan or p.title == citation.plan), None)
    section = plan.section(citation.section) if plan else None
    if plan is None or section is None:
        return f"规划中没有条款 {citation.section}"
    if citation.section not in retrieved:
        return f"条款 {citation.section} 不在检索结果中"
    if not citation.quote or plan.source[citation.start : citation.end] != citation.quote:
        return f"引文与条款 {citation.section} 的原文不一致"
    ranges = [(section.start, section.end)]
    if section.clause:
        ranges.append((section.clause.start, section.clause.end))
    if not any(start <= citation.start and citation.end <= end for start, end in ranges):
        return f"引文不在条款 {citation.section} 之内"
    return ""


def unsupported(statement: Statement, plans: Sequence[Plan]) -> str:
    """Return the first number, name or Latin word of a statement that its quotes do not have; empty if all stand there."""
    evidence = _plain(" ".join(citation.quote for citation in statement.citations))
    labels = {_plain(c.label) for c in statement.citations} | {_plain(c.breadcrumb) for c in statement.citations}
    counts = {
        str(len(plan.children(citation.section)))
        for citation in statement.citations
        for plan in plans
        if plan.section(citation.section)
    }
    text = _plain(statement.text)
    for name in _QUOTED_NAME.findall(statement.text):
        if _plain(name) not in evidence:
            return f"「{name}」不在所引条款中"
    for match in [*_NUMBER.finditer(text), *_HAN_NUMBER.finditer(text), *_LATIN.finditer(text)]:
        found = match[0]
        if found.lower() in evidence.lower() or found in counts or any(found in label for label in labels):
            continue
        return f"“{found}”不在所引条款中"
    return ""


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
