"""How a claim can say the contrary of a clause in few words: only, not, first and then, must and may, done and planned."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from qa.wording import content_terms

ENUMERATION = re.compile(r"[^,,。;；?？、]{2,12}(?:、[^,,。;；?？、]{2,12})+(?:和|与|以及|及|(?:再|外)?加上?)[^,,。;；?？、的]{2,12}|[^,,。;；?？、]{2,12}(?:、[^,,。;；?？、]{2,12}){1,}")
"""A list in a sentence."""
_NEGATION = re.compile(r"(?:还|尚|都|并)?(?:没有?|未|不(?!仅|断|但|只|同|想|愿|是吗|对|会不|限)|无(?![人线障缝感源偿纸形限界证]))|只[^能是]|仅|(?<![刚人])才")
_ONE_OR_OTHER = re.compile(r"([\u4e00-\u9fff]{2,8})或者?([\u4e00-\u9fff]{2,8})")
"""One thing or another: neither alone."""
_OPEN_VERB = re.compile(r"([\u4e00-\u9fff])[不没]\1")
"""A verb that leaves open whether (招不招)."""
_FIRST_THEN = re.compile(r"先([^,。;先后再]{1,8}?)[,]?[后再]([^,。;先后再]{1,8})")
_BEFORE = re.compile(r"([\u4e00-\u9fff]{2,6})(?<![之以目当])前(?!期|列|沿|后|瞻|三|提|景|端|[\d一二三四五六七八九十])([\u4e00-\u9fff]{4,16})")
_SPAN = r"([\d一二两三四五六七八九十半]+个?(?:年|月|周|星期|天|日|小时|分钟))"
_AFTER_SPAN = re.compile(rf"{_SPAN}(?:之后|以后|后)")
_BEFORE_SPAN = re.compile(rf"前{_SPAN}")
_CHAIN = re.compile(r"[\u4e00-\u9fff]{2,6}(?:[—→]+[\u4e00-\u9fff]{2,6}){2,}")
_LATER = re.compile(r"(?:以后|之后|完了?|完工|[后]|[等到][^,。]{1,4}了[^,。]{0,2})再")
_AT_ONCE = re.compile(r"同步|同时|一并")
_FREE = re.compile(r"自主|自愿|鼓励|引导|可以|可(?=选|由)")
_FORBIDDEN = re.compile(r"严禁|禁止|不得|不准|不允许")
_MUST = re.compile(r"必须|一定(?:要|得)|非得|强制|\bmust\b|have to", re.I)
_MAY = re.compile(r"可以|允许|准许|能够|随便|\ballowed\b|\bpermitted\b|\bmay\b", re.I)
_EVERY = re.compile(r"一律|没有例外|无一例外|全都|任何|全部")
_EXCEPT = re.compile(r"除(?!了)[^,,。;；]{2,16}外")
_LEFT_OUT = re.compile(r"除(?!了)([^,，。;；]{2,24}?)等?[^,，。;；、]{0,8}(?:之?外|以外)")
_LEAVES_OUT = re.compile(r"(?<![有包含给管算写提])(?:不|没有?|未)(?:给|包括|包含|含|管|涉及|覆盖|针对|面向|推广到?|适用于?|算|提到?|写|说)([^,，。?？]{2,10})|(?:里头?|里面|当中|其中)(?:压根|根本|都|就)?(?:没有?|不含|不带)([^,，。?？吧吗]{2,10})")
_OPTIONAL = re.compile(r"看着办|自行决定|自己(?:决定|定|说了算)|可有可无|自愿|不强制|可做可不做|做不做都行|随意|凭自觉")
_OBLIGED = re.compile(r"必须|应当?(?!用|急|对)|须|要(?=[\u4e00-\u9fff]{2,6}[,，。])|务必|不得")
_DONE = re.compile(r"已经?(?:全面)?(?:建成|投用|完成|实现|启用|开通|通车|上线|竣工|投产)|(?:全面)?(?:建成|投用|投入使用|竣工|完工)|(?:建|修|弄|办|搭|铺)(?:好|完)了?|用上了?|建成启用|上线运行|获批|获评|拿下|评上|当选")
_AWARDED = re.compile("获批|获评|拿下|评上|当选")
"""What has been awarded is told in one part of a long sentence; the others may plan."""
_ALREADY = re.compile(r"已经|早已|[就即]?已取得|早就|(?:现在|眼下|如今|目前)已|\balready\b", re.I)
_BY_YEAR = re.compile(r"(?:到|力争)(?:19|20)\d{2}年(?!底?(?:以来|起))")
_NOT_YET = re.compile(r"(?:还|仍|正)在(?:选址|建设|筹备|规划|研究|观望|施工|调试|安装)|(?:还|尚)?(?:没|未)(?:有)?(?:动工|开工|建成|启用|上线|开通|完成|开始|批下来|获批|评上|入选|拿到)|观望|(?:在|停留在|处于)(?:申报|筹备|论证|选址|招标)")
_PLANNED = re.compile(r"开工建设|新建|扩建|启动|探索|加快|推动|推进|打造|争创|争取|争设|力争|规划|计划|将|开展|支持|鼓励")
_MOVED = re.compile(r"(?:从|由|把|将|推动|引导)([^,,。;；]{2,20}?)(?:向|往|到|回|至|给)([^,,。;；]{2,20})")
"""What goes where."""
_ONTO = re.compile(r"(?:往|向|到|回)([^,,。;；]{2,14}?)(?:[上里去])?(?:挪|迁|搬|转|移|退)")
"""Where something is moved to (往2G上挪)."""
_NOT_SAID = re.compile(r"(?:并?不是|没有?|并非|不算|尚未|还没)(?:说|讲)?[^,,。]{0,3}(?:已经?)?(?:全面)?(?:建成|完成|实现|启用|开通|上线)")
"""What a claim says not to have been done."""
_FOR_WHICH = re.compile("((?:为了?|因为?|由于|靠)[^,。;]{1,30})才")
"""What something is done for, and nothing that it only is (为了…才编的)."""
_NO_LONGER = re.compile("不再([\u4e00-\u9fff]{2})([\u4e00-\u9fff]{2,12})")
"""What is done no longer."""
_NOT_DONE = re.compile("不(新建|新增|扩建|扩大|增设|新设|设立|开设|收取|征收|加收|拆除|举办|受理|开放|安排)([\u4e00-\u9fff]{2,12})")
"""What is not done, and to what (不新建民用运输机场)."""
_OPPOSITES = (("北方", "南方"), ("东部", "西部"), ("国内", "国外"), ("线上", "线下"), ("开放", "封闭"))
"""Words of which a thing is one or the other."""
_MARK = re.compile(r"[A-Za-z0-9]+")
"""Letters and numbers, which the tagger cuts apart."""
_RISING = re.compile(r"增强|增多|增加|提高|提升|上升|加剧|扩大|加快|加强|上涨|变多|变强|放开")
_FALLING = re.compile(r"减弱|减少|降低|下降|缓解|缩小|放缓|放慢|削弱|收缩|收紧|下跌|变少|变弱|取消|停止|暂停")


@dataclass(frozen=True)
class Difference:
    """A point on which a claim and a clause differ.

    Attributes:
        claimed: as the question says it.
        stated: as the clause says it; empty where the clause does not have it.
    """

    claimed: str
    stated: str


def exclusive(claim: str, text: str) -> list[Difference]:
    """Return an only of the claim where the text speaks of all, or names the thing as one of several."""
    only = re.search(r"只(?!能|要|有|是)[^,。?]{0,4}|仅仅?|[到为](?:了?头了?|止)(?=$|[,。?]|就)|就到头|打住|止步|就(?:只)?(?:通|到|覆盖)[^,。?]{0,8}(?:这一级|而已|嘛)", claim)
    if not only:
        return []
    if stated := re.search(r"全市|全域|全覆盖|覆盖全|城乡|各级|全面|全部|所有", text):
        return [Difference(only[0], stated[0])]
    for match in _ONE_OR_OTHER.finditer(text):
        one, other = (side[-3:] if side is match[1] else side[:3] for side in match.groups())
        if (one in claim[only.start() :]) != (other in claim[only.start() :]) or (one in only[0]) != (other in only[0]):
            return [Difference(only[0], match[0])]
    for match in ENUMERATION.finditer(text):
        members = [member for member in re.split(r"[、和及]", match[0]) if len(member) >= 2]
        if any(member in claim for member in members) and not all(member in claim for member in members):
            return [Difference(only[0], match[0])]
    return []


def opposite(claim: str, text: str) -> list[Difference]:
    """Return a word of the claim in whose place the text has its opposite (南方 beside 北方)."""
    pairs = [*_OPPOSITES, *((other, one) for one, other in _OPPOSITES)]
    return next(([Difference(one, other)] for one, other in pairs if one in claim and other in text and one not in text and other not in claim), [])


def discontinued(claim: str, text: str) -> list[Difference]:
    """Return what the claim goes on with (面积再扩) or does, and the text says to be done no longer (不再扩大面积) or not at all."""
    for match in _NO_LONGER.finditer(text):
        going_on = re.search(rf"(?:再|继续|接着|还[要会得]|仍[要会])[^,。?不没]{{0,6}}{match[1][0]}", claim)
        things = [term.text for term in content_terms(match[2]) if len(term.text) > 1]
        if going_on and not _affirmed(match[1], text) and 2 * sum(thing in claim for thing in things) > len(things) and not _NEGATION.search(claim):
            return [Difference(going_on[0], match[0])]
    for match in _NOT_DONE.finditer(text):
        done = claim.find(match[1])
        things = [term.text for term in content_terms(match[2]) if len(term.text) > 1]
        if done >= 0 and not _affirmed(match[1], text) and not _NEGATION.search(claim) and any(thing in claim[done : done + 12] for thing in things):
            return [Difference(match[1], match[0])]
    return []


def _affirmed(verb: str, text: str) -> bool:
    """True where a text has a verb without 不 or 不再 before it."""
    return re.search(rf"(?<!不)(?<!不再){verb}", text) is not None


def aspect(claim: str, text: str, whole: str) -> list[Difference]:
    """Return a word of completion in the claim where the text only plans, or of planning where it has been done; `whole` are the sentences that the text is cut from."""
    done, planned = _DONE.search(_NOT_SAID.sub("", claim)), _NOT_YET.search(claim)
    if (already := _ALREADY.search(claim)) and (by := _BY_YEAR.search(text)):
        return [Difference(already[0], by[0])]
    if done and not _DONE.search(whole if _AWARDED.search(done[0]) else text) and (stated := _PLANNED.search(text)):
        return [Difference(done[0], stated[0])]
    if planned and (stated := _DONE.search(text)):
        return [Difference(planned[0], stated[0])]
    return []


def direction(claim: str, text: str) -> list[Difference]:
    """Return a word of rising in the claim where the text speaks of falling, or a move that goes the other way (从A到B beside 从B到A)."""
    if (said := _MOVED.search(claim)) and (stated := _MOVED.search(text)):
        from_here, to_here, from_there, to_there = (_marks(side) for match in (said, stated) for side in match.groups())
        if (from_here - to_here) & (to_there - from_there) and (to_here - from_here) & (from_there - to_there):
            return [Difference(said[0], stated[0])]
    if (onto := _ONTO.search(claim)) and (stated := _MOVED.search(text)):
        here, from_there, to_there = (_marks(side) for side in (onto[1], *stated.groups()))
        if here & (from_there - to_there) and not here & to_there:
            return [Difference(onto[0], stated[0])]
    for mine, other in ((_RISING, _FALLING), (_FALLING, _RISING)):
        said = mine.search(claim)
        if said and not mine.search(text) and (stated := other.search(text)):
            return [Difference(said[0], stated[0])]
    return []


def _marks(text: str) -> set[str]:
    """Return the content words of a text, and the letters and numbers in it."""
    return {term.text for term in content_terms(text)} | set(_MARK.findall(text))


def order(claim: str, text: str) -> list[Difference]:
    """Return a first-then of the claim that the text has the other way round (先推广后试点 beside 先试点后推广), or at once."""
    mine = _in_time(claim)
    for said, stated in ((_AFTER_SPAN, _BEFORE_SPAN), (_BEFORE_SPAN, _AFTER_SPAN)):
        if (span := said.search(claim)) and (turned := stated.search(text)) and span[1] == turned[1]:
            return [Difference(span[0], turned[0])]
    if (later := _LATER.search(claim)) and (at_once := _AT_ONCE.search(text)) and not _AT_ONCE.search(claim):
        return [Difference(later[0], at_once[0])]
    for first, then in mine:
        for before, after in _in_time(text):
            one, two = set(first) - set(then) - set("把的了"), set(then) - set(first) - set("把的了")
            if one & set(after) and two & set(before) and not one & set(before):
                return [Difference(f"{first}{then}", f"{before}{after}")]
    return []


def _in_time(text: str) -> list[tuple[str, str]]:
    """Return what comes first and what then, for each 先…后…, …前…, of a text."""
    pairs = [(match[1], match[2]) for match in _FIRST_THEN.finditer(text)]
    pairs += [(match[2], match[1]) for match in _BEFORE.finditer(text)]
    return pairs + [pair for match in _CHAIN.finditer(text) for pair in pairwise(re.split("[—→]+", match[0]))]


def modal(word: str) -> bool:
    """True for a word that only says must, may or as one likes."""
    return any(pattern.fullmatch(word) for pattern in (_MUST, _MAY, _FREE, _FORBIDDEN, _OPTIONAL))


def modality(claim: str, text: str) -> list[Difference]:
    """Return a must of the claim where the text leaves it free, a may where it forbids, an all where it has an exception."""
    for mine, other in ((_MUST, _FREE), (_OPTIONAL, _OBLIGED), (_MAY, _FORBIDDEN), (_EVERY, _EXCEPT)):
        said, stated = mine.search(claim), other.search(text)
        if said and stated and not mine.search(text) and not _NEGATION.search(claim[: said.start()][-2:]):
            return [Difference(said[0], stated[0])]
    for stated in _LEFT_OUT.finditer(text):  # what is excepted there, and counted in here
        members = [member for member in re.split("[、和及与]", stated[1]) if len(member) > 1 and member in claim]
        if members and not re.search(r"除|[^对]不(?!是)|没|无", claim):
            return [Difference(members[0], stated[0])]
    return []


def denied(claim: str, text: str) -> list[Difference]:
    """Return what the claim leaves out (不给干散货, 不包括村) and the text names, where the text denies nothing."""
    if _NEGATION.search(text):
        return []
    for match in _LEAVES_OUT.finditer(claim):
        terms = [term.text for term in content_terms(match[1] or match[2])]
        if terms and all(term in text for term in terms):
            return [Difference(match[0], terms[0])]
    return []


def polarity(claim: str, text: str) -> list[Difference]:
    """Return a not of the claim where the text has none; what it says not to have been done is right where the text only plans."""
    claim = _FOR_WHICH.sub(r"\1", claim if _DONE.search(text) else _NOT_SAID.sub("", claim))
    negated, other = _NEGATION.search(_OPEN_VERB.sub(r"\1", claim)), _NEGATION.search(text) or _FORBIDDEN.search(text)
    return [Difference(negated[0], "")] if negated and not other else []
