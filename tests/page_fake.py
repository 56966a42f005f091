"""A small stand-in for the answerer, for tests of the page alone: a few hand-made answers over the real plan.

It is a fake: it looks questions up in a table. What the product answers is tested with the real answerer elsewhere.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from index.parser import read_plan
from index.plan import Plan
from qa.answer import Answer, Citation, Question, Rejection, Retrieved, Statement

PLAN = read_plan(Path(__file__).parents[1] / "plans" / "digital-qingdao-2023-2025.txt")


def cite(section_id: str, quote: str, plan: Plan = PLAN) -> Citation:
    """Return the citation of the last place where `quote` stands in the clause."""
    clause = plan.clause(section_id)
    assert clause is not None
    start = clause.start + clause.text.rindex(quote)
    return Citation.of(plan, section_id, start, start + len(quote))


def found(*section_ids: str, plan: Plan = PLAN) -> tuple[Retrieved, ...]:
    """Return clauses as a retriever would, best first."""
    clauses = [plan.clause(section_id) for section_id in section_ids]
    return tuple(Retrieved(plan, clause, 1 / rank) for rank, clause in enumerate(clauses, 1) if clause)


class FakeAnswerer:
    """Answers what it was given; everything else is refused.

    Attributes:
        plans: the real plan.
        released: while it is not set, an answer waits (for a minute at most), so that no test races against a clock.
    """

    def __init__(self, held: bool = False) -> None:
        self.plans = (PLAN,)
        self.released = threading.Event()
        if not held:
            self.released.set()
        self.asked: list[Question] = []

    def answer(self, question: Question) -> Answer:
        """Look the question up."""
        self.asked.append(question)
        self.released.wait(60)
        text = question.text
        if "基站" in text:
            made = self._stations(question)
        elif "公文" in text:
            made = self._documents(question)
        elif "水务" in text or "三(一)2(3)" in text:
            made = self._water(question)
        elif "怎么死机" in text:
            raise RuntimeError("as asked")
        else:
            made = Answer(question, (Statement("这份规划(到“三(二)”为止)没有说到这个问题。"),), "refused",
                          retrieved=found("一(一)2", "二(二)3"), nearest=("一(一)2", "二(二)3"))  # fmt: skip
        return replace(made, elapsed_ms=12.3)

    def _stations(self, question: Question) -> Answer:
        quote = "累计建设5G基站超3万个"
        return Answer(
            question, (Statement(f"规划写明:「{quote}」", (cite("一(一)1", quote),)),), "grounded",
            short_answer="超3万个",
            retrieved=found("一(一)1", "三(一)1(2)", "二(三)1"),
        )  # fmt: skip

    def _documents(self, question: Question) -> Answer:
        quote = "实现省、市、区(市)、街道(镇)、社区(村)五级机关电子公文运转全覆盖"
        statements = (Statement("规划的说法不同:"), Statement(f"「{quote}」", (cite("一(一)3", quote),)))
        rejected = (Rejection(Statement("覆盖六级机关", (cite("一(一)3", quote),)), "引文里没有“六级”"),)
        return Answer(question, statements, "corrected", retrieved=found("一(一)3", "二(三)3"), rejected=rejected)

    def _water(self, question: Question) -> Answer:
        quotes = (
            "完善雨量、水位、流量、水质、旱情、水利工程安全等智能监测设施",
            "探索建设数字孪生流域、智慧水库等应用场景",
        )
        statements = tuple(Statement(f"「{quote}」", (cite("三(一)2(3)", quote),)) for quote in quotes)
        return Answer(question, statements, "grounded", retrieved=found("三(一)2(3)", "三(一)1(3)"))


class StreamingFake(FakeAnswerer):
    """Gives its answers statement by statement, as a chat generator does; held after the first one."""

    def stream(self, question: Question) -> Iterator[Answer]:
        """Yield ever more complete answers."""
        whole = self._water(question)
        for count in range(1, len(whole.statements) + 1):
            yield replace(whole, statements=whole.statements[:count], mode="chat")
            self.released.wait(60)
