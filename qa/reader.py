"""From ranked sentences to a short answer made of quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.embedder import Vectors
from index.numerals import HAN_DIGITS, ordinal
from index.plan import Plan
from index.sentences import Span, parts
from index.store import PlanIndex
from qa.answer import Citation, Statement
from qa.asked import Asked, Kind
from qa.evidence import Evidence
from qa.frames import Frames
from qa.outline import heading
from qa.values import PREFERRED, Wants, holds, values
from qa.wording import content_terms

FACT_LIMIT = 64
"""Characters of the window that answers with a value or compares a claim; a sentence no longer than this is quoted whole."""
STATEMENT_LIMIT = 100
"""The same where no value is asked for."""
LIST_LIMIT = 170
MEASURE_LIMIT = 300
ITEM_LIMIT = 80
"""The same for one of several that are told one by one."""
MEASURE_REACH = 3.2
"""How far below the best sentence another may stand and still be told as a main statement."""
TWIN_REACH, OTHER_REACH = 1.5, 0.8
"""How far below the best sentence another one, of its clause or of another, may stand for the two to be told as equals, where no
value is asked for."""
_SO_MANY_BELOW = re.compile(rf"([{HAN_DIGITS}]|\d+)(?:大)?(?:项|个|条|类|方面)")
"""How many of what a sentence speaks."""
_ONE_BY_ONE = re.compile(rf"(?:^|[:,])\s*(?:第?([{HAN_DIGITS}])(?:是|,))(?!否|不是)")
"""How a sentence begins, or what its lead announces, that is one of several: 一是, 第一,"""
_OPEN_ENDED = re.compile(r"(?<![一二两三四五六七八九十\d同平对])等(?!级|[一二两三四五六七八九十\d])")
_NAME = re.compile(r"[“「]([^”」]{1,20})[”」]|(?<![A-Za-z])([A-Z][A-Za-z0-9+]{1,})")


@dataclass(frozen=True)
class Draft:
    """An answer before it is checked.

    Attributes:
        statements: lines in order.
        short_answer: the answer itself within the first quote, empty where no span is it.
    """

    statements: list[Statement]
    short_answer: str = ""


class ExtractiveReader:
    """Answers with sentences, or the parts between commas that carry the answer. Needs no language model."""

    def __init__(self, index: PlanIndex, disabled: frozenset[str] = frozenset()) -> None:
        self.index, self.disabled = index, disabled

    def read(
        self, asked: Asked, evidence: list[Evidence], vector: Vectors, frames: Frames, holder: Evidence | None = None
    ) -> Draft:
        """Return a draft from `evidence` (best first, at least one).

        Args:
            asked: kind and wanted type decide how much is quoted.
            evidence: ranked sentences.
            vector: float32 (dimension,), the question's vector.
            frames: frame words in the question's language.
            holder: the sentence that holds a thing of the kind asked for, where the question asks for one.
        """
        draft = self._draft(asked, evidence, vector, frames, holder)
        return Draft([line for statement in draft.statements for line in (statement, *_announced(evidence[0].plan, statement, listed=asked.kind is Kind.LIST))], draft.short_answer)

    def _draft(self, asked: Asked, evidence: list[Evidence], vector: Vectors, frames: Frames, holder: Evidence | None) -> Draft:
        best = evidence[0]
        if asked.kind is Kind.MEASURE:
            reach = 99.0 if about_whole_clause(asked, best) else MEASURE_REACH
            return Draft([quoted(one, one.span) for one in main_sentences(evidence, MEASURE_LIMIT, reach)])
        if asked.kind is Kind.LIST:
            if members := enumerated(evidence):
                return Draft([quoted(one, opening(one)) for one in members])
            span = self.window(asked, best, vector, LIST_LIMIT)
            statement = quoted(best, span)
            partial = bool(_OPEN_ENDED.search(statement.text))
            return Draft([statement, Statement(frames.partial)] if partial else [statement])
        if asked.wants is not Wants.ANYTHING:
            best = holder or best
        value_asked = asked.wants not in (Wants.ANYTHING, *PREFERRED) or asked.asserts
        limit = FACT_LIMIT if value_asked else STATEMENT_LIMIT
        span = self.window(asked, best, vector, limit)
        told = [(best, span)]
        if best is evidence[0] and not value_asked and not asked.supposed and "equals" not in self.disabled:
            equal = [one for one in evidence[1:] if best.score - one.score <= (TWIN_REACH if one.owner == best.owner else OTHER_REACH)]
            told += [(one, self.window(asked, one, vector, limit)) for one in equal[:1]]
        return Draft([quoted(one, where) for one, where in told], self.short_answer(asked, best, span))

    def window(self, asked: Asked, best: Evidence, vector: Vectors, limit: int) -> Span:
        """Return the stretch of a sentence that answers: whole if short, else its best part and what stands beside it.

        Args:
            asked: a wanted type has to stand in the window.
            best: the sentence.
            vector: the question's vector.
            limit: characters, at most, unless a single part is longer.
        """
        source, sentence = best.plan.plain, best.span
        pieces = parts(source, sentence)
        if sentence.end - sentence.start <= limit or len(pieces) < 2:
            return Span(pieces[0].start, pieces[-1].end) if pieces else sentence
        scores = self.part_scores(asked, best, pieces, vector)
        holding = [i for i, piece in enumerate(pieces) if asked.wants in PREFERRED and holds(asked.wants, piece.of(source), asked.unit)]
        first = last = max(holding or range(len(pieces)), key=lambda i: scores[i])
        while True:
            sides = [(scores[i], i) for i in (first - 1, last + 1) if 0 <= i < len(pieces)]
            fitting = [
                (score, i)
                for score, i in sides
                if pieces[max(last, i)].end - pieces[min(first, i)].start <= limit
            ]
            if not fitting:
                return Span(pieces[first].start, pieces[last].end)
            _, chosen = max(fitting)
            first, last = min(first, chosen), max(last, chosen)

    def part_scores(self, asked: Asked, best: Evidence, pieces: list[Span], vector: Vectors) -> list[float]:
        """Return how well each part answers: cosine, shared content words, and the wanted type."""
        level = self.index.levels["part"]
        row_of = {level.spans[row]: row for row in level.of_clause(best.owner)}
        terms = [term.text for term in content_terms(asked.focus)]
        source = best.plan.plain
        told = {(value.kind, value.amount) for value in values(asked.claim) if value.kind != "ordinal"} if asked.yes_no else set()
        told = told if told <= {(value.kind, value.amount) for value in values(best.text)} else set()  # a claim that the sentence confirms
        scores = []
        for piece in pieces:
            row = row_of.get(piece)
            text = piece.of(source).lower()
            cosine = float(self.index.vectors["part"].vectors[row] @ vector) if row is not None else 0.0
            shared = sum(term in text for term in terms) / (len(terms) or 1)
            claimed = sum((value.kind, value.amount) in told for value in values(text)) if told else 0
            has_type = asked.wants is not Wants.ANYTHING and holds(asked.wants, text, asked.unit) is not None
            scores.append(10 * cosine + shared + (1.0 if has_type or (asked.head and asked.head in text) else 0.0) + claimed)
        return scores

    def short_answer(self, asked: Asked, best: Evidence, span: Span) -> str:
        """Return the span of the wanted type that stands nearest to the question's words; empty where none does."""
        source = best.plan.plain
        terms = [term.text for term in content_terms(asked.focus)]
        ranked = sorted(
            parts(source, span) or [span], key=lambda part: -sum(term in part.of(source).lower() for term in terms)
        )
        for part in ranked:
            text = part.of(source)
            if asked.wants is not Wants.ANYTHING and (match := holds(asked.wants, text, asked.unit)):
                return match[0]
        if asked.wants is Wants.ANYTHING and re.search(r"叫|名|简称|缩写|简写|什么(?:平台|行动|样板|体系|模式)|哪", asked.text):
            for part in ranked:
                for match in _NAME.finditer(part.of(source)):
                    name = match[1] or match[2]
                    if name.lower() not in asked.text.lower():
                        return name
        return ""


def _announced(plan: Plan, statement: Statement, *, listed: bool) -> list[Statement]:
    """Return the headings below a section whose lead is quoted to its colon (重点抓好以下工作:), or, for a list, counts them (建立三项制度)."""
    lines: list[Statement] = []
    for citation in statement.citations[-1:]:
        section, below = plan.section(citation.section), plan.children(citation.section)
        if section is None or section.clause is None:
            continue
        leads = plan.plain[citation.start : citation.end + 1].rstrip().endswith(":")
        last = not plan.plain[citation.end : section.clause.end].strip(" 。:;\n")
        counts = listed and last and "、" not in citation.plain and len(below) in map(ordinal, _SO_MANY_BELOW.findall(citation.plain))
        if leads or counts:
            lines += [heading(plan, child) for child in below]
    return lines


def about_whole_clause(asked: Asked, best: Evidence) -> bool:
    """True where the question names what the clause as a whole is about: half of its content words are in the heading."""
    terms = [term.text for term in content_terms(asked.focus)]
    return bool(terms) and sum(term in best.clause.title for term in terms) >= len(terms) / 2


def quoted(one: Evidence, span: Span) -> Statement:
    """Return the statement that quotes `span` of the plan."""
    citation = Citation.of(one.plan, one.clause.id, span.start, span.end)
    return Statement(f"「{citation.quote}」", (citation,))


def enumerated(evidence: list[Evidence]) -> list[Evidence]:
    """Return the sentences of the best one's clause that are told one by one (一是…;二是…;三是…), its own among them; empty where it is none of such."""
    best = evidence[0]
    of_clause = sorted((one for one in evidence if one.owner == best.owner), key=lambda one: one.span.start)
    runs: list[list[Evidence]] = []
    for one in of_clause:
        mark = _ONE_BY_ONE.search(one.text)
        place = ordinal(mark[1]) if mark else 0
        if place == 1:
            runs.append([one])
        elif place and runs and place == len(runs[-1]) + 1:
            runs[-1].append(one)
    for one in of_clause:  # after a lead, with semicolons: 新建小区应当配建:甲,…;乙,…;丙,…。
        if ":" in one.text and one.text.endswith(";"):
            runs.append([one])
        elif runs and runs[-1][-1].text.endswith(";") and runs[-1][-1].span.end <= one.span.start:
            runs[-1].append(one)
    return next((run for run in runs if best in run and len(run) > 1), [])


def opening(one: Evidence) -> Span:
    """Return a sentence, of a long one the parts that fit into `ITEM_LIMIT`, the first at least."""
    pieces = parts(one.plan.plain, one.span) or [one.span]
    fitting = [piece for piece in pieces if piece.end - one.span.start <= ITEM_LIMIT]
    return Span(one.span.start, (fitting or pieces[:1])[-1].end)


def main_sentences(evidence: list[Evidence], limit: int, reach: float = MEASURE_REACH) -> list[Evidence]:
    """Return the sentences of the best clause that stand near the best one, in the plan's order.

    Args:
        evidence: ranked sentences of several clauses.
        limit: characters together, at most; the best is always there.
        reach: how far below the best score a sentence may stand.
    """
    best = evidence[0]
    chosen = [best]
    for one in evidence[1:]:
        used = sum(c.span.end - c.span.start for c in chosen)
        near = one.score >= best.score - reach
        if one.owner == best.owner and near and used + one.span.end - one.span.start <= limit:
            chosen.append(one)
    return sorted(chosen, key=lambda c: c.span.start)
