"""Better prose by a chat model, every sentence proved; what goes wrong leaves the extractive answer.

Longer than other modules: it is the whole course of one answer, read from top to bottom.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Any

from index.embedder import Embedder
from index.errors import PlanError
from index.store import PlanIndex
from qa.answer import Answer, Question, Rejection, Statement
from qa.chat.cache import AnswerCache, key_of
from qa.chat.drafting import Drafted, DraftReader, from_structured
from qa.chat.faults import ChatFault, FaultKind
from qa.chat.model import ChatModel, LangChainModel, Message
from qa.chat.prompt import (
    NO_ANSWER,
    REWRITING,
    Given,
    chosen_clauses,
    entailment_message,
    prefix,
    question_message,
    repair_message,
    rewriting_message,
)
from qa.chat.proof import Proof, Prover
from qa.chat.rewriting import acceptable, plain
from qa.chat.support import SupportScorer
from qa.check import citation_fault
from qa.frames import Frames
from qa.normalise import normalise
from qa.settings import Settings
from qa.values import Wants, asked_for, asked_unit, holds
from qa.wording import is_english

OUTLINE_KINDS = frozenset({"lookup", "children", "titles", "occurrences"})
"""Kinds of questions that the outline answers exactly; a model would only make them worse."""
_OUTLINE_SHARE = 3
"""The outline takes at most one part in so many of the context budget."""


def is_wanted(settings: Settings) -> bool:
    """Return whether a chat model writes the answers.

    Raises:
        PlanError: it is asked for and not set.
    """
    is_set = bool(settings.chat_model and (settings.chat_base_url or settings.chat_provider != "openai"))
    if settings.mode == "chat" and not is_set:
        raise PlanError(
            expected="an address and a model for --mode chat",
            got=f"base address {settings.chat_base_url or 'none'}, model {settings.chat_model or 'none'}",
            next_step="set PLANQA_CHAT_BASE_URL and PLANQA_CHAT_MODEL, then run python -m qa --check-model",
        )
    return is_set and settings.mode != "extractive"


@dataclass
class _Work:
    """What happened while one answer was written; grows as it goes."""

    question: Question
    extractive: Answer
    english: bool
    asked: str
    began: float
    deadline: float
    given: list[Given] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    proofs: list[Proof] = field(default_factory=list)
    dropped: list[Proof] = field(default_factory=list)
    written: int = 0
    repaired: int = 0
    characters_in: int = 0
    characters_out: int = 0
    rewritten: str = ""
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def proved(self) -> list[Proof]:
        return [proof for proof in self.proofs if proof.statement is not None]

    def details(self) -> dict[str, Any]:
        """Return the counts for the answer line."""
        counts = {
            "written": self.written,
            "proved": len(self.proved),
            "repaired": self.repaired,
            "dropped": len(self.dropped),
            "added_citations": sum(proof.added for proof in self.proved),
            "characters_in": self.characters_in,
            "characters_out": self.characters_out,
            "seconds": round(time.monotonic() - self.began, 3),
        }
        rewritten = {"rewritten": self.rewritten} if self.rewritten else {}
        return {**self.extractive.details, **counts, **rewritten, **self.notes}


class ChatGenerator:
    """Rewrites extractive answers with a chat model. One object serves many threads."""

    def __init__(
        self,
        settings: Settings,
        index: PlanIndex,
        embedder: Embedder,
        *,
        offline: Callable[[Question], Answer] | None = None,
        lock: threading.Lock | None = None,
        model: ChatModel | None = None,
    ) -> None:
        """Set it up; the model is not spoken to before the first question.

        Args:
            settings: address, model and limits.
            index: where the clauses are.
            embedder: the index's own.
            offline: answers a question without a model, for follow-ups that the model has made whole.
            lock: held while the embedder works, where others use it too.
            model: stands in for the one of the settings.
        """
        self.settings, self.index = settings, index
        self.model = model or LangChainModel(settings)
        self.prover = Prover(SupportScorer(index, embedder, lock), index.plans)
        self._offline = offline
        self._cache = AnswerCache()
        self._prefix = prefix(index.plans, settings.chat_context_budget // _OUTLINE_SHARE)

    def stream(self, extractive: Answer, question: Question, resolved_text: str) -> Iterator[Answer]:
        """Yield ever more complete answers; the last one is final.

        Args:
            extractive: what the offline reader answers; shown again where the model cannot be used.
            question: as asked.
            resolved_text: the question made whole offline.
        """
        if extractive.details.get("kind") in OUTLINE_KINDS or (
            extractive.abstained and not self._may_rewrite(question)
        ):
            yield extractive
            return
        key = key_of(self.index.plans, question, resolved_text, self.settings)
        if self.settings.chat_cache and (kept := self._cache.get(key)):
            yield replace(
                kept, question=question, elapsed_ms=extractive.elapsed_ms, details={**kept.details, "cached": True}
            )
            return
        began = time.monotonic()
        work = _Work(
            question, extractive, is_english(resolved_text), resolved_text, began, began + self.settings.chat_timeout
        )
        try:
            yield from self._written(work, key)
        except ChatFault as fault:
            work.notes |= {"fault": fault.fault.kind.value, "fault_detail": fault.fault.detail}
            yield self._quoted(work, fault.fault.line(work.english))

    # --- the course of an answer ----------------------------------------------------------------------------------

    def _written(self, work: _Work, key: str) -> Iterator[Answer]:
        self._rewrite(work)
        if work.extractive.abstained or work.extractive.details.get("kind") in OUTLINE_KINDS:
            yield self._timed(work, work.extractive)
            return
        self._set_out(work)
        refused = False
        for partial in self._drafts(work):
            refused = partial
            if not partial and work.proved:
                yield self._answer(work)
        if refused:
            final = self._refused(work)
        else:
            self._repair(work)
            self._entail(work)
            final = self._gated(work)
        if self.settings.chat_cache:
            self._cache.put(key, final)
        yield final

    def _set_out(self, work: _Work) -> None:
        cited = [section for statement in work.extractive.statements for section in statement.sections]
        budget = self.settings.chat_context_budget - len(self._prefix.text)
        work.given = chosen_clauses(
            work.extractive.retrieved, cited, max(budget, self.settings.chat_context_budget // 2)
        )
        work.messages = [self._prefix, question_message(work.asked, work.given)]

    def _drafts(self, work: _Work) -> Iterator[bool]:
        """Check each sentence as it completes; yields False after each, True where the whole answer is a refusal."""
        reader = DraftReader(self.settings.chat_answer_limit)
        if self.settings.chat_structured:
            drafted = from_structured("".join(self._said(work, work.messages, structured=True)))
            if not drafted:
                raise ChatFault(FaultKind.EMPTY)
            for one in drafted:
                self._check(work, one)
            yield False
            return
        with closing(self._said(work, work.messages)) as pieces:
            for piece in pieces:
                for one in reader.feed(piece):
                    if NO_ANSWER not in one.text:
                        self._check(work, one)
                        yield False
        for one in reader.finish():
            if NO_ANSWER not in one.text:
                self._check(work, one)
        yield reader.refused and not work.proved

    def _said(
        self, work: _Work, messages: Sequence[Message], structured: bool = False, deadline: float | None = None
    ) -> Generator[str, None, None]:
        work.characters_in += sum(len(message.text) for message in messages)
        for piece in self.model.stream(messages, deadline or work.deadline, structured):
            work.characters_out += len(piece)
            yield piece

    def _check(self, work: _Work, drafted: Drafted) -> None:
        work.written += 1
        proof = self.prover.prove(drafted, work.given)
        told = [one.statement.text for one in work.proved if one.statement]
        if proof.statement is None or proof.statement.text not in told:
            work.proofs.append(proof)

    # --- follow-ups -----------------------------------------------------------------------------------------------

    def _may_rewrite(self, question: Question) -> bool:
        return bool(self.settings.chat_rewrite and self._offline and question.history)

    def _rewrite(self, work: _Work) -> None:
        """Let the model make a follow-up whole; its question passes the offline gate like any other."""
        if not self._may_rewrite(work.question) or self._offline is None:
            return
        messages = [REWRITING, rewriting_message(work.question.text, work.question.history)]
        try:
            text = plain(self._short(work, messages, longest=400, share=1 / 3))
        except ChatFault as fault:  # the offline rewriting stands
            work.notes["rewrite_fault"] = fault.fault.kind.value
            return
        if normalise(text) in (normalise(work.asked), "") or not acceptable(
            text, work.question.text, work.question.history
        ):
            return
        try:
            answer = self._offline(Question(text, (), work.question.id))
        except PlanError:
            return
        if answer.abstained:
            return
        work.extractive = replace(
            answer, question=work.question, elapsed_ms=work.extractive.elapsed_ms + answer.elapsed_ms
        )
        work.asked = work.rewritten = text

    def _short(self, work: _Work, messages: Sequence[Message], longest: int, share: float = 1.0) -> str:
        """Return a short answer, cut off at `longest` characters, in no more than that share of the whole time."""
        said = ""
        deadline = min(work.deadline, time.monotonic() + share * self.settings.chat_timeout)
        with closing(self._said(work, messages, deadline=deadline)) as pieces:
            for piece in pieces:
                said += piece
                if len(said) > longest:
                    break
        return said

    # --- repair ---------------------------------------------------------------------------------------------------

    def _repair(self, work: _Work) -> None:
        """Ask once more for all sentences that failed, each with its reason; what fails again is dropped."""
        failed = [place for place, proof in enumerate(work.proofs) if proof.statement is None]
        if not failed:
            return
        mended = self._mended(work, failed)
        for place in failed:
            proof = mended.get(place)
            if proof is not None and proof.statement is not None:
                work.proofs[place] = proof
                work.repaired += 1
            else:
                work.dropped.append(work.proofs[place])

    def _mended(self, work: _Work, failed: Sequence[int]) -> dict[int, Proof]:
        asked = repair_message([(work.proofs[place].drafted.text, work.proofs[place].reason) for place in failed])
        draft = Message("assistant", "\n".join(_as_written(proof.drafted) for proof in work.proofs))
        reader = DraftReader(self.settings.chat_answer_limit)
        drafted: list[Drafted] = []
        try:
            with closing(self._said(work, [*work.messages, draft, asked])) as pieces:
                for piece in pieces:
                    drafted += reader.feed(piece)
            drafted += reader.finish()
        except ChatFault as fault:  # what is proved already is kept
            work.notes["repair_fault"] = fault.fault.kind.value
        found: dict[int, Proof] = {}
        for order, one in enumerate(drafted):
            place = one.place - 1 if one.place else order
            if 0 <= place < len(failed) and failed[place] not in found and NO_ANSWER not in one.text:
                found[failed[place]] = self.prover.prove(one, work.given)
        return found

    def _entail(self, work: _Work) -> None:
        """Where it is switched on, let the model judge each proved sentence against its quotes."""
        proved = work.proved
        if not self.settings.chat_entailment or not proved:
            return
        pairs = [(p.statement.text, " ".join(c.quote for c in p.statement.citations)) for p in proved if p.statement]
        try:
            said = self._short(work, [self._prefix, entailment_message(pairs)], longest=40 * len(pairs) + 400)
        except ChatFault as fault:
            work.notes["entailment_fault"] = fault.fault.kind.value
            return
        denied = {
            int(number) for number in re.findall(r"^\W*(\d{1,2})[.、::)\s]*(?:不是|否|不成立)", said, re.MULTILINE)
        }
        for number, proof in enumerate(proved, 1):
            if number in denied:
                work.proofs.remove(proof)
                work.dropped.append(replace(proof, statement=None, reason="聊天模型复核认为原文不能推出这句话"))

    # --- the last gate --------------------------------------------------------------------------------------------

    def _gated(self, work: _Work) -> Answer:
        """Return the final answer: the model's, where it is proved and answers; the extractive one otherwise."""
        retrieved = {one.clause.id for one in work.extractive.retrieved}
        for proof in work.proved:
            citations = proof.statement.citations if proof.statement else ()
            fault = next((f for one in citations if (f := citation_fault(one, self.index.plans, retrieved))), "")
            if fault:
                work.proofs.remove(proof)
                work.dropped.append(replace(proof, statement=None, reason=fault))
        if not work.proved:
            line = "(聊天模型写的句子都未能核实,以上直接引自规划原文。)"
            english = "(No sentence of the chat model could be verified. Quoted from the plan.)"
            return self._quoted(work, english if work.english else line)
        if not self._holds_what_is_asked(work):
            line = "(聊天模型的回答没有给出所问的内容,以上直接引自规划原文。)"
            english = "(The chat model's answer lacks what was asked. Quoted from the plan.)"
            return self._quoted(work, english if work.english else line)
        return self._answer(work)

    def _holds_what_is_asked(self, work: _Work) -> bool:
        """Return whether a number, date, rank or name that was asked for stands in the text, where the plan's words hold one."""
        wants = asked_for(work.asked)
        if wants is Wants.ANYTHING or work.english:
            return True
        unit = asked_unit(work.asked)
        quoted = " ".join(statement.text for statement in work.extractive.statements)
        text = " ".join(proof.statement.text for proof in work.proved if proof.statement)
        return holds(wants, quoted, unit) is None or holds(wants, text, unit) is not None

    def _answer(self, work: _Work) -> Answer:
        extractive = work.extractive
        cited = [place for place, statement in enumerate(extractive.statements) if statement.citations]
        before = extractive.statements[: cited[0]] if cited and extractive.status == "corrected" else ()
        after = [one for one in extractive.statements[cited[-1] + 1 :] if one.text.startswith("(")] if cited else []
        told = [proof.statement for proof in work.proved if proof.statement]
        short = extractive.short_answer
        return self._timed(
            work,
            replace(
                extractive,
                statements=(*before, *told, *after),
                mode="chat",
                short_answer=short if any(short in statement.text for statement in told) else "",
                rejected=self._rejections(work),
                details=work.details(),
            ),
        )

    def _quoted(self, work: _Work, line: str) -> Answer:
        """Return the extractive answer with a line that says why it is shown."""
        extractive = work.extractive
        statements = extractive.statements if extractive.abstained else (*extractive.statements, Statement(line))
        rejected = (*extractive.rejected, *self._rejections(work))
        return self._timed(work, replace(extractive, statements=statements, rejected=rejected, details=work.details()))

    def _refused(self, work: _Work) -> Answer:
        """Return what a model's refusal means: a refusal, or the extractive answer, as the settings say."""
        work.notes["model_refused"] = True
        if self.settings.chat_refusal == "quote":
            line = "(聊天模型认为所给条款没有直接回答,以上直接引自规划原文。)"
            english = "(The chat model found no direct answer in these clauses. Quoted from the plan.)"
            return self._quoted(work, english if work.english else line)
        extractive = work.extractive
        near = list(dict.fromkeys(section for statement in extractive.statements for section in statement.sections))[:3]
        sections = [s for one in extractive.retrieved if (s := one.plan.section(one.clause.id)) and s.id in near][:3]
        frames = Frames(work.english)
        lines = [Statement(frames.refusal(Wants.ANYTHING, []))]
        if sections:
            lines.append(Statement(frames.nearest(sections)))
        refused = replace(
            extractive, statements=tuple(lines), status="refused", mode="chat", short_answer="",
            nearest=tuple(section.id for section in sections), rejected=self._rejections(work), details=work.details(),
        )  # fmt: skip
        return self._timed(work, refused)

    def _rejections(self, work: _Work) -> tuple[Rejection, ...]:
        return tuple(
            Rejection(Statement(_as_written(proof.drafted)), f"未能核实:{proof.reason}") for proof in work.dropped
        )

    def _timed(self, work: _Work, answer: Answer) -> Answer:
        spent = (time.monotonic() - work.began) * 1000
        return replace(answer, elapsed_ms=work.extractive.elapsed_ms + spent)


def _as_written(drafted: Drafted) -> str:
    return drafted.text + "".join(f"[{mark}]" for mark in drafted.marks)
