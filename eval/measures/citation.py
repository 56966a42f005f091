"""Do the citations carry the answer?

Source: Gao, Yen, Yu, Chen, Enabling Large Language Models to Generate Text with Citations (ALCE), EMNLP 2023,
section 3. There a language model judges whether a passage carries a statement; here two things that can be looked up
take its place: the quote is verbatim where the citation says, and its section is one of the case's relevant or
acceptable ones. Where ALCE's recall asks how many statements are carried, ours asks how many of the relevant sections
are cited: a statement without a citation is never shown as fact, but a needed section can be missed.
"""

from __future__ import annotations

from collections.abc import Sequence

from eval.questions import Case
from index.plan import Plan
from qa.answer import Answer, Citation


def is_verbatim(citation: Citation, plans: Sequence[Plan]) -> bool:
    """Return whether the quote stands at `start:end` of its plan, and that range within its section or one below."""
    for plan in plans:
        if citation.plan and citation.plan != plan.title:
            continue
        spans = [
            (section.start, max(section.end, section.clause.end if section.clause else 0))
            for section in plan.under(citation.section)
        ]
        inside = any(start <= citation.start and citation.end <= end for start, end in spans)
        if inside and citation.quote and plan.source[citation.start : citation.end] == citation.quote:
            return True
    return False


def quotes_verbatim(case: Case, answer: Answer, plans: Sequence[Plan]) -> float | None:
    """Return verbatim citations / citations, in [0, 1]; None without citations."""
    cited = answer.citations
    return sum(is_verbatim(one, plans) for one in cited) / len(cited) if cited else None


def citation_precision(case: Case, answer: Answer, plans: Sequence[Plan]) -> float | None:
    """Return citations that carry / citations, in [0, 1].

    None where no relevant section is known, and without citations; an answer to what the plan does not answer is
    counted by the measures of refusal.
    """
    if not case.relevant or answer.abstained or not answer.citations:
        return None
    right = {*case.relevant, *case.acceptable}
    carrying = sum(one.section in right and is_verbatim(one, plans) for one in answer.citations)
    return carrying / len(answer.citations)


def citation_recall(case: Case, answer: Answer, plans: Sequence[Plan]) -> float | None:
    """Return relevant sections that are cited with a verbatim quote / relevant sections, in [0, 1].

    A refusal of what the plan answers cites nothing: 0. None where no relevant section is known.
    """
    if not case.relevant:
        return None
    shown = () if answer.abstained else answer.citations
    cited = {one.section for one in shown if is_verbatim(one, plans)}
    return len(cited & set(case.relevant)) / len(set(case.relevant))
