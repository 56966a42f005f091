"""What a question claims: what it puts for agreement, states flatly, or takes for granted while it asks something else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import rjieba

from index.plan import Plan
from qa.values import values
from qa.wording import content_terms, is_english

YES_NO = re.compile(
    r"吗|吧\b|吧[?。]?$|对不对|对吧|是不是|是否|有没有|会不会|能不能|能否|可不可以|算不算|要不要|没记错|属实|真的|(?:记得|听说|据说)|就不能|(?<=[事的])不[?]?$|(?<![什怎那这多])么[?]?$|^(?:is|are|does|do|did|will|has|have|can)\b|right\?|isn't it|correct\?",
    re.I,
)
_CHECK = r"(?:请[^,。?]{0,3}?|麻烦|帮忙|帮我|请帮忙|能否)?(?:核实|确认|核对|查证|指正|更正)(?:一下|下)?(?:序号|数字|数据|日期)?|(?:这(?:个|种)?)?(?:说法|表述|讲法)?(?:对么|有误吗|有没有错|没问题吧|正确吗|成立吗|属实不(?:属实)?|是否(?:属实|正确|准确|有误))"
_RIGHT = r"(?:我|这[^,。?]{1,4}我)?(?:应?该)?没(?:理解|[记说写背听看念点算弄搞引抄数])(?:错|漏|岔|反|混|偏)(?:了)?(?:吧)?|(?:我)?(?:理解|记|说|写|算|数)得?对了?(?:没有?|吗|么|不)"
_PARTICLE = re.compile(r"[哈嘛呗咯喽]\s*[?。!]?\s*$")
"""What makes a claim of a text that asks nothing, and only colours one that asks."""
_WISH = re.compile(r"(?:[给发说讲列报找查]|(?<![十百千万])来)[^,。?]{0,6}[哈嘛呗咯喽]\s*[?。!]?\s*$")
"""What a particle colours that is a request (电话给一个呗)."""
_TAG = re.compile(
    r"(?:[,,。—]*\s*(?:" + _CHECK + r"|对不对|对吧|对吗|是吧|是吗|没记错吧|是这样[吗不么]|是不是|属实吗|没错吧|" + _RIGHT + r"|[是对]不(?=\s*[?。]?$)|我(?:理解|记|说)得?(?:的)?(?:对|没错)(?:吗|吧)?|right|isn't it|correct|吧|吗)\s*[?。]?\s*)+$", re.I
)
_STRONG_TAG = re.compile(r"(?:" + _CHECK + r")\s*[?。!]?\s*$|对不对|对吧|对吗|是吧|,\s*是不是\s*[?。]*$|没记错|" + _PARTICLE.pattern + r"|是这样[吗不么]|" + _RIGHT + r"\s*[?。]?$|准确吗|这么(?:写|说)的(?:吗|吧)|真的[吗么]?\s*[?。]?$|是真的|真的假的|可信吗|靠谱吗|不就是|不是[^,。?]{2,}吗|引用(?:得)?对吗|没说错|应该没错|是不是这样|属实吗|没错吧|(?:对|没错)(?:吗|吧)|[是对]不\s*[?。]?$|吧\s*[?。]?$|right\s*\??$|isn't it|correct\s*\??$|是吗\s*[?。]?$", re.I)
_HEARSAY = re.compile(
    r"^(?:[我俺咱]们?(?![想要再是来先能])[^,:。?的]{1,6}(?:说|讲|念叨|嚷嚷)(?![的法明一])(?:着|过|了|是)?|(?:我)?(?:听|据|有)[^,:。?]{0,5}?(?:说|讲|传)(?:起|到|过|的是)?|(?:[^,:。?的]{1,4}[上里]|同事|朋友|领导|邻居|网上|报道|材料|稿子)(?:说|讲|写|称)(?!的[^是])(?:着|的是|过|了)?|[^,:。?]{1,8}(?:跟|对|和|同)(?:我|咱)们?(?:说|讲|保证)(?:的是|过|了)?|(?:我)?(?:记得|印象中|印象里)|我(?:的|是这么)?理解(?:的)?(?:是)?(?=[:,])|"
    r"[^,:。?]{0,6}(?:求证|确认|核实|核对|查证)(?:一下|下|一句)?(?=[::])|[^,:。?的]{1,5}(?:都|在)(?:传(?![输送感统])|说|讲)(?![了着过哪什])|(?!对|就|总)[^,:。?的来上地再先说讲]{2,8}(?:说|讲|念叨)(?=[,:])|既然)[,::]?\s*"
)
"""Who says so: no part of what is said."""
_POLITE = re.compile("^(?:请问|请教|麻烦问|想问|问)(?:一下|下|你们?|您)?[,:]?(?=.{6})")
"""How a question begins politely: no part of what it says."""
_GIVEN = re.compile(r"^given that (.+?),", re.I)
OPEN = re.compile(r"什么|哪|多少|(?<![好十])几|谁|怎么|怎样|如何|为何|啥|咋|what|which|how|when|who|why|where", re.I)
_EITHER = re.compile(r"(?!是不是)([\u4e00-\u9fff])(?:不|没|没有)\1|(?:不|没|没有|否)[?]?$|还是|多[大高长远快久少](?!的)")
"""An open question for yes or no (管不管, 有没有), which claims neither."""
STAYS = re.compile("[^,。;?是的]{1,10}还是[^,。;?]{1,8}的[。!]?$")
"""A part that says what is still so (街道还是纸质的): no choice."""
_REQUEST = re.compile(r"^(?:请|麻烦|教(?:教|给)?我|把|忽略|忘掉|念|列|查|找|介绍|[先再]?说|说说|讲讲|谈谈|看看|对比|对照|比较|想(?:问|知道|了解)|我想(?:问|知道|了解)|我(?:要|说|问)的是|不是|不对)|[给帮]我|告诉我|合起来")
_FINITE = re.compile(r"排(?![名序查水放])|叫(?![做什啥])|[了是已将会都没不由被把属占只]|要(?![求点素])|在(?!线)|到(?!位)|有(?!关)|早|必须|强制|可以|允许|一共|总共")
_ALREADY = re.compile(r"[^的已早]{2,12}(?:已经|早已|早就)")
"""How a part begins that says, beside a question, what has been done, whatever qualifies the noun at its end."""
_DUTY = re.compile(r"必须|强制|不得|可以|允许")
_WHY = re.compile(r"(?:(?<![成作称认])为什么|为何|为啥|凭什么|干嘛|干吗|怎么(?=偏|非|到现在|至今|还[没不]|又))(?:偏偏|偏|非得|非)?(?:要|会|就)?")
_RHETORICAL = re.compile(r"^(.*?)不是(.{2,}?)[嘛吗么]$")
"""Who asks whether it is not so says that it is (不是放在金沙滩嘛)."""
_DENIED = re.compile(r"[,](?:(?:而|并)?(?:不是(?:说)?|不[只仅光]是?)[^,。?]+|[和跟与同][^,。?]+(?:不一样|不同|两码事|有别))(?=[。?]?$)|,?而不是?[^,。?]+(?=[。?]?$)")
"""What the end of a claim says that it is not, or not only, or that differs from it (是成绩,不是目标)."""
_NOT_ELSEWHERE = re.compile("而不[^,。?]*")
"""What a question why says not to be so (放在甲区而不放在乙区)."""
_LEFT_OPEN = re.compile("(?<![也都就还])(?:是|叫|叫做|称为)$")
"""How a part ends whose rest is asked for (给的时间点是?)."""
_NOT_ONLY = re.compile(r"(?:^|(?<=[,;。]))(?:并?不[只仅光单]是?|不止)(?!在于)[^,;。?\d一二三四五六七八九十百千万亿第]+(?:,|(?=[。?]?$))")
"""A part that says what is not all of it, and has no value."""
_CIRCUMSTANCE = re.compile(r"(?<![主首重])要是|如果|假如|万一|倘若|^(?:还|也|就)?想(?!必|来)|^(?:为了?(?!的是)|除了?|关于|对于?|随着|针对|按照?|根据|到|自(?=从|\d|今|去)|从)|[我咱俺](?!们?(?:全?[市省区县国]|城))")
"""How a part begins that tells when, what for or against what; who speaks of himself tells of his case, not of the plan."""
_JUDGING = 16
"""Characters of a part that points back and only judges (这话我可以写进汇报里吗), at most."""
_WHETHER = re.compile("(?:是不是|能不能|会不会|要不要|有没有|可不可以)(?![^,。?]{0,3}(?:真|属实|错|对|准确|误|漏|问题|毛病|根据|依据))(?=.{4})")
"""What asks for a yes or a no of its own, with what follows it."""
_POINTS_BACK = re.compile(r"这(?:样|么|话|句|数|个|种|儿|里)|此|(?:行不行|可以么|有这(?:项|句|回事|话)|没(?:理解|[记说写背听看念点算弄搞引抄数])?(?:错|漏|岔|反|混|偏|毛病)|理解)")
"""Words of a part that speaks of what was said before it."""


@dataclass(frozen=True)
class Claim:
    """What a question claims.

    Attributes:
        text: the claim without who says so and without its tag; the whole question where it claims nothing.
        yes_no: a yes or a no is wanted.
        asserted: put for agreement (对吧), or stated flatly.
        supposed: what is taken for granted by a question that asks something else; empty where nothing is.
    """

    text: str
    yes_no: bool = False
    asserted: bool = False
    supposed: str = ""


def claim_of(plan: Plan, text: str) -> Claim:
    """Return what `text` (normalised) claims; words are the plan's where its source has them."""
    text = _POLITE.sub("", text) or text
    said = _HEARSAY.sub("", text, count=1) or text
    tag = _tag(plan, said)
    body = said[: len(said) - len(tag)] if tag else _TAG.sub("", said)
    coloured = _PARTICLE.search(said) and (OPEN.search(said) or _EITHER.search(said) or _WISH.search(said))
    tagged = bool(tag or (_STRONG_TAG.search(said) and not coloured))
    yes_no = bool(tagged or said != text or YES_NO.search(text))
    if is_english(text):
        given = _GIVEN.match(body)
        return Claim(body.strip(" ,,。?"), yes_no, tagged, given[1] if given else "")
    body = _DENIED.sub("", body)
    body = _NOT_ONLY.sub("", body).strip(",") or body
    pieces = [piece.strip(" 。?") for piece in re.split(r"[,;。!?]|——", body)]
    told = [piece for piece in pieces if piece and (_asks(piece) or not _beside(plan, piece))]
    stated = [piece for piece in told if _states(piece)]
    asks = [piece for piece in told if _asks(piece)]
    if tagged or not asks:
        judged = any(piece not in told and ((YES_NO.search(said) and not _WHETHER.search(piece)) or _POINTS_BACK.search(piece)) for piece in pieces if piece)
        flat = bool(stated) and len(stated) == len(told) and (judged or not YES_NO.search(text.removesuffix("?")))
        asserted = tagged or flat or said != text
        kept = ((",".join(told) if len(told) < len(pieces) else body) or body).strip(" ,,。?")
        told_flatly = not asserted and not yes_no and (any(tag == "v" for _, tag in rjieba.tag(kept)) or any(value.kind == "rank" and kept[value.end : value.end + 1] in ("", ",") for value in values(kept)))
        return Claim(kept, yes_no or flat, asserted, kept if told_flatly else "")
    stated += [piece for piece in told if piece not in stated and not _asks(piece) and _ALREADY.match(piece)]
    stated += [_why_of(told, piece) for piece in told if _WHY.search(piece) and not OPEN.search(_WHY.sub("", piece))]
    stated = [piece for piece in stated if not _CIRCUMSTANCE.search(piece)]
    if not any(OPEN.search(piece) or _EITHER.search(piece) for piece in asks):  # a request: what stands before it
        stated = [piece for piece in stated if _REQUEST.search(asks[0]) and told.index(piece) < told.index(asks[0])]
    stated = [_RHETORICAL.sub(r"\1\2", piece) for piece in stated]
    choices = [one for one, other in pairwise(told) if other.startswith("还是")]  # one of two, and not said to be so
    supposed = ",".join(piece for piece in stated if piece not in choices)
    return Claim(body.strip(" ,,。?"), yes_no, False, supposed)


def _why_of(told: list[str], piece: str) -> str:
    """Return what a part that asks why takes for granted, with what follows it and asks nothing (为什么只给港口,不给道路)."""
    after = told[told.index(piece) + 1 :]
    last = next((place for place, one in enumerate(after) if _asks(one)), len(after))
    return ",".join([_NOT_ELSEWHERE.sub("", _WHY.sub("", piece)), *after[:last]])


def _asks(piece: str) -> bool:
    return bool(OPEN.search(piece) or _LEFT_OPEN.search(piece) or (_EITHER.search(piece) and not STAYS.match(piece)) or _REQUEST.search(piece))


def _states(piece: str) -> bool:
    """True for a part that says something: a verb in a finite form, nothing asked."""
    if _asks(piece):
        return False
    told = piece if "是" in piece else piece.rpartition("的")[2]  # what stands before 的 only qualifies a noun
    acts = _DUTY.search(piece) or any(value.kind == "rank" for value in values(piece)) or any(tag.startswith(("v", "i")) or word in ("有", "都有") for word, tag in rjieba.tag(piece))
    return bool(_FINITE.search(told) and acts)


def _beside(plan: Plan, piece: str) -> bool:
    """True for a part that only judges or tells why one asks: it holds none of the plan's words, or points back to the claim."""
    source = plan.plain.lower()
    of_plan = [term.text for term in content_terms(piece) if len(term.text) > 1 and term.text in source]
    points_back = _POINTS_BACK.search(piece) and len(of_plan) <= 1 and not OPEN.search(piece)
    return bool(points_back) or (not of_plan and not OPEN.search(piece) and not values(piece))


def _tag(plan: Plan, text: str) -> str:
    """Return the end of a text that only asks whether what stands before it is right; empty where there is none.

    That is a last part between commas that asks for a yes or a no and holds none of the plan's words (我这样写行不行).
    """
    before, comma, last = text.rstrip("?。! ").rpartition(",")
    source = plan.plain.lower()
    of_plan = any(len(term.text) > 1 and term.text in source for term in content_terms(last))
    asks = YES_NO.search(last) or re.search("行不行|可以么|[哈嘛呗咯喽]$", last)
    judges = bool(re.search("这样|这么|这话|理解|对[吧吗么不]|错|意思|行不行|行吗|属实|准确|没问题|没记", last)) and len(content_terms(last)) <= 2
    points_back = re.search("这(?:样|么|个?意思|话|句|数)", last)
    judges = judges or bool(points_back and re.search("(?:吗|么|吧|不)$", last) and len(last) <= _JUDGING)
    return text[len(before) :] if comma and asks and judges and (points_back or not of_plan) and not OPEN.search(text) else ""
