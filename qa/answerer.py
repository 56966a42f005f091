"""From a question to an answer with citations, read top to bottom."""

from __future__ import annotations

import math
import re
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import rjieba

from index.embedder import Embedder, SentenceEmbedder
from index.errors import PlanError
from index.folder import load_index, save_index
from index.parser import read_plan
from index.plan import Plan, Section
from index.retriever import Retrieved, Retriever
from index.sentences import Span, parts
from index.store import PlanIndex
from qa import outline
from qa.answer import Answer, Citation, Question, Statement, Status
from qa.asked import OUTLINE, Asked, Kind, quoted_name, understand
from qa.check import verify_citations
from qa.compound import readings, side_by_side, taken_apart
from qa.contrasts import Difference
from qa.evidence import Calibration, Evidence, LinearScorer, Query, gather
from qa.frames import Frames
from qa.gate import (
    EVEN,
    YEAR_NAMED,
    Verdict,
    about_plan_itself,
    judge,
    names_period,
    typed,
    years_asked,
    years_in,
    years_of,
)
from qa.history import Resolved, resolve
from qa.normalise import SlipCorrector, normalise
from qa.outline_reader import OutlineReader
from qa.premise import agreement, differences, other_names, other_values, unmatched
from qa.reader import MEASURE_REACH, Draft, ExtractiveReader, main_sentences, quoted
from qa.requests import is_no_question
from qa.scope import role_sections
from qa.second import second
from qa.settings import Settings
from qa.values import Wants, holds

if TYPE_CHECKING:
    from qa.chat import ChatGenerator

_CANDIDATES = 14
"""Clauses whose sentences are compared with the question."""
_NEAREST = 3
_SUPPOSES = re.compile(r"为什么|为何|为啥|既然|怎么(?:才|只|就)|why", re.I)
"""Words after which a question takes for granted what it says."""
_AGREES = 0.6
"""Share of the words of what a question takes for granted that a clause must have to be compared with it."""
_CALLED = re.compile(r"[”」\"]?的?[这那]?一?个?(?:大?部分|[节章条段]|大项|标题)")
"""What makes a section of the words of a heading, which may stand in the text as well."""
_ROLE_REACH = 2.0
_FEW = 3
"""Clauses in which a name in quotes stands, at most, for all of them to be told."""
_YEAR = re.compile(r"(?:19|20)\d{2}")
_TITLED = 0.5
"""Share of the question's words in a heading from which its clause is told, and not the lead above it."""
_SIDE_LIMIT = 200
"""Characters that are told of what is, and of what shall be, where both are asked for."""
_SURE = 0.8
"""Probability from which one part of a question is answered although another is not."""
_NEAR = 1.5
"""What it counts that a sentence stands in a clause cited last, for a question that leaves something out."""
_AGAIN_REACH = 3.0
"""How far below the best sentence that of another clause may stand, for a part that repeated what an earlier one told."""
_FIRST_READING = 0.15
"""How much surer the other reading of a part has to be."""
NEEDED = 0.4
"""Probability from which a second statement is added."""


@dataclass(frozen=True)
class Compared:
    """A question and the evidence for it, before anything is decided.

    Attributes:
        asked: the question as understood.
        query: what was compared.
        favoured: rows of the clauses that its own words point to.
        evidence: sentences of the retrieved clauses, best first.
        ranked: the clauses in the order of their best sentence.
    """

    asked: Asked
    query: Query
    favoured: list[int]
    evidence: list[Evidence]
    ranked: tuple[Retrieved, ...]


class Answerer:
    """Answers questions over the loaded plans. One object serves many threads."""

    def __init__(self, index: PlanIndex, embedder: Embedder, settings: Settings, calibration: Calibration | None = None) -> None:
        self.index, self.embedder, self.settings = index, embedder, settings
        self.calibration = calibration or Calibration.load()
        self.retriever = Retriever(index, embedder)
        self.scorer = LinearScorer(index, self.calibration.weights, settings.disabled)
        self.outline = OutlineReader(index)
        self.reader = ExtractiveReader(index)
        self._slips = SlipCorrector(index.plans)
        self._encoding = threading.Lock()
        self._encode = lru_cache(maxsize=8)(self._encode_once)  # the parts of one question, and the whole, are compared more than once
        self._chat: ChatGenerator | None = None
        if (settings.chat_base_url or settings.mode == "chat") and _chat_is_wanted(settings):
            from qa.chat import ChatGenerator  # takes a while to import, and most people have no chat model

            self._chat = ChatGenerator(settings, index, embedder, offline=self._extractive, lock=self._encoding)

    @classmethod
    def open(cls, settings: Settings | None = None) -> Answerer:
        """Load the index, building it where there is none that fits, and the embedding model.

        Raises:
            PlanError: a plan, the model or the calibration cannot be read.
        """
        chosen = settings or Settings()
        plans = [read_plan(path) for path in chosen.plans]
        embedder = SentenceEmbedder(chosen.embedding_model, allow_download=chosen.allow_download)
        try:
            index = load_index(chosen.index_dir, model=embedder.name, plans=plans)
        except PlanError:
            index = PlanIndex.build(plans, embedder)
            try:
                save_index(index, chosen.index_dir)
            except PlanError:
                pass  # a folder that cannot be written costs the next start some seconds, not this answer
        return cls(index, embedder, chosen)

    @classmethod
    def over(cls, plan: Plan, embedder: Embedder, settings: Settings) -> Answerer:
        """Return an answerer over one plan, whose index is made now and not kept."""
        return cls(PlanIndex.build([plan], embedder), embedder, settings)

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The loaded plans."""
        return self.index.plans

    @property
    def plan(self) -> Plan:
        """The first plan: the one whose outline is asked."""
        return self.index.plans[0]

    def answer(self, question: Question) -> Answer:
        """Return the answer to `question`, every statement proved.

        Raises:
            PlanError: the question is empty or longer than the limit.
        """
        *_, final = self.stream(question)
        return final

    def stream(self, question: Question) -> Iterator[Answer]:
        """Yield ever more complete answers, the last one final: one, unless a chat model writes.

        Raises:
            PlanError: the question is empty or longer than the limit.
        """
        extractive = self._extractive(question)
        if self._chat is None:
            yield extractive
        else:
            yield from self._chat.stream(extractive, question, self._resolve(question).text)

    def _extractive(self, question: Question) -> Answer:
        """Return the answer without a language model."""
        began = time.perf_counter()
        resolved = self._resolve(question)
        asked = understand(self.plan, resolved.text, resolved.base)
        frames = Frames(asked.english)
        if is_no_question(self.plan, resolved.text):
            return Answer(question, (Statement(frames.no_question),), "refused", elapsed_ms=_since(began))
        answer = None if "outline" in self.settings.disabled else self._from_outline(question, asked, resolved, frames)
        if answer is None:
            answer = self._from_clauses(question, asked, resolved, frames)
        elif answer.status == "corrected" and asked.supposed and asked.kind not in OUTLINE:  # and what it asks besides
            content = self._from_clauses(question, replace(asked, supposed=""), resolved, frames)  # not compared again
            answer = answer if content.abstained else _joined(question, [answer, content], [])
        details = answer.details | {"kind": asked.kind.value if resolved.section is None else Kind.LOOKUP.value}
        return replace(self._proved(answer, frames), elapsed_ms=_since(began), details=details)

    def _from_outline(self, question: Question, asked: Asked, resolved: Resolved, frames: Frames) -> Answer | None:
        """Return the answer where the outline has it, to each part of a question whose parts all ask for headings."""
        apart = taken_apart(asked.text) if resolved.section is None else []
        if len(apart) > 1:
            first = understand(self.plan, apart[0], resolved.base)
            base = next(iter(first.sections), resolved.base)
            parts = [first, *(understand(self.plan, text, base) for text in apart[1:])]
            answers = [self.outline.read(question, part, None, frames) for part in parts if part.kind in OUTLINE]
            told = [answer for answer in answers if answer and not answer.abstained]
            if len(told) == len(parts):
                return _joined(question, told, [])
        return self.outline.read(question, asked, resolved.section, frames)

    def clean(self, text: str) -> str:
        """Return `text` normalised, slips of the pinyin keyboard mended."""
        plain = normalise(text)
        return plain if "slips" in self.settings.disabled else self._slips.correct(plain)

    def _resolve(self, question: Question) -> Resolved:
        limit = self.settings.question_limit
        if len(question.text) > limit:
            raise PlanError(
                expected=f"a question of at most {limit} characters", got=f"{len(question.text)}", next_step="shorten it"
            )
        text = self.clean(question.text)
        if not any(sign.isalnum() for sign in text):
            raise PlanError(expected="a question in words", got="none", next_step="type what you want to know")
        if "history" in self.settings.disabled:
            return Resolved(text)
        return resolve(self.plan, text, question.history, self.clean)

    # --- what the clauses answer --------------------------------------------------------------------------------

    def _from_clauses(self, question: Question, asked: Asked, resolved: Resolved, frames: Frames) -> Answer:
        if bare := self._only_headings(asked):
            lines = [Statement(frames.only_heading(bare[0]))]
            return Answer(question, tuple(lines), "refused", nearest=tuple(section.id for section in bare))
        by_role = "now" in asked.facets and len(asked.facets) > 1
        apart = [] if "facets" in self.settings.disabled else readings(asked.text, roles=by_role)
        claimed = asked.asserts or asked.supposed == asked.claim
        if len(apart) > 1 and claimed and not side_by_side(asked.text):  # nothing is asked: one claim, if it differs
            claim = self._from_clause(question, asked, resolved, frames)
            apart = [] if claim.status == "corrected" else apart
        if len(apart) > 1:
            sides = self._parts(question, apart, frames, by_role)
            grounded = [side for side in sides if not side.abstained]
            sure = max((side.details.get("probability", 1.0) for side in grounded), default=0.0) >= _SURE
            if len(grounded) == len(sides) or sure:
                unstated = [Statement(frames.part_not_stated(text)) for (text, *_), side in zip(apart, sides, strict=True) if side.abstained]
                told = _joined(question, grounded, [])
                fuller = self._with_second(told, asked, resolved)
                return _joined(question, grounded, unstated) if fuller is told else fuller
        return self._with_second(self._from_clause(question, asked, resolved, frames), asked, resolved)

    def _parts(self, question: Question, apart: list[tuple[str, ...]], frames: Frames, by_role: bool) -> list[Answer]:
        """Return the answer to each part, read as the evidence has it; one that only repeats what was quoted is asked again."""
        sides: list[Answer] = []
        texts: list[str] = []
        told: tuple[str, ...] = ()
        for read in apart:
            answers = [self._part(question, one, frames, by_role) for one in read]
            worth = [answer.details.get("probability", 1.0) - answer.abstained - _is_told(answer, told) for answer in answers]
            chosen = max(range(len(read)), key=lambda place: worth[place] + _FIRST_READING * (place == 0))
            text, side = read[chosen], answers[chosen]
            texts.append(text)
            if _is_told(side, told) and side.retrieved:
                other = self._part(question, text, frames, by_role, told)
                best, second = side.retrieved[0].score, other.retrieved[0].score if other.retrieved else -math.inf
                side = other if not other.abstained and second >= best - _AGAIN_REACH else side
            sides.append(side)
            told += tuple(citation.quote for citation in side.citations)
        if any(not side.abstained and side.details.get("probability", 1.0) >= _SURE for side in sides):
            asked_again = [text for text, side in zip(texts, sides, strict=True) if side.abstained]
            likely = {text: self._part(question, text, frames, by_role, told, likely=True) for text in asked_again}
            sides = [likely.get(text, side) for text, side in zip(texts, sides, strict=True)]
        return sides

    def _part(
        self, question: Question, text: str, frames: Frames, by_role: bool, told: tuple[str, ...] = (), *, likely: bool = False
    ) -> Answer:
        """Return the answer to one part of a question of several parts; from the sections of its role, if they have it."""
        asked, alone = replace(understand(self.plan, text), asserts=False, supposed=""), Resolved(text, told=told, likely=likely)
        if by_role and len(asked.facets) == 1 and not asked.scope:
            within = tuple(section.id for section in role_sections(self.plan, asked.facets[0]))
            inside = self._from_clause(question, replace(asked, scope=within), alone, frames)
            if not inside.abstained:
                return inside
        return self.outline.read(question, asked, None, frames) or self._from_clause(question, asked, alone, frames)

    def _with_second(self, answer: Answer, asked: Asked, resolved: Resolved) -> Answer:
        """Return the answer with one more sentence, where it cites one clause and likely lacks something."""
        sections = {citation.section for citation in answer.citations}
        if "second" in self.settings.disabled or answer.status != "grounded" or len(sections) != 1:
            return answer
        compared = self._compare(asked, resolved)
        quotes = [citation.quote for citation in answer.citations]
        found = second(asked, compared.query, compared.evidence, quotes, self.scorer)
        if found is None or found.probability(self.calibration.second) < NEEDED:
            return answer
        added = quoted(found.evidence, found.evidence.span)
        known = {one.clause.id for one in answer.retrieved}
        retrieved = (*answer.retrieved, *(one for one in compared.ranked if one.clause.id not in known))
        return replace(answer, statements=(*answer.statements, added), retrieved=retrieved)

    def _only_headings(self, asked: Asked) -> list[Section]:
        """Return the named sections of which the loaded text has no more than the heading."""
        called = [m.section for m in asked.named if m.share >= 0.8 and _CALLED.match(asked.text, m.end)]
        named = [section for section in map(self.plan.section, asked.scope) if section] or called
        return [section for section in named if not any(below.clause for below in self.plan.under(section.id))]

    def _from_clause(self, question: Question, asked: Asked, resolved: Resolved, frames: Frames) -> Answer:
        compared = self._compare(asked, resolved)
        query, evidence, ranked = compared.query, compared.evidence, compared.ranked
        if about_plan_itself(asked):
            evidence = sorted(evidence, key=lambda one: not names_period(asked, one))
        if resolved.more and (more := self._more(resolved, evidence)):
            return Answer(question, tuple(more), "grounded", retrieved=ranked)
        sides = self._sides(asked, query, evidence, frames) if len(asked.facets) > 1 else None
        if sides is None and len(asked.facets) > 1 and (name := quoted_name(asked.text)):  # stands in no section of a role
            places = outline.occurrences(self.plan, name, frames)
            if 1 < len({id for line in places for id in line.sections}) <= _FEW:
                return Answer(question, tuple(places), "grounded", retrieved=self._with_cited(ranked, places))
        verdict = self._judge(asked, query, evidence)
        if (resolved.likely or resolved.leaning) and verdict.probability >= EVEN:
            verdict = replace(verdict, answerable=True)
        if sides and sides.short_answer:  # what is asked for stands on each side
            verdict = replace(verdict, answerable=True)
        details = {"probability": round(verdict.probability, 3)}
        put = asked.asserts and verdict.probability >= EVEN
        beside = bool(asked.supposed and asked.supposed != asked.claim and evidence)  # a claim beside a question
        if not verdict.answerable and (put or beside):
            # a claim that differs from the clause on one point speaks of what the clause speaks of
            draft = self.reader.read(asked, evidence, query.encoded.vector, frames, None)
            answer = Answer(question, tuple(draft.statements), "grounded", retrieved=ranked, details=details)
            if (claim := self._compared(answer, asked, query, evidence, frames)).status == "corrected":
                return claim
        if not verdict.answerable:
            return replace(self._refused(question, verdict, ranked, frames), details=details)
        if names_period(asked, evidence[0]):
            asked, evidence = replace(asked, wants=Wants.TIME), evidence[:1]
        holder = typed(asked, query, evidence, self.scorer) if asked.wants is not Wants.ANYTHING else None
        draft = sides or self.reader.read(asked, evidence, query.encoded.vector, frames, holder.evidence if holder else None)
        if asked.which and (section := self.plan.section(evidence[0].clause.id)) and section.title:
            draft = Draft([outline.heading(self.plan, section), *draft.statements], draft.short_answer)
        ranked = self._with_cited(ranked, draft.statements)
        answer = Answer(
            question, tuple(draft.statements), "grounded", short_answer=draft.short_answer, retrieved=ranked, details=details
        )
        return self._compared(answer, asked, query, evidence, frames)

    def _with_cited(self, ranked: tuple[Retrieved, ...], statements: Sequence[Statement]) -> tuple[Retrieved, ...]:
        """Return the clauses retrieved, with those that are cited and were not."""
        cited = {citation.section for statement in statements for citation in statement.citations}
        known = {one.clause.id for one in ranked}
        rows = [(row, entry) for row, entry in enumerate(self.index.entries) if entry.clause.id in cited - known]
        return ranked + tuple(Retrieved(self.plan, entry.clause, 0.0, row) for row, entry in rows)

    def compare(self, question: Question) -> Compared:
        """Return the evidence for `question` as the reader gets it, without answering; for fitting and inspection."""
        resolved = self._resolve(question)
        return self._compare(understand(self.plan, resolved.text, resolved.base), resolved)

    def _compare(self, asked: Asked, resolved: Resolved) -> Compared:
        query = self._encode(asked.focus)
        found = self.retriever.retrieve(asked.focus, _CANDIDATES, query.encoded)
        favoured = self._favoured(asked, resolved)
        rows = list(dict.fromkeys([one.row for one in found] + favoured[:_CANDIDATES]))
        if favoured and ((resolved.leaning and not asked.facets) or asked.scope):
            rows = favoured
        evidence = gather(self.index, self.scorer, query, rows, favoured)
        evidence = [one for one in evidence if not any(quote.rstrip("。") in one.text for quote in resolved.told)]
        years = years_asked(asked.text, self.plan.title)
        of_role = {below.id for role in asked.facets for top in role_sections(self.plan, role) for below in self.plan.under(top.id)}
        near = [i for i in resolved.near if i in of_role or not asked.facets]  # what is and what shall be stand in different clauses
        if years or near:
            lifted = [
                replace(one, score=one.score + YEAR_NAMED * bool(years & years_of(one)) + _NEAR * (one.clause.id in near))
                for one in evidence
            ]
            evidence = sorted(lifted, key=lambda one: -one.score)
        return Compared(asked, query, favoured, evidence, self._ranked(evidence))

    def _encode_once(self, text: str) -> Query:
        with self._encoding:
            return Query(text, self.embedder.encode_tokens([text], query=True)[0])

    def _favoured(self, asked: Asked, resolved: Resolved) -> list[int]:
        """Return the rows of the clauses that the question's own words point to."""
        if "headings" in self.settings.disabled:
            return []
        roots = list(asked.scope) + ([] if asked.facets else list(resolved.near))
        if not roots and len(asked.facets) == 1:
            roots = [section.id for section in role_sections(self.plan, asked.facets[0])]
        ids = {section.id for root in roots for section in self.plan.under(root)}
        return [row for row, entry in enumerate(self.index.entries) if entry.clause.id in ids]

    def _ranked(self, evidence: list[Evidence]) -> tuple[Retrieved, ...]:
        """Return the clauses in the order of their best sentence."""
        best: dict[int, float] = {}
        for one in evidence:
            best.setdefault(one.owner, one.score)
        entries = self.index.entries
        return tuple(Retrieved(entries[row].plan, entries[row].clause, score, row) for row, score in best.items())

    def _judge(self, asked: Asked, query: Query, evidence: list[Evidence]) -> Verdict:
        checked = asked if "types" not in self.settings.disabled else replace(asked, wants=Wants.ANYTHING)
        verdict = judge(checked, query, evidence, self.scorer, self.calibration)
        if "gate" in self.settings.disabled and verdict.missing is Wants.ANYTHING and evidence:
            return replace(verdict, answerable=True)
        return verdict

    def _refused(self, question: Question, verdict: Verdict, ranked: tuple[Retrieved, ...], frames: Frames) -> Answer:
        nearest = [self.plan.section(one.clause.id) for one in ranked[:_NEAREST]]
        sections = [section for section in nearest if section is not None]
        lines = [Statement(frames.refusal(verdict.missing, list(verdict.absent)))]
        if sections:
            lines.append(Statement(frames.nearest(sections)))
        return Answer(question, tuple(lines), "refused", retrieved=ranked, nearest=tuple(s.id for s in sections))

    def _more(self, resolved: Resolved, evidence: list[Evidence]) -> list[Statement]:
        """Return more of the clauses cited last, without what was quoted already."""
        own = [one for one in evidence if one.clause.id in resolved.near]
        fresh = [one for one in own if normalise(one.text.rstrip("。")) not in resolved.said]
        return [quoted(one, one.span) for one in main_sentences(fresh or own, outline.GIST, reach=9.0)] if own else []

    def _sides(self, asked: Asked, query: Query, evidence: list[Evidence], frames: Frames) -> Draft | None:
        """Return what is and what shall be, each from the sections of that role."""
        if "facets" in self.settings.disabled:
            return None
        years = years_asked(asked.text, self.plan.title)
        statements: list[Statement] = []
        owners: set[int] = set()
        short: list[str] = []
        for role in asked.facets:
            if role == "task" and len(short) == len(asked.facets) - 1:
                break  # the goal's value is told
            frame = frames.role(role)
            ids = {s.id for top in role_sections(self.plan, role) for s in self.plan.under(top.id)}
            rows = [row for row, entry in enumerate(self.index.entries) if entry.clause.id in ids]
            shares = self.scorer.title_match(query.text, np.array(rows, np.int64))
            titled = [row for row, share in zip(rows, shares, strict=True) if share >= _TITLED]
            side = gather(self.index, self.scorer, query, titled or rows, ()) if rows else []
            if not side:
                return None
            side = [one for one in side if role == "goal" and years & years_of(one)] or side
            owners |= set(rows)
            if role == "goal" and asked.wants is not Wants.ANYTHING:  # a number may be set as a goal or with a task
                tasks = {s.id for top in role_sections(self.plan, "task") for s in self.plan.under(top.id)}
                rows += [row for row, entry in enumerate(self.index.entries) if entry.clause.id in tasks and row not in rows]
            if held := self._side_value(asked, query, rows):
                read = self.reader.read(asked, [held], query.encoded.vector, frames, held)
                statements += [Statement(frame), *read.statements]
                short += [read.short_answer] if read.short_answer else []
                owners |= set(rows)
                continue
            told = main_sentences(side, _SIDE_LIMIT, 99.0 if titled else MEASURE_REACH)
            if len(told) == 1:
                told_one = self.reader.read(replace(asked, wants=Wants.ANYTHING), side, query.encoded.vector, frames)
                statements += [Statement(frame), *told_one.statements]
            else:
                statements += [Statement(frame), *(quoted(one, one.span) for one in told)]
        inside = [one.score for one in evidence if one.owner in owners]
        if not inside or max(inside) < evidence[0].score - _ROLE_REACH:
            return None  # what is asked stands in a section of no role (a preamble, a quoted passage)
        return Draft(statements, "、".join(short) if len(short) > 1 else "")

    def _side_value(self, asked: Asked, query: Query, rows: list[int]) -> Evidence | None:
        """Return the sentence of these clauses with the number, date or the like that is asked for, if that is."""
        if asked.wants is Wants.ANYTHING:
            return None
        side = gather(self.index, self.scorer, query, rows, ())
        if holds(asked.wants, side[0].text, asked.unit):
            return side[0]
        held = typed(asked, query, side, self.scorer)
        return held.evidence if held else None

    def _compared(self, answer: Answer, asked: Asked, query: Query, evidence: list[Evidence], frames: Frames) -> Answer:
        """Say whether a claim in the question agrees with the clause."""
        if "premise" in self.settings.disabled:
            return answer
        quote = " ".join(citation.quote for citation in answer.citations)
        best = evidence[0]
        context = f"{' '.join(best.clause.breadcrumb)} {best.clause.text} {' '.join(f'{year}年' for year in years_of(best))}"
        found: list[Difference] = []
        source, title = best.plan.source, best.plan.title
        if asked.asserts:
            found = differences(asked.claim, quote, context, strict=True, source=source, title=title)
            if not found and not asked.english:
                words = [word for word in rjieba.cut(asked.claim) if word.strip()]
                found = unmatched(asked.claim, self.scorer.word_match(query, words, best.owner), context, title)
        elif asked.supposed and len(asked.facets) < 2 and agreement(asked.supposed, context) >= _AGREES:
            whole = asked.supposed == asked.claim  # may as well be a request: a word from elsewhere in the plan is no difference
            found = differences(asked.supposed, quote, context, strict=True, polar=False, source="" if whole else source, title=title)
        elif (asked.yes_no or _SUPPOSES.search(asked.text)) and asked.wants is Wants.ANYTHING:
            found = differences(asked.claim, quote, context, strict=False, source=source, title=title)
        if not found and not asked.yes_no:
            found = other_values(asked.text, quote, context, title)
            if not found and len(asked.facets) < 2:
                found = other_names(asked.text, quote, context, source)
        if found:
            dated = self._dated(found, answer, best)
            told = (Statement(frames.differs), *dated, *answer.statements)
            return replace(answer, status="corrected", statements=told, retrieved=self._with_cited(answer.retrieved, dated))
        return answer

    def _dated(self, found: list[Difference], answer: Answer, best: Evidence) -> list[Statement]:
        """Return the part of the clause, or of the lead above it, with the year that a wrong one is to be corrected by, if no quote has it."""
        years = years_of(best)
        quotes = " ".join(citation.quote for citation in answer.citations)
        if not years or years & years_in(quotes) or not any(_YEAR.fullmatch(one.claimed.removesuffix("年")) for one in found):
            return []
        section = best.plan.section(best.clause.id)
        above = best.plan.section(section.parent) if section and section.parent else None
        for clause in [best.clause, *([above.clause] if above and above.clause else [])]:
            for piece in parts(best.plan.source, Span(clause.start, clause.end)):
                if years & years_in(piece.of(best.plan.source)):
                    citation = Citation.of(best.plan, clause.id, piece.start, piece.end)
                    return [Statement(f"「{citation.quote}」", (citation,))]
        return []

    # --- the proof ----------------------------------------------------------------------------------------------

    def _proved(self, answer: Answer, frames: Frames) -> Answer:
        allowed = {one.clause.id for one in answer.retrieved} | {
            section.id for section in self.plan.sections if section.clause is None
        }
        proved, rejected = verify_citations(answer.statements, self.plans, allowed)
        if answer.status != "refused" and not any(statement.citations for statement in proved):
            refused = self._refused(answer.question, Verdict(False, 0.0), answer.retrieved, frames)
            return replace(refused, rejected=tuple(rejected))
        if frames.states and answer.status == "grounded":
            proved = [Statement(frames.states), *proved]
        return replace(answer, statements=tuple(proved), rejected=tuple(rejected))


def _chat_is_wanted(settings: Settings) -> bool:
    from qa.chat import is_wanted

    return is_wanted(settings)


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1000


def _joined(question: Question, sides: list[Answer], unstated: list[Statement]) -> Answer:
    """Return the answers to the parts of a question as one, and after them which parts the plan does not answer."""
    statements = [*_once([statement for side in sides for statement in side.statements]), *unstated]
    retrieved = {one.clause.id: one for side in reversed(sides) for one in side.retrieved}
    status: Status = "corrected" if any(side.status == "corrected" for side in sides) else "grounded"
    short = "、".join(side.short_answer for side in sides if side.short_answer)
    details = {"probability": max(side.details.get("probability", 1.0) for side in sides)}
    return Answer(
        question, tuple(statements), status, short_answer=short, retrieved=tuple(retrieved.values()), details=details
    )


def _is_told(answer: Answer, told: tuple[str, ...]) -> bool:
    """True where an answer quotes nothing but what stands in the quotes `told` before."""
    quotes = [citation.quote.rstrip("。") for citation in answer.citations]
    return bool(quotes) and all(any(quote in earlier for earlier in told) for quote in quotes)


def _once(statements: list[Statement]) -> list[Statement]:
    """Return the statements without those whose quotes stand within what another one quotes."""
    spans = [(one.section, one.start, one.end) for statement in statements for one in statement.citations]

    def within(section: str, start: int, end: int) -> bool:
        return any(s == section and a <= start and end <= b and (a, b) != (start, end) for s, a, b in spans)

    unsaid = [s for s in statements if not s.citations or not all(within(one.section, one.start, one.end) for one in s.citations)]
    return list(dict.fromkeys(unsaid))
