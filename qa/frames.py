"""The fixed words around quotes, in Chinese and English. They state nothing of their own."""

from __future__ import annotations

from dataclasses import dataclass

from index.plan import Plan, Section
from qa.values import Wants

_ENGLISH_WANTS = {
    Wants.NUMBER: "a number", Wants.PERCENT: "a percentage", Wants.MONEY: "an amount of money", Wants.TIME: "a date",
    Wants.RANK: "a rank", Wants.PERSON: "a person's name", Wants.ORGANISATION: "a responsible department",
    Wants.WHO: "a person or body in charge", Wants.PROCEDURE: "a procedure", Wants.STEPS: "the steps", Wants.DURATION: "a period",
    Wants.CONTACT: "contact details", Wants.PLACE: "a place", Wants.DEFINITION: "a definition", Wants.COMPANY: "a company",
    Wants.PENALTY: "a penalty", Wants.REASON: "a reason", Wants.CONDITION: "conditions", Wants.NAMED: "a name", Wants.AIM: "an aim", Wants.HONOUR: "an honour",
}  # fmt: skip


@dataclass(frozen=True)
class Frames:
    """Frame words in one language."""

    english: bool = False

    def children_of(self, heading: str, count: int) -> str:
        """How many stand under a heading; in English no word, since every Latin word of a cited line has to stand in its quote."""
        return f"「{heading}」 ({count}):" if self.english else f"「{heading}」下共{count}项:"

    def parts_of_plan(self, title: str, count: int) -> str:
        """How many parts the plan has."""
        return f"《{title}》 has {count} parts as loaded:" if self.english else f"《{title}》(已载入的文本)共{count}个部分:"

    def found_in(self, phrase: str, count: int) -> str:
        """In how many sections words occur."""
        return f"「{phrase}」 occurs in {count} sections:" if self.english else f"「{phrase}」出现在{count}处条款:"

    def titles_with(self, word: str, count: int) -> str:
        """How many headings hold a word."""
        return f"{count} headings hold 「{word}」:" if self.english else f"标题中含「{word}」的共{count}个:"

    @property
    def states(self) -> str:
        """Before quotes, for questions in another language than the plan's."""
        return "The plan states:" if self.english else ""

    @property
    def confirms(self) -> str:
        """Before the quote that bears a claim out."""
        return "Yes. The plan states:" if self.english else "是的,规划写明:"

    @property
    def differs(self) -> str:
        """Before the quote that a claim does not agree with."""
        return "The plan says otherwise:" if self.english else "与规划的说法不一致,规划写的是:"

    def role(self, role: str) -> str:
        """Before what is (`now`), what shall be (`goal`) and what will be done (`task`)."""
        english, chinese = {"now": ("Now:", "现状:"), "goal": ("Goal:", "目标:"), "task": ("Tasks:", "任务部署:")}[role]
        return english if self.english else chinese

    @property
    def partial(self) -> str:
        """After a list that the plan ends with 等."""
        return "(The plan's list ends with 等, \"among others\".)" if self.english else "(原文以“等”收尾,未逐一列全。)"

    @property
    def unnumbered(self) -> str:
        """After a passage to which the page gives no number."""
        return (
            "(A passage quoted by the news page; this source gives no section number for it.)"
            if self.english
            else "(这段出自网页导读,本来源未给出它在规划中的章节编号。)"
        )

    def refusal(self, wants: Wants, absent: list[str]) -> str:
        """That the plan as loaded does not say, and what is missing."""
        if self.english:
            missing = f" It does not mention {', '.join(absent)}." if absent else ""
            what = f" It does not give {_ENGLISH_WANTS[wants]}." if wants.value else ""
            return f"The plan as loaded does not state this.{what}{missing}"
        what = f"规划未给出{wants.value}。" if wants.value else ""
        missing = f"规划没有提到「{'」「'.join(absent)}」。" if absent else ""
        return f"已载入的规划文本没有写明这一点。{what}{missing}"

    def part_not_stated(self, part: str) -> str:
        """That the plan does not answer one part of a question."""
        return f"(Not stated in the plan as loaded: {part})" if self.english else f"(已载入的规划文本没有写明:{part})"

    def only_heading(self, section: Section) -> str:
        """That the loaded text has only the heading of a section."""
        if self.english:
            return f"The plan as loaded has only the heading of {section.id} 「{section.title}」, not its text."
        return f"已载入的规划文本只有 {section.id}「{section.title}」的标题,没有正文,无法回答其内容。"

    @property
    def no_question(self) -> str:
        """That only questions about the plan are answered."""
        if self.english:
            return "I only answer questions about what the loaded plan says; this is not in the plan."
        return "这里只回答已载入规划文本写了什么;这不是规划内容,无法回答。"

    def no_section(self, written: str, nearest: Section | None, plan: Plan) -> str:
        """That a section does not exist, and which do."""
        below = plan.children(nearest.id if nearest else None)
        numbered = [section for section in below if section.number.is_numbered]
        above = nearest.id if nearest else ("the plan" if self.english else "规划")
        if self.english:
            exist = f"{above} has {numbered[0].id} to {numbered[-1].id}" if numbered else f"{above} has no sections below it"
            return f"The plan as loaded has no section {written}; {exist}."
        exist = f"「{above}」下有 {numbered[0].id} 到 {numbered[-1].id}" if numbered else f"「{above}」下没有分项"
        return f"已载入的规划文本没有「{written}」;{exist}。"

    def nearest(self, sections: list[Section]) -> str:
        """The clauses that come nearest, offered as such."""
        listed = "、".join(f"{section.id}{' ' + section.title if section.title else ''}" for section in sections)
        return f"Nearest clauses (not an answer): {listed}" if self.english else f"相近的条款(仅供查阅,并非答案):{listed}"
