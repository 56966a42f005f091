"""Questions that the outline answers exactly: look-ups, headings and how many, where words stand. Never by likeness."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.numerals import ordinal
from index.plan import Section
from index.retriever import Retrieved
from index.store import PlanIndex
from index.width import half_width
from qa import outline
from qa.answer import Answer, Question, Statement
from qa.asked import Asked, Kind
from qa.frames import Frames
from qa.values import COUNTED, HAN_NUMBER, Wants, values
from qa.wording import content_terms

_TITLE = re.compile(r"[“\"「]([^”\"」]{2,30})[”\"」]")
_PHRASE = re.compile(r"[“\"「]([^”\"」]{3,40})[”\"」]")
_IN_ORDER = re.compile(r"([^,,。;]{2,16}?)(?:是|被)?(?:排|摆|放|列|写|说|讲|提)?(?:得)?在([^,,。;]{2,16}?)的?(前[面头边]|之前|后[面头边]|之后)")
_PUT = re.compile(
    r"([^,,。;?]{2,20}?)(?:是|被|应该|应)*(?:排|列|放|摆|搁|居)(?:在|到|于|成|为)?([^,,。;?]{0,10}?)"
    rf"(第[{HAN_NUMBER}\d]+|头一?|首位?|最[前后]|末位?|垫底|倒数第一)"
)
_CONTENT = re.compile("任务|部署|安排|举措|措施|正文|项目|工程|目标|要求")
"""What a bare heading does not have."""
_SPELT_OUT = re.compile(r"全称|全名|缩写|简称|简写|代号|(?:中文|英文)(?:名|叫|是|全|怎么|里|写|简)|[翻译]成|stands? for|full name|abbreviat|acronym", re.I)
"""What asks for the words of an abbreviation, or for it."""
_NUMBER_OF = re.compile(
    r"(?:第([一二两三四五六七八九十]{1,3}|\d{1,2})|头一|首|打头|排头|领头|(压轴|收尾|垫底|殿后|最末|最后一?))(?:大)?(?:[条个项点位节]|(?=[的是原目任]))(?:[^,。?和与跟哪几]{0,2}(?:原则|目标|任务))?[,:—的]*(?:就?是(?:不是)?|叫|当?为|讲)?[,:—]*[“\"「『]?$"
)
"""A place in an order right before the heading that is said to have it."""
_THEN_NUMBER = re.compile("[”」』\"]?(?:是|为|排|列|在)*第([一二两三四五六七八九十]{1,3}|\\d{1,2})")
"""The place that a claim gives the heading before it."""
_LAST = re.compile("最后|末|垫底|倒数")
_COUNTED_LAST = re.compile(r"[嘛呢啊呀哈]?(?:$|,)")


class OutlineReader:
    """Answers from the outline of the first plan. Needs neither embeddings nor a language model."""

    def __init__(self, index: PlanIndex) -> None:
        self.plan = index.plans[0]
        self.entries = index.entries
        self._rows = {entry.clause.id: row for row, entry in enumerate(index.entries)}

    def read(self, question: Question, asked: Asked, pointed: Section | None, frames: Frames) -> Answer | None:
        """Return the answer, or None where the question is about what the clauses say.

        Args:
            question: as typed.
            asked: as understood.
            pointed: the section that a follow-up asks for outright (上一条), shown whatever else it says.
            frames: frame words in the question's language.
        """
        if pointed:
            return self.look_up(question, [pointed])
        if _SPELT_OUT.search(asked.text) and (spelt := outline.spelt_out(self.plan, asked.text)):
            statement, short = spelt
            return replace(self._answer(question, [statement]), short_answer=short)
        if asked.asserts and (right := self._rightly_numbered(asked)):
            return self._answer(question, [outline.heading(self.plan, section) for section in right])
        if answer := self._misnumbered(question, asked, frames):
            return answer
        if asked.asserts and (answer := self._misplaced(question, asked, frames) or self._ordered(question, asked, frames)):
            return answer
        if (asked.asserts or asked.supposed) and (answer := self._misranked(question, asked, frames)):
            return answer
        if asked.supposed and (answer := self._miscounted(question, asked, frames)):
            return answer
        if asked.kind is Kind.LOOKUP:
            return self._section(question, asked, frames)
        if asked.kind is Kind.CHILDREN:
            return self._children(question, asked, frames)
        if asked.kind is Kind.TITLES:
            return self._found(question, asked, outline.titles(self.plan, asked.phrase, frames), frames)
        if asked.kind is Kind.OCCURRENCES:
            within = asked.scope[0] if asked.scope else ""
            return self._found(question, asked, outline.occurrences(self.plan, asked.phrase, frames, within), frames)
        return None

    def _section(self, question: Question, asked: Asked, frames: Frames) -> Answer:
        """Answer with the sections named, or that there is none; correct what a claim puts there wrongly."""
        if asked.missing:
            missing = asked.missing[0]
            text = frames.no_section(missing.written, missing.nearest, self.plan)
            return Answer(question, (Statement(text),), "refused", nearest=(missing.nearest.id,) if missing.nearest else ())
        title = _TITLE.search(asked.claim)
        if asked.yes_no and title and asked.sections and all(title[1] not in s.title for s in asked.sections):
            return _corrected(self.look_up(question, list(asked.sections)), frames)
        claimed = [m.section for m in asked.named if m.share >= 0.8 and not m.section.children]
        if asked.asserts and claimed and asked.sections and claimed[0].id not in {s.id for s in asked.sections}:
            there = outline.gist(self.plan, asked.sections[0], limit=60)
            claim = outline.placed(self.plan, claimed[0])[:1]
            return _corrected(self._answer(question, [*there, *claim]), frames)
        if asked.sections and _CONTENT.search(asked.text) and not any(below.clause for s in asked.sections for below in self.plan.under(s.id)):
            bare = asked.sections[0]
            return Answer(question, (Statement(frames.only_heading(bare)),), "refused", nearest=tuple(s.id for s in asked.sections))
        if asked.brief:
            return self._answer(question, outline.placed(self.plan, asked.sections[0]))
        return self.look_up(question, list(asked.sections))

    def _children(self, question: Question, asked: Asked, frames: Frames) -> Answer:
        """Answer with the headings below, and how many; correct a claim that counts otherwise."""
        headings = asked.sections or (None,)
        answer = self._answer(
            question, [line for section in headings for line in outline.children(self.plan, section, frames)]
        )
        below = [self.plan.children(section.id if section else None) for section in headings]
        counts = {str(len([child for child in children if child.number.is_numbered])) for children in below}
        claimed = [value.amount for value in values(asked.claim) if value.kind in COUNTED]
        return _corrected(answer, frames) if asked.yes_no and claimed and claimed[0] not in counts else answer

    def _miscounted(self, question: Question, asked: Asked, frames: Frames) -> Answer | None:
        """Return the headings below one, where the question takes for granted that there are more or fewer (发展目标一共六条)."""
        claimed = [value.amount for value in values(asked.supposed) if value.kind in COUNTED and _COUNTED_LAST.match(asked.supposed[value.end :])]
        named = [m.section for m in asked.named if m.section.children and m.share >= 0.8 and self.plan.children(m.section.id)]
        if len(claimed) != 1 or len(named) != 1:
            return None
        numbered = [child for child in self.plan.children(named[0].id) if child.number.is_numbered]
        if claimed[0] == str(len(numbered)):
            return None
        return _corrected(self._answer(question, outline.children(self.plan, named[0], frames)), frames)

    def _ordered(self, question: Question, asked: Asked, frames: Frames) -> Answer | None:
        """Return the headings in their order, for a claim that one stands before or after another; corrected where it does not."""
        match = _IN_ORDER.search(asked.claim)
        if not match:
            return None
        scopes = [m.section.id for m in asked.named if m.section.children and m.section.title not in match[0]]
        for parent in [None, *(section for section in self.plan.sections if section.children)]:
            if scopes and (parent is None or parent.id not in scopes):
                continue
            children = self.plan.children(parent.id if parent else None)
            one, other = (_called(children, said) for said in match.group(1, 2))
            if one is None or other is None or one == other:
                continue
            answer = self._answer(question, outline.children(self.plan, parent, frames))
            return answer if (one < other) == match[3].startswith(("前", "之前")) else _corrected(answer, frames)
        return None

    def _rightly_numbered(self, asked: Asked) -> list[Section]:
        """Return the headings of a claim that gives two or more of them their right places (“甲”是第三条,“乙”是第四条); empty otherwise."""
        named = [m for m in asked.named if m.share >= 0.8 and not m.section.children and m.section.number.is_numbered]
        for mention in named:
            put = _THEN_NUMBER.match(asked.text, mention.end)
            siblings = [child for child in self.plan.children(mention.section.parent) if child.number.is_numbered]
            if not put or ordinal(put[1]) != siblings.index(mention.section) + 1:
                return []
        return [mention.section for mention in named] if len(named) > 1 else []

    def _misnumbered(self, question: Question, asked: Asked, frames: Frames) -> Answer | None:
        """Return what stands at a place, and where a heading stands, for a text that puts the heading there wrongly (第三条,坚持系统性协同)."""
        for mention in asked.named:
            section = mention.section
            if mention.share < 0.8 or section.children or section.parent is None or not section.number.is_numbered:
                continue
            put = _NUMBER_OF.search(asked.text[: mention.start])
            siblings = [child for child in self.plan.children(section.parent) if child.number.is_numbered]
            place = (ordinal(put[1]) if put[1] else len(siblings) if put[2] else 1) if put else siblings.index(section) + 1
            if place == siblings.index(section) + 1 or not 1 <= place <= len(siblings):
                continue
            there, here = outline.heading(self.plan, siblings[place - 1]), outline.heading(self.plan, section)
            return _corrected(self._answer(question, [there, here, *outline.gist(self.plan, section, limit=60)[1:]]), frames)
        return None

    def _misranked(self, question: Question, asked: Asked, frames: Frames) -> Answer | None:
        """Return the headings in their order, where a claim puts one of them at another place (排在第四位, 放在头一个)."""
        match = _PUT.search(asked.supposed or asked.claim)
        if not match:
            return None
        subject = match[1].rpartition("把")[2]
        said = re.sub("第", "", match[3])
        for parent in self.plan.sections:
            children = [child for child in self.plan.children(parent.id) if child.number.is_numbered]
            place = _called(children, subject)
            if place is None or not any(m.section.id in (parent.id, children[place].id) for m in asked.named):
                continue
            claimed = len(children) if _LAST.search(said) else 1 if not (number := values(match[3])) else int(float(number[-1].amount))
            if claimed == place + 1:
                return None
            return _corrected(self._answer(question, outline.children(self.plan, parent, frames)), frames)
        return None

    def _found(self, question: Question, asked: Asked, statements: list[Statement], frames: Frames) -> Answer:
        if statements:
            return self._answer(question, statements)
        return Answer(question, (Statement(frames.refusal(Wants.ANYTHING, [asked.phrase])),), "refused")

    def _misplaced(self, question: Question, asked: Asked, frames: Frames) -> Answer | None:
        """Return the correction of a claim that a quoted phrase stands in a section in which it does not."""
        phrase = _PHRASE.search(asked.claim)
        named = [m.section for m in asked.named if m.share >= 0.75 and not m.section.children]
        if not phrase or not named or any(phrase[1] in half_width(section.title) for section in named):
            return None
        statements = outline.occurrences(self.plan, phrase[1], frames)
        places = {section for statement in statements for section in statement.sections}
        if not places or places & {section.id for section in named}:
            return None
        return _corrected(self._answer(question, statements), frames)

    def look_up(self, question: Question, sections: list[Section]) -> Answer:
        """Return heading and main statements of `sections`."""
        limit = outline.GIST if len(sections) == 1 else outline.GIST // len(sections)
        statements = [line for section in sections for line in outline.gist(self.plan, section, limit=limit)]
        if any(not section.number.is_numbered and section.title for section in sections):
            statements.append(Statement(Frames().unnumbered))
        return self._answer(question, statements)

    def _answer(self, question: Question, statements: Sequence[Statement]) -> Answer:
        ids = dict.fromkeys(section for statement in statements for section in statement.sections)
        found = [
            Retrieved(self.plan, self.entries[self._rows[i]].clause, 1.0, self._rows[i]) for i in ids if i in self._rows
        ]
        return Answer(question, tuple(statements), "grounded", retrieved=tuple(found))


def _corrected(answer: Answer, frames: Frames) -> Answer:
    return replace(answer, status="corrected", statements=(Statement(frames.differs), *answer.statements))


def _called(sections: Sequence[Section], said: str) -> int | None:
    """Return the place of the one section whose heading has every content word of `said`; None where none or several have."""
    terms = [term.text for term in content_terms(said)]
    places = [place for place, section in enumerate(sections) if terms and all(term in section.title for term in terms)]
    return places[0] if len(places) == 1 else None
