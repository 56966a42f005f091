"""The proof of a sentence that a model wrote: its sections were given, its values and names stand there, its meaning too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.plan import Plan
from index.sentences import Span, parts
from qa.answer import Citation, Statement
from qa.chat.drafting import Drafted
from qa.chat.planted import is_command
from qa.chat.prompt import Given
from qa.chat.strict import fault, time_fault
from qa.chat.support import Evidence, SupportCalibration, SupportScorer, Told, pair_share
from qa.check import unsupported
from qa.values import values
from qa.wording import is_english

_QUOTE = re.compile(r"[「“\"『]([^」”\"』]{4,200})[」”\"』]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
NO_SECTION = "没有条款编号,也没有条款能印证"


@dataclass(frozen=True)
class Proof:
    """What the check of one sentence found.

    Attributes:
        drafted: the sentence.
        statement: with its citations, None where it is not proved.
        reason: why not, in words for model and reader; empty where it is proved.
        added: the citation was found for it, the model had named none.
        support: how likely the clauses bear its meaning out, in [0, 1].
    """

    drafted: Drafted
    statement: Statement | None = None
    reason: str = ""
    added: bool = False
    support: float = 0.0


class Prover:
    """Checks sentences against the clauses that were given."""

    def __init__(
        self, scorer: SupportScorer, plans: Sequence[Plan], calibration: SupportCalibration | None = None
    ) -> None:
        self.scorer, self.plans = scorer, plans
        self.calibration = calibration or SupportCalibration.load()

    def prove(self, drafted: Drafted, given: Sequence[Given]) -> Proof:
        """Return whether `drafted` is borne out, with the citations that show it.

        Args:
            drafted: a sentence with the marks that the model wrote.
            given: the clauses of the prompt.
        """
        if is_command(drafted.text):
            return Proof(drafted, reason="这句话是指令,不是规划的内容")
        named, unknown = _named(drafted.marks, given)
        if unknown:
            return Proof(drafted, reason=f"编号 {unknown} 不在所给的条款中")
        told = self.scorer.told([drafted.text])[0]
        if named:
            return self._against(drafted, told, named)
        found = [self._against(drafted, told, [one]) for one in given]
        best = max(found, key=lambda proof: (proof.statement is not None, proof.support), default=None)
        if best is None or best.statement is None:
            reason = best.reason if best else ""
            return Proof(drafted, reason=f"{NO_SECTION}{f'({reason})' if reason else ''}")
        return Proof(drafted, best.statement, added=True, support=best.support)

    def _against(self, drafted: Drafted, told: Told, named: Sequence[Given]) -> Proof:
        evidence = [self.scorer.evidence(one.found.row) for one in named]
        stands = "\n".join(one.text for one in evidence)
        headings = " ".join(one.headings for one in evidence)
        whole = Statement(drafted.text, tuple(self._whole(one) for one in named))
        if is_english(_QUOTE.sub("", drafted.text)):
            reason = english_fault(drafted.text, stands)
            support = 0.0 if reason else 1.0
        else:
            sections = [one.found.clause.id for one in named]
            reason = (
                fault(drafted.text, stands, headings)
                or unsupported_by(whole, stands, self.plans)
                or time_fault(drafted.text, stands, named[0].found.plan, sections)
            )
            support = self.calibration.probability(self.scorer.features(told, evidence))
            if not reason and support < self.calibration.threshold:
                reason = "所引条款不能印证这句话的意思"
        if reason:
            return Proof(drafted, reason=reason, support=support)
        return Proof(drafted, Statement(drafted.text, self._citations(drafted.text, told, named)), support=support)

    def _whole(self, one: Given) -> Citation:
        clause = one.found.clause
        return self._citation(one, Span(clause.start, clause.end))

    def _citation(self, one: Given, span: Span) -> Citation:
        made = Citation.of(one.found.plan, one.found.clause.id, span.start, span.end)
        if len(self.plans) == 1:
            return made
        return Citation(
            made.section, made.label, made.breadcrumb, made.quote, made.start, made.end, one.found.plan.title
        )

    def _citations(self, text: str, told: Told, named: Sequence[Given]) -> tuple[Citation, ...]:
        """Return, of each clause that some part of `text` rests on, the sentence that bears it out best."""
        evidence = [(one, self.scorer.evidence(one.found.row)) for one in named]
        pieces = [piece.of(text) for piece in parts(text, Span(0, len(text)))] or [text]
        needed = {
            max(range(len(evidence)), key=lambda i: pair_share(piece, evidence[i][1].text) or 0.0) for piece in pieces
        }
        chosen: list[Citation] = []
        for place in sorted(needed):
            one, clause = evidence[place]
            chosen += [self._citation(one, span) for span in self._best_spans(text, told, one, clause)]
        return tuple(chosen)

    def _best_spans(self, text: str, told: Told, one: Given, clause: Evidence) -> list[Span]:
        """Return the best sentence, and those that hold a value which it lacks."""
        source = one.found.plan.source
        cosines = self.scorer.cosines(told, clause)
        scores = [
            float(c) + (pair_share(text, span.of(source)) or 0.0) for c, span in zip(cosines, clause.spans, strict=True)
        ]
        order = [clause.spans[i] for i in np.argsort(-np.array(scores), kind="stable")]
        chosen = order[:1]
        for value in values(text):
            if any(value.amount in {v.amount for v in values(span.of(source))} for span in chosen):
                continue
            chosen += [s for s in order[1:] if value.amount in {v.amount for v in values(s.of(source))}][:1]
        return sorted(set(chosen), key=lambda span: span.start)


def unsupported_by(statement: Statement, stands: str, plans: Sequence[Plan]) -> str:
    """Return what `qa.check.unsupported` finds, with the honest sentences of the clauses as the quotes."""
    citations = tuple(
        Citation(one.section, one.label, one.breadcrumb, stands, one.start, one.end, one.plan)
        for one in statement.citations
    )
    return unsupported(Statement(statement.text, citations), plans)


def english_fault(text: str, stands: str) -> str:
    """Return why an English sentence is not borne out: it has to hold the Chinese words that it rests on, and no other value."""
    plain = re.sub(r"\s", "", stands)
    quotes = [quote for quote in _QUOTE.findall(text) if re.search(r"[\u3400-\u9fff]", quote)]
    if not quotes:
        return "没有用「」抄录所依据的中文原文"
    for quote in quotes:
        if re.sub(r"\s", "", quote) not in plain:
            return f"「{quote}」不在所引条款中"
    known = {value.amount for value in values(" ".join(quotes))} | set(_NUMBER.findall(" ".join(quotes)))
    for number in _NUMBER.findall(_QUOTE.sub("", text)):
        bare = number.replace(",", "")
        if number not in known and bare not in known and f"{float(bare) if bare.count('.') < 2 else 0:g}" not in known:
            return f"“{number}”不在所抄录的原文中"
    return ""


def _named(marks: Sequence[str], given: Sequence[Given]) -> tuple[list[Given], str]:
    """Return the clauses that the marks name, and the first mark that names none of those given."""
    by_mark = {one.mark: one for one in given}
    found: dict[str, Given] = {}
    for mark in marks:
        pieces = [mark] if _lookup(mark, by_mark) else [piece for piece in re.split(r"[,,;；、\s]+", mark) if piece]
        for piece in pieces:
            one = _lookup(piece, by_mark)
            if one is None:
                return [], piece
            found[one.mark] = one
    return list(found.values()), ""


def _lookup(written: str, by_mark: dict[str, Given]) -> Given | None:
    wanted = re.sub(r"^条款|^编号[::]?", "", written).strip()
    if wanted in by_mark:
        return by_mark[wanted]
    for one in by_mark.values():
        section = one.found.plan.find(wanted)
        if section and section.id == one.found.clause.id:
            return one
    return None
