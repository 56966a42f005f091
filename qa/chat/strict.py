"""What must stand in the cited clauses to the letter: values with their qualifiers, names, negation, done or to be done."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.plan import Plan
from index.sentences import Span, parts
from qa.chat.support import pair_share
from qa.scope import role_sections
from qa.values import HAN_NUMBER, Value, values
from qa.wording import content_terms

_ABOVE = re.compile(r"(?:超过?|突破|逾|不少于|不低于|多于|高于|大于)(?:了|到)?$")
_BELOW = re.compile(r"(?:不足|不到|不超过|低于|少于|小于|近|接近)$")
_ABOUT = re.compile(r"(?:约|大约|大概|左右)$")
_AFTER_ABOVE = re.compile(r"^(?:以上|多|余)")
_AFTER_BELOW = re.compile(r"^(?:以下|以内)")
_AFTER_ABOUT = re.compile(r"^(?:左右|上下)")
_FIELD = re.compile(r"^(?:全球|世界|国际|全国|国内|全省|省内|全市|市内|副省级城市|东北亚|亚洲|北方)")
_SAYS = {"above": "超", "below": "不足/近", "about": "约", "": ""}
_NEGATION = re.compile(
    r"没有|尚未|并未|从未|未(?!来)|不(?!仅|断|但|只|见面|同|动产|少|低于|足|到|超过|锈|良|可或缺)|无(?!感|人|源|线|缝|障碍|锡|处不在|锋)|禁止|严禁|取消|停止|暂停|拒绝|反对|放弃|废除"
)
_DONE = re.compile(r"已经?(?!知)|目前|现有|现已|截至|累计|实现了|建成了|完成了|达到了")
_TO_DO = re.compile(r"将(?!军|来|其|.{0,12}[为给到])|计划(?=[在于到建实推打开])|拟|目标是|预计|力争|争取|有望")


def fault(text: str, stands: str, headings: str) -> str:
    """Return what `text` says that the evidence does not, empty if all stands there.

    Args:
        text: a sentence in the plan's language.
        stands: the sentences of the cited clauses.
        headings: titles above them and the plan's own, where names and years may stand as well.
    """
    return (
        value_fault(text, stands, headings) or _name_fault(text, f"{stands} {headings}") or negation_fault(text, stands)
    )


def value_fault(text: str, stands: str, headings: str) -> str:
    """Return which number, year, percentage or rank of `text` is not in the evidence, or stands there otherwise."""
    known = values(stands)
    around = {(value.kind, value.amount) for value in [*known, *values(headings)]}
    for value in values(text):
        if value.kind == "rank":
            if not _rank_stands(value, stands):
                return f"“{value.text}”不在所引条款中"
            continue
        same = [one for one in known if one.amount == value.amount and one.kind == value.kind]
        if not same and (value.kind, value.amount) not in around and not _stands_alone(value.text, stands):
            return f"“{value.text}”不在所引条款中"
        if (
            same
            and value.kind not in ("year", "ordinal")
            and (said := _qualifier(value, text)) not in (written := {_qualifier(one, stands) for one in same})
        ):
            told = "、".join(sorted(_SAYS[one] for one in written))
            return f"“{_SAYS[said]}{value.text}”的限定词与原文不同(原文:{told})"
    return ""


def _rank_stands(value: Value, stands: str) -> bool:
    """Return whether a sentence holds the rank and, if one is named, the field in which it is held (全国, 副省级城市)."""
    field = _FIELD.match(value.amount)
    rank = value.amount[field.end() :] if field else value.amount
    for sentence in stands.splitlines():
        ranks = {_FIELD.sub("", one.amount) for one in values(sentence) if one.kind == "rank"}
        if rank in ranks and (field is None or field[0] in sentence):
            return True
    return False


def _stands_alone(written: str, stands: str) -> bool:
    return bool(re.search(rf"(?<![\d.{HAN_NUMBER}]){re.escape(written.replace(' ', ''))}", stands))


def _qualifier(value: Value, text: str) -> str:
    before, after = text[max(0, value.start - 4) : value.start], text[value.end : value.end + 2]
    inside = value.text
    if _BELOW.search(before) or _AFTER_BELOW.search(after):
        return "below"
    if _ABOVE.search(before) or _AFTER_ABOVE.search(after) or re.search(r"\d[多余]", inside):
        return "above"
    return "about" if _ABOUT.search(before) or _AFTER_ABOUT.search(after) else ""


def _name_fault(text: str, stands: str) -> str:
    low = stands.lower()
    for term in content_terms(text):
        if term.entity and term.text not in low and term.text.rstrip("市省区县") not in low:
            return f"名称“{term.text}”不在所引条款中"
    return ""


def negation_fault(text: str, stands: str) -> str:
    """Return a negation that only one of the two has: each part of `text` is compared with the part most like it."""
    theirs = [piece.of(line) for line in stands.splitlines() for piece in parts(line, Span(0, len(line)))]
    for piece in parts(text, Span(0, len(text))):
        own = piece.of(text)
        if len(own) < 4 or not theirs:
            continue
        nearest = max(theirs, key=lambda other: pair_share(own, other) or 0.0)
        said, written = _NEGATION.search(own), _NEGATION.search(nearest)
        if said and said[0] not in nearest and not written:
            return f"原文没有“{said[0]}”这一否定"
        if written and not said and (pair_share(own, nearest) or 0.0) > 0.5 and written[0] not in own:
            return f"原文有“{written[0]}”,句中没有"
    return ""


def time_fault(text: str, stands: str, plan: Plan, sections: Sequence[str]) -> str:
    """Return whether `text` tells a goal as done, or what is done as a goal.

    Args:
        text: a sentence.
        stands: the sentences of the cited clauses.
        plan: whose outline says which sections tell what is, and which what shall be.
        sections: ids of the cited clauses.
    """
    roles = {
        role: {s.id for top in role_sections(plan, role) for s in plan.under(top.id)}
        for role in ("now", "goal", "task")
    }
    later = all(section in roles["goal"] | roles["task"] for section in sections)
    now = all(section in roles["now"] for section in sections)
    done, to_do = _DONE.search(text), _TO_DO.search(text)
    if later and done and done[0] not in stands:
        return f"所引条款写的是目标或任务,句中却说“{done[0]}”"
    if now and to_do and to_do[0] not in stands:
        return f"所引条款写的是现状,句中却说“{to_do[0]}”"
    return ""
