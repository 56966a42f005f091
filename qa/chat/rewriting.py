"""What a model makes of a follow-up, and whether it may be used: it adds no word of its own and loses none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answer import Turn
from qa.chat.planted import is_command
from qa.normalise import normalise
from qa.wording import content_terms

_LONGEST = 200
_GLUE = re.compile("[是的了呢吗在有]")
"""Signs that a tagger glues to the word beside them."""


def acceptable(rewritten: str, question: str, history: Sequence[Turn]) -> bool:
    """Return whether `rewritten` says what `question` says, with words that the conversation has.

    So a turn that tries to command the model can at most lead back to what the person asks.

    Args:
        rewritten: what the model wrote.
        question: as typed.
        history: earlier turns, oldest first.
    """
    text = normalise(rewritten)
    if not 2 <= len(text) <= _LONGEST or "\n" in rewritten.strip() or is_command(text):
        return False
    asked = normalise(question).lower()
    known = f"{asked} {normalise(' '.join(turn.content for turn in history if not is_command(turn.content)))}".lower()
    bare = [_GLUE.sub("", term.text) for term in content_terms(text)]
    foreign = [word for word in bare if word not in known]
    numbers = [number for number in re.findall(r"\d+", text) if number not in known]
    lost = [term.text for term in content_terms(asked) if len(term.text) > 1 and term.text not in text.lower()]
    return not foreign and not numbers and not lost


def plain(rewritten: str) -> str:
    """Return a model's rewriting without quotation marks and labels around it."""
    text = re.sub(r"<think>.*?</think>", "", rewritten, flags=re.DOTALL).strip()
    text = re.sub(r"^(?:改写后的?问题|完整问题|问题|追问)[::]\s*", "", text)
    return text.strip().strip('“”"「」<>')
