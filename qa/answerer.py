"""From a question to an answer with citations, read top to bottom."""

from __future__ import annotations

import math
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from index.embedder import Embedder, SentenceEmbedder
from index.errors import PlanError
from index.folder import load_index, save_index
from index.parser import read_plan
from index.plan import Plan, Section
from index.sentences import parts
from index.store import PlanIndex
from qa import outline
from qa.answer import Answer, Citation, Question, Retrieved, Statement
from qa.asked import OUTLINE, REASON, Asked, Kind, counts_places, quoted_name, understand
from qa.check import verify_citations
from qa.comparison import compared, compared_values, confirming, each_spoken_of, speaks_of, with_year
from qa.compound import readings, side_by_side, taken_apart
from qa.evidence import Calibration, Evidence, LinearScorer, Query
from qa.frames import Frames
from qa.gate import (
    EVEN,
    Verdict,
    about_plan_itself,
    asks_for_earlier,
    claims_period,
    dated_above,
    judge,
    names_earlier,
    names_period,
    typed,
    years_in,
)
from qa.history import Resolved, resolve
from qa.joined import is_told, joined
from qa.normalise import SlipCorrector, normalise
from qa.outline_reader import OutlineReader
from qa.premise import agreement, held, sited
from qa.reader import Draft, ExtractiveReader, main_sentences, quoted
from qa.requests import is_no_question
from qa.scope import role_sections
from qa.search import Compared, EvidenceSearch
from qa.second import second
from qa.settings import Settings
from qa.sides import SidesReader
from qa.values import Wants, asked_for, holds, values
from qa.wording import content_terms, partly_in

if TYPE_CHECKING:
    from qa.chat import ChatGenerator

_NEAREST = 3
_SAME = 1.0
"""How far below the best a sentence may stand that is as likely meant."""
_CALLED = re.compile(r"[”」\"]?的?[这那]?一?个?(?:大?部分|[节章条段]|大项|标题|里[面头边]?|下面|底下)")
"""What makes a section of the words of a heading, which may stand in the text as well."""
_SHORT_YEAR = re.compile(r"(?:(?<=[^缴交满干住用做活][到在从至])|(?<=^[到在从至])|^)\d\d(?=年(?![间内来多以左]))")
"""A year of the plan's title in two digits (到25年)."""
_OWN_TERMS = 2
"""Words of the plan with which a later part has a topic of its own."""
_ENDING = 8
"""Characters at the end of a part by which it is found in the question."""
_FEW = 3
"""Clauses in which a name in quotes stands, at most, for all of them to be told."""
_SURE = 0.8
"""Probability from which one part of a question is answered although another is not."""
_AGAIN_REACH = 3.0
"""How far below the best sentence that of another clause may stand, for a part that repeated what an earlier one told."""
_PART_REACH = 5.0
"""How far below the best sentence of all the best one of a role may stand, for a part that asks for that role to be told from it."""
_FIRST_READING = 0.15
"""How much surer the other reading of a part has to be."""
NEEDED = 0.3
"""Probability from which a second statement is added: a clause that lacks costs an answer, one too many only some brevity. Chosen on `tune`."""


class Answerer:
    """Answers questions over the loaded plans. One object serves many threads."""

    def __init__(self, index: PlanIndex, embedder: Embedder, settings: Settings, calibration: Calibration | None = None) -> None:
        self.index, self.embedder, self.settings = index, embedder, settings
        self.calibration = calibration or Calibration.load()
        self.scorer = LinearScorer(index, self.calibration.weights, settings.disabled)
        self._encoding = threading.Lock()
        self.search = EvidenceSearch(index, embedder, self.scorer, settings.disabled, self._encoding)
        self.outline = OutlineReader(index)
        self.reader = ExtractiveReader(index, settings.disabled)
        self._sides = SidesReader(index, self.scorer, self.reader)
        self._slips = SlipCorrector(index.plans)
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
        elif answer.status == "grounded" and asked.kind is Kind.OCCURRENCES and (asked.supposed or asked.asserts):
            answer = self._checked_places(answer, asked, resolved, frames)
        elif answer.status == "corrected" and asked.supposed and asked.kind not in OUTLINE:  # and what it asks besides
            content = self._from_clauses(question, replace(asked, supposed=""), resolved, frames)  # not compared again
            answer = answer if content.abstained else joined(question, [answer, content], [])
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
                return joined(question, told, [])
            told_apart = bool(quoted_name(asked.text)) or not (side_by_side(asked.text) and counts_places(asked.text)) or all(part[-_ENDING:] in asked.text for part in apart)  # each with an end of its own
            if asked.kind is Kind.OCCURRENCES and told_apart and self._speaks_of_another(apart, asked.phrase):
                return None
        return self.outline.read(question, asked, resolved.section, frames)

    def _speaks_of_another(self, apart: list[str], phrase: str) -> bool:
        """True where one of the questions speaks of the phrase, and each of the others of something else that the plan has."""
        of_it = [text for text in apart if phrase in text]
        source = self.plan.plain.lower()
        others = [[term.text for term in content_terms(text) if term.text in source] for text in apart if phrase not in text]
        return len(of_it) == 1 and all(any(term not in of_it[0] for term in terms) for terms in others)

    def clean(self, text: str) -> str:
        """Return `text` normalised, slips of the pinyin keyboard mended."""
        plain = _SHORT_YEAR.sub(lambda year: f"20{year[0]}" if f"20{year[0]}" in self.plan.title else year[0], normalise(text))
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
        if asked.wants is Wants.REASON and all(REASON.search(one) or asked_for(one) is Wants.REASON for one, *_ in apart):
            apart = []  # why, and once more why
        claimed = asked.asserts or bool(asked.supposed)
        if len(apart) > 1 and claimed and not side_by_side(asked.text):  # nothing is asked: one claim, if it differs
            claim = self._from_clause(question, asked, resolved, frames)
            if claim.status == "corrected" and (asked.asserts or self._told_of(asked.supposed, claim)):  # and what is asked besides
                rest = asked.text.replace(asked.supposed, "").strip(" ,;。") if asked.supposed and not asked.asserts else ""
                apart = readings(rest) if content_terms(rest) else []
                quotes = tuple(citation.plain for citation in claim.citations)
                others = self._parts(question, apart, frames, by_role) if apart else []
                besides = [side for (text, *_), side in zip(apart, others, strict=True) if _is_sure(side) and not is_told(side, quotes) and _has_own(text, asked.supposed, side)]
                return joined(question, [claim, *besides], [])
        if len(apart) > 1:
            sides = self._parts(question, apart, frames, by_role)
            sides = self._not_contradicting(apart, sides)
            grounded = [side for side in sides if not side.abstained]
            sure = max((side.details.get("probability", 1.0) for side in grounded), default=0.0) >= _SURE
            if len(grounded) == len(sides) or sure:
                unstated = [Statement(frames.part_not_stated(text)) for (text, *_), side in zip(apart, sides, strict=True) if side.abstained]
                told = joined(question, grounded, [])
                fuller = self._with_second(told, asked, resolved)
                return joined(question, grounded, unstated) if fuller is told else fuller
        return self._with_second(self._from_clause(question, asked, resolved, frames), asked, resolved)

    def _not_contradicting(self, apart: list[tuple[str, ...]], sides: list[Answer]) -> list[Answer]:
        """Return the answers to the parts without those that correct, from another clause, a value that the quotes of the first confirm."""
        quotes = " ".join(citation.plain for citation in sides[0].citations)
        stated = values(quotes)
        return [sides[0], *(
            sides[0] if side.status == "corrected" and (claimed := values(text)) and all(held(value, stated) for value in claimed) and agreement(text, quotes) >= agreement(text, " ".join(one.plain for one in side.citations)) else side
            for (text, *_), side in zip(apart[1:], sides[1:], strict=True)
        )]  # fmt: skip

    def _told_of(self, supposed: str, claim: Answer) -> bool:
        """True where the clause cited first speaks of what is taken for granted as a whole: the other parts ask of other clauses."""
        section = next((self.plan.section(citation.section) for citation in claim.citations), None)
        return section is not None and section.clause is not None and speaks_of(supposed, f"{' '.join(section.clause.breadcrumb)} {section.clause.plain}")

    def _parts(self, question: Question, apart: list[tuple[str, ...]], frames: Frames, by_role: bool) -> list[Answer]:
        """Return the answer to each part, read as the evidence has it; one that only repeats what was quoted is asked again."""
        sides: list[Answer] = []
        texts: list[str] = []
        told: tuple[str, ...] = ()
        for read in apart:
            if sides and _lacks(sides[0]) and self._is_bare(min(read, key=len)):  # what the plan lacks of a topic, it hardly has of none
                read = (max(read, key=len),)
            answers = [self._part(question, one, frames, by_role) for one in read]
            worth = [answer.details.get("probability", 1.0) - answer.abstained - is_told(answer, told) for answer in answers]
            chosen = max(range(len(read)), key=lambda place: worth[place] + _FIRST_READING * (place == 0))
            text, side = read[chosen], answers[chosen]
            texts.append(text)
            if is_told(side, told) and side.retrieved:
                other = self._part(question, text, frames, by_role, told)
                best, second = side.retrieved[0].score, other.retrieved[0].score if other.retrieved else -math.inf
                side = other if not other.abstained and second >= best - _AGAIN_REACH else side
            sides.append(side)
            told += tuple(citation.plain for citation in side.citations)
        if _lacks(sides[0]):  # what leans on a part that the plan lacks stands in the clause itself
            plain = self.clean(question.text)
            sides = [side if side.abstained or text in plain or _has_own(text, apart[0][0], side) else sides[0] for text, side in zip(texts, sides, strict=True)]
        if any(map(_is_sure, sides)):
            asked_again = [text for text, side in zip(texts, sides, strict=True) if side.abstained]
            likely = {text: self._part(question, text, frames, by_role, told, likely=True) for text in asked_again}
            sides = [likely.get(text, side) for text, side in zip(texts, sides, strict=True)]
        return sides

    def _is_bare(self, text: str) -> bool:
        """True for a part that asks for a thing of some kind and has hardly a word of the plan."""
        source = self.plan.plain.lower()
        return asked_for(text) is not Wants.ANYTHING and sum(term.text in source for term in content_terms(text)) < _OWN_TERMS

    def _part(
        self, question: Question, text: str, frames: Frames, by_role: bool, told: tuple[str, ...] = (), *, likely: bool = False
    ) -> Answer:
        """Return the answer to one part of a question of several parts; from the sections of its role, if they have it."""
        asked, alone = replace(understand(self.plan, text), asserts=False, supposed=""), Resolved(text, told=told, likely=likely)
        if by_role and len(asked.facets) == 1 and not asked.scope:
            within = tuple(section.id for section in role_sections(self.plan, asked.facets[0]))
            ids = {section.id for root in within for section in self.plan.under(root)}
            evidence = self.search.compare(asked, alone).evidence
            near = [one.clause for one in evidence if one.score >= evidence[0].score - _PART_REACH]
            name = quoted_name(asked.text)  # a name in quotes is told from a clause that has it, if any has
            near = [clause for clause in near if name in clause.plain] if any(name in clause.plain for clause in self.plan.clauses) else near
            if any(clause.id in ids for clause in near):
                inside = self._from_clause(question, replace(asked, scope=within), alone, frames)
                if not inside.abstained:
                    return inside
        return self.outline.read(question, asked, None, frames) or self._from_clause(question, asked, alone, frames)

    def _with_second(self, answer: Answer, asked: Asked, resolved: Resolved) -> Answer:
        """Return the answer with one more sentence, where it cites one clause and likely lacks something."""
        sections = {citation.section for citation in answer.citations}
        if "second" in self.settings.disabled or answer.status != "grounded" or len(sections) != 1:
            return answer
        found_for = self.search.compare(asked, resolved)
        quotes = [citation.plain for citation in answer.citations]
        found = second(asked, found_for.query, found_for.evidence, quotes, answer.details.get("probability", 1.0), self.scorer, follows=bool(answer.question.history))
        if found is None or found.probability(self.calibration.second) < NEEDED:
            return answer
        added = quoted(found.evidence, found.evidence.span)
        known = {one.clause.id for one in answer.retrieved}
        retrieved = (*answer.retrieved, *(one for one in found_for.ranked if one.clause.id not in known))
        return replace(answer, statements=(*answer.statements, added), retrieved=retrieved)

    def _only_headings(self, asked: Asked) -> list[Section]:
        """Return the named sections of which the loaded text has no more than the heading."""
        called = [m.section for m in asked.named if m.share >= 0.8 and _CALLED.match(asked.text, m.end)]
        named = [section for section in map(self.plan.section, asked.scope) if section] or called
        return [section for section in named if not any(below.clause for below in self.plan.under(section.id))]

    def _from_clause(self, question: Question, asked: Asked, resolved: Resolved, frames: Frames) -> Answer:
        found = self.search.compare(asked, resolved)
        query, evidence, ranked = found.query, found.evidence, found.ranked
        if asks_for_earlier(asked, self.plan) and any(map(names_earlier, evidence)):
            evidence = sorted(evidence, key=lambda one: not names_earlier(one))
        elif about_plan_itself(asked) or self._misdated(asked, evidence):
            evidence = sorted(evidence, key=lambda one: not names_period(asked, one))
        elif asked.asserts and sited(asked.claim):  # a claim about a site is compared with what names one
            evidence = sorted(evidence, key=lambda one: evidence[0].score - one.score > _SAME or holds(Wants.PLACE, one.text) is None)
        if resolved.sentence and (next_to := self._sentence_beside(resolved)):
            return Answer(question, (next_to,), "grounded", retrieved=self.search.with_cited(ranked, (next_to,)))
        if resolved.more and (more := self._more(resolved, evidence)):
            return Answer(question, tuple(more), "grounded", retrieved=ranked)
        two_sided = len(asked.facets) > 1 and "facets" not in self.settings.disabled
        sides = self._sides.read(asked, query, evidence, frames) if two_sided else None
        if sides is None and len(asked.facets) > 1 and (name := quoted_name(asked.text)):  # stands in no section of a role
            places = outline.occurrences(self.plan, name, frames)
            if 1 < len({id for line in places for id in line.sections}) <= _FEW:
                return Answer(question, tuple(places), "grounded", retrieved=self.search.with_cited(ranked, places))
        verdict = self._judge(asked, query, evidence)
        if (resolved.likely or resolved.leaning) and verdict.probability >= EVEN:
            verdict = replace(verdict, answerable=True)
        if sides and sides.short_answer:  # what is asked for stands on each side
            verdict = replace(verdict, answerable=True)
        details = {"probability": round(verdict.probability, 3)}
        put = asked.asserts and verdict.probability >= EVEN
        beside = bool(asked.supposed and evidence and (asked.supposed != asked.claim or any(value.kind not in ("year", "grade") for value in values(asked.supposed))))  # a claim beside a question, or a value stated flatly
        if (not verdict.answerable and (put or beside)) or (sides and beside and years_in(asked.supposed)):
            # a claim that differs from the clause on one point speaks of what the clause speaks of, on whichever side it stands
            of_claim = replace(asked, facets=()) if sides else asked
            draft = self.reader.read(of_claim, evidence, query.encoded.vector, frames, None)
            answer = Answer(question, tuple(draft.statements), "grounded", retrieved=ranked, details=details)
            if (claim := self._checked(answer, of_claim, evidence, frames)).status == "corrected":
                return claim
        if not verdict.answerable:
            return replace(self._refused(question, verdict, ranked, frames), details=details)
        if names_period(asked, evidence[0]):
            asked, evidence = replace(asked, wants=Wants.TIME), evidence[:1]
        holder = typed(asked, query, evidence, self.scorer) if asked.wants is not Wants.ANYTHING else None
        draft = sides or self.reader.read(asked, evidence, query.encoded.vector, frames, holder.evidence if holder else None)
        if asks_for_earlier(asked, self.plan) and (earlier := names_earlier(evidence[0])):
            start = evidence[0].span.start + earlier.start()
            whole = next((span for span in parts(self.plan.plain, evidence[0].span) if span.start <= start < span.end), evidence[0].span)
            draft = Draft([quoted(evidence[0], whole)], earlier[2])
        if dated_above(asked, evidence[0]):
            draft = Draft([*draft.statements, *with_year(evidence[0])], draft.short_answer)
        if asked.which and (section := self.plan.section(evidence[0].clause.id)) and section.title:
            draft = Draft([outline.heading(self.plan, section), *draft.statements], draft.short_answer)
        ranked = self.search.with_cited(ranked, draft.statements)
        answer = Answer(
            question, tuple(draft.statements), "grounded", short_answer=draft.short_answer, retrieved=ranked, details=details
        )
        return self._checked(answer, asked, evidence, frames)

    def _checked_places(self, answer: Answer, asked: Asked, resolved: Resolved, frames: Frames) -> Answer:
        """Return the places where words stand, corrected where a claim about them differs from the best of their clauses."""
        found = self.search.compare(asked, resolved)
        cited = {citation.section for citation in answer.citations}
        evidence = [one for one in found.evidence if one.clause.id in cited]
        return compared_values(answer, asked, evidence[0], frames) if evidence and "premise" not in self.settings.disabled else answer

    def _checked(self, answer: Answer, asked: Asked, evidence: list[Evidence], frames: Frames) -> Answer:
        """Return the answer, corrected where a claim in the question differs from the clause."""
        if "premise" in self.settings.disabled:
            return answer
        checked = compared(answer, asked, evidence[0], frames)
        if checked is answer:
            return answer
        if other := confirming(asked, evidence):
            checked = replace(answer, statements=(quoted(other, other.span),))
        elif len(answer.citations) == 1 and len(spoken_of := each_spoken_of(asked, evidence)) > 1:
            checked = replace(checked, statements=(*checked.statements[:-1], *(quoted(one, one.span) for one in spoken_of)))
        return replace(checked, retrieved=self.search.with_cited(checked.retrieved, checked.statements))

    def compare(self, question: Question) -> Compared:
        """Return the evidence for `question` as the reader gets it, without answering; for fitting and inspection."""
        resolved = self._resolve(question)
        return self.search.compare(understand(self.plan, resolved.text, resolved.base), resolved)

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

    @staticmethod
    def _misdated(asked: Asked, evidence: list[Evidence]) -> bool:
        """True where years are claimed of the plan that none of the best sentences has (an earlier plan's years stand somewhere)."""
        claimed = years_in(asked.claim if asked.asserts or asked.yes_no else asked.supposed)
        if not claimed or any(claimed <= years_in(one.text) for one in evidence[:_NEAREST]):
            return False
        return any(claims_period(asked, one) and names_period(asked, one) for one in evidence)

    def _sentence_beside(self, resolved: Resolved) -> Statement | None:
        """Return the sentence before or after the last quote of the last answer (下一句呢); None at the end of its clause."""
        quote, step = resolved.sentence or ("", 0)
        level = self.index.levels["sentence"]
        for row, text in enumerate(level.texts):
            other = row + step
            of_cited = not resolved.near or self.index.entries[level.owners[row]].clause.id in resolved.near
            if of_cited and quote.rstrip("。") in normalise(text) and 0 <= other < len(level.texts) and level.owners[other] == level.owners[row]:
                entry = self.index.entries[level.owners[row]]
                citation = Citation.of(entry.plan, entry.clause.id, level.spans[other].start, level.spans[other].end)
                return Statement(f"「{citation.quote}」", (citation,))
        return None

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


def _lacks(side: Answer) -> bool:
    """True where a rule refused a part: the plan lacks what it asks for."""
    return side.abstained and side.details.get("probability") == 0.0


def _is_sure(side: Answer) -> bool:
    return not side.abstained and side.details.get("probability", 1.0) >= _SURE


def _has_own(text: str, first: str, side: Answer) -> bool:
    """True where a clause that the answer cites has one of the words of a later part, beside those of the first."""
    cited = {citation.section for citation in side.citations}
    clauses = " ".join(one.clause.plain for one in side.retrieved if one.clause.id in cited).lower()
    own = [term.text for term in content_terms(text) if term.text not in first.lower()]
    return any(word in clauses or partly_in(word, clauses) for word in own)


def _chat_is_wanted(settings: Settings) -> bool:
    from qa.chat import is_wanted

    return is_wanted(settings)


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1000
