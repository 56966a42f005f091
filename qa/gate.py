"""Whether the evidence carries an answer at all.

Likeness alone does not tell: a question about a budget is as like the clause on ports as a question about ports. So the
gate asks whether the question's content is covered by the sentence, and reads the kind of thing asked for from it.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import rjieba

from index.numerals import ordinal
from index.plan import Plan
from index.width import half_width
from qa.asked import Asked, Kind, within_title
from qa.claim import OPEN, STAYS, YES_NO
from qa.evidence import Calibration, Evidence, LinearScorer, Query
from qa.premise import sited
from qa.scope import role_sections
from qa.values import COUNTED_NAME, HAN_NUMBER, KIND_NOUNS, PREFERRED, Wants, holds, values
from qa.wording import Term, content_terms, is_asking, is_place, partly_in, place_names

GATE_FEATURES = ("whole", "pieces", "nouns", "least", "absent", "manner", "asserts", "english", "typed", "typed words", "typed part")
"""Cosine of the best sentence; weighted mean of the matches of the question's pieces; mean match of its nouns in the clause,
and the least; the share, by rarity, of its content words that the plan nowhere has, where it asks as the plan speaks (规划, 部署, 安排): who
asks so uses the plan's words; how the question itself sounds (`manner`): the logit, by its vector alone, of being one that a
plan answers rather than advice, an opinion, a personal case or a sum; whether it puts a claim; whether it is in English.
Where it asks for a thing of some kind: that it does; the share of its words that stand beside such a thing; how far, in
cosine, the part that holds it stands below the sentence's best part."""

_OFFICIAL = re.compile(r"规划|部署|安排|规定|举措|措施|任务|方案|目标|\bplan", re.I)
_ALTOGETHER = re.compile(r"一共|总共|总计|合计|全部|总额|总的|总投|in total|altogether")
_EACH = re.compile(r"每(?:人|户|家|个|名|餐|年|月|次|辆|套|位|平方米|亩)|单个|单户|人均|户均|/(?:人|户)")
"""A sum for each is no sum of all."""
_SHARED_OUT = re.compile(r"平摊|均摊|分摊|平均|人均|户均|摊到|每(?:人|户|家|个|名|年|月|次|辆|套|座|区|县|市|村|镇|处)[^,。?]{0,8}(?:多少|几)|一[家户人区个年月](?:多少|几|摊)|(?:per|each) (?:year|month|person|household|district)|on average", re.I)
"""Nor is a sum of all one for each."""
_WILL = re.compile("(?:还|[要得])+再(?:添|加|建|增|设)|(?<![主重需获])[要得](?:再)?(?:冲|提|升|涨)到|(?<![主重需])要(?:再)?(?:建|达|做|有|增|加|添|扩|涨|提|升|实现)|将(?:会)?(?:达|有|建|增)|目标(?:数|值|量|是多少)|计划(?:建|达|增|新)|\\bwill\\b|\\btarget\\b", re.I)
"""What asks for a value that is to be reached: what has been reached does not answer."""
_PER = re.compile(r"每|均|单[个户体]|/(?:人|户)|(?<![统唯一])一[人户家]")
"""What a sum for each has."""
_NUMBERED_NAME = re.compile(r"[“\"「]([两二三四五六七八九]|[2-9])[个大项位张类型]?([\u4e00-\u9fff]{1,8})[”\"」](?:[^。?]{0,4}(?:逐|分别|都|各|具体|包括|指|是|名字|名称|一个个)|(?:是|指|有)?(?:哪|什么|啥))")
"""A name that counts (“六个城市”), whose members are asked for."""
_FIVE_YEARS = re.compile("十[一二三四五六七]五(?!个|条|项|点|年|家|处)")
"""The name of a five-year plan."""
_FIRST_END = 2010
"""The year in which 十一五 ended; each later one ends five years on."""
_MEMBER = re.compile(r"第([一二三四五六七八九十]{1,3}|\d{1,3})(?:个|家|座|项|位|批|所)[^,。?]{0,4}(?:叫|是)(?:什么|啥|哪|谁)")
"""A member of a list that is asked for by its place."""
_WHO_PAYS = re.compile(r"(?:自己|自家|个人|住户|居民|业主|用户|企业|我们?|俺们?|咱们?|另外?|额外|再)(?:要不要|需不需要|要|用|得|该|用不用|需要?|是不是)*(?:另外|自己|再)?(?:出|掏|花|交|付|贴|给)(?:不|没)?(?:出|掏|花|交|付)?(?:多少)?(?:钱|费)|自费|掏腰包|自掏|谁买单|(?:赔|钱|费|损失)[^,。?]{0,2}算谁的|谁来?(?:赔|担责)|(?:钱|费用?)(?:是|由|归|该)[^,。?]{1,10}?(?:掏|出|付|承担)还是|谁来?[掏出付](?:这)?(?:个)?(?:钱|费|$|[啊呀呢?。,])|(?:钱|费用?)(?:由|归|该|是)?谁来?(?:[掏出付花拿]|承担)|收不收(?:钱|费)|要不要(?:钱|收费|花钱|交钱|掏钱|付费)|是不是免费|免不免费|收费[吗么不]|要钱[吗么不]")
"""What asks whether somebody pays for it himself."""
_OF_MONEY = re.compile("费|钱|资金|补贴|补助|出资|投资|财政|(?<![多单一公])元")
"""What speaks of money."""
_FACILITIES = frozenset("小区 社区 医院 学校 小学 中学 高中 幼儿园 大学 学院 水库 街道 广场 大桥 公园 车站 火车站 码头 机场 景区 园区 大厦 商场 公司 村 镇 路".split())
"""What stands somewhere and has a name of its own."""
_STRANGE_BODY = re.compile(r"(?:由|归|是)(?![^,。?]{0,3}[哪什啥谁几])([\u4e00-\u9fff]{2,8}?(?:局|委|厅|公司|集团|协会))(?:来)?(?:牵头|负责|主管|管|承担|承建|主办|运营)")
"""A body that the question itself charges with something."""
_END_OF_PLAN = re.compile("规划期末|规划(?:期)?(?:结束|收官|到期)|期末")
_BY_YEAR = re.compile(r"(?:^|(?<=[。;\s]))(?:力争)?到((?:19|20)\d{2})年")
"""How a lead begins, or the last of its sentences that has a year: what is listed below is for then."""
YEAR_NAMED = 2.0
"""What it counts that a sentence names the year of the question."""
_RARE, _ANCHORED = 3.0, 1.0
"""Rarity from which a word of the question, where the best sentence has it, has to stand in the clause of the
value too, and how far below the best its sentence has to stand for that."""
_CHOICE = re.compile(r"([^,。;?]+),?还是([^,。;?]+)")
"""Two things to choose from."""
_REST = re.compile(r"(?:除|以外|之外|例的)[^?。]{0,16}(?:另外|其余|其他|其它|剩下|剩余|还有)的?(?:那?(?:[几两二三四五六七八九十]|\d+)[个项家种处座]|[^,。?]{0,6}(?:名|哪|叫|是))|[只光仅][点列举提说写]了[^?。]{0,16}(?:另外|其余|剩下|剩余)的?(?:那?(?:[几两二三四五六七八九十]|\d+)[个项家种处座]|[^,。?]{0,3}(?:名|哪|叫|是))|(?:之外|以外)的那?(?:[两二三四五六七八九十几]|\d+)个")
"""What asks for the members of a list beside those that are named."""
_SO_MANY_MORE = re.compile(rf"(?:另外|其余|剩下|剩余|余下)的?那?((?:\d+|[{HAN_NUMBER}]+))[个项家种处座名位]")
"""How many members of a list are asked for beside those that are known."""
_AND_OTHERS = re.compile("(?<![同平对])等(?!级)")
_RUNG = re.compile("哪(?:几|一)?(?:个|条)?(街道|镇|村|路|街)")
"""Below which rung a place is asked for: a district is no street."""
_HOW_MANY_KINDS = re.compile("几(种|类|个|项|样|方面|大)([\u4e00-\u9fff]{2})?")
"""How many of what, where the kinds may be listed and not counted."""
_LISTED_AS = re.compile("[^,。;、]{2,}、[^,。;]*?(?<![同平对])等([\u4e00-\u9fff]{4,})")
"""Members, and what they are called together (机构养老、医养结合等全方位养老服务)."""
_DEFINED = re.compile("定义|含义|解释|原理|代表|什么叫|definition|mean", re.I)
"""What asks for a definition, and not only how a name is used (指什么)."""
_MONTH = re.compile("几月|哪个月|几号|几日")
"""What asks for a month or a day: a year does not answer."""
_GRADED = re.compile("(?<![\\d十百千万])[一二三四](?=级(?!机关))")
"""A grade (二级节点) counts nothing."""
_PAPERS = re.compile("(?:什么|哪些|啥)(?:材料|证件|证明)")
"""What asks for papers to be brought."""
_NOW_DONE = re.compile("(?:目前|现在|眼下|如今|已经?)[^,。?]{0,6}(?:[建铺装接布修弄]|完成)|[建铺装修弄]好的")
"""What asks how many have been made: a number that is planned does not answer."""
_CARRIED_OUT = re.compile(r"(?<![到\d])(?:19|20)\d{2}年[^,。?]{0,6}(?:实际|真正)[^,。?]{0,2}(?:完成|建成|投入|新增)")
"""What asks how much has really been done in a year: what is planned for all of the years does not answer."""
_OF_THE_PLAN = re.compile(r"(?:19|20)\d\d年(?:的?(?:规划|文件|方案)|发布|印发|版)")
"""A year of the document, and not of what is asked."""
_IN_QUOTES = re.compile("“[^”\\d]*”")
_NAME = re.compile("(?<=[“\"「])[^“”\"「」]{2,20}(?=[”\"」])")
"""A name in quotes: a value from a clause without it is of something else."""
_COUNTED_THING = re.compile("(?:多少|几)([家人户位辆艘所座])(?!当)([^,。?;]*)")
"""How many of what, by the measure word of such things (多少家工厂): a number of something else does not answer."""
_FORESEEN = re.compile("预计|将(?:达|增|突破|超|升|降)")
"""What speaks of the future where the clause speaks of what is."""
_ALL_OVER = re.compile("全市|全省|全县|全区")
"""What says that a value is of the whole: it is none of a place in it."""
_CHARGED_WITH = re.compile("(?:牵头|责任|主管|配合)单位[::]")
"""What tells, at the end of a clause, who is charged with it."""
_COMPARED_WITH = re.compile(r"(?:(?<!占)比|较)(?:19|20)\d{2}年|与(?:19|20)\d{2}年相比")
_NAMED_TAGS = ("ns", "nt", "nz", "nrt")
"""What the tagger takes for a name, a person's left out."""
_TIMES = frozenset("月份 年份 日期 时间 日子 年头".split())
"""Nouns that only say that a time is asked for."""
_ASKERS_OWN = re.compile("家住|住在|老家|[我俺咱](?!们?市)(?!们?想?(?:问|知道|了解|看|查))|\\b(?:my|I|I'm|our)\\b")
"""What is said of the asker, where he lives, comes from or what he does: no place that is asked about."""
_RATE = re.compile("([\u4e00-\u9fff]{2})率")
"""A rate, by what it is of (普及率)."""
_DOCUMENT = frozenset("这份 这个 本子 册子 本 该 管 管到 覆盖 适用 执行 实施 规划 文件 方案 计划 纲要 规划期 规划期限 期限 年限 时间 周期 有效期 起止 工作 年份 新出 手头 手上 为止 起头 开始 结束 这本 这版 一本 一版 新 版 本 轮".split())
"""Words that name the plan itself, or its period."""
_EARLIER = re.compile("(?:(?<!目)[上前]一|此前的?|之前的?|以前的?|[老旧]的?那)(?:[那一个]*(?:版|轮|期|份|本|部)|[那一]*(?:个|的)?(?:数字[\u4e00-\u9fff]{2})?(?:发展)?(?:规划|纲要)(?!部门))|(?<![老旧])[老旧]版?规划(?!部门)")
"""What speaks of the plan before this one."""
_LASTS = re.compile("管|有效|期限|为期|适用|执行|实施|止")
"""What is said of how long a plan lasts."""
_ITSELF = re.compile("规划|文件|计划|方案|纲要")
EVEN = 0.5
"""Probability from which an answer is given where something speaks for it: a time told by a sentence with the plan's own years, a claim
that differs, a part beside one that is sure, a follow-up that leans on the clause cited last."""
_TYPED_DEPTH, _TYPED_REACH = 6, 3.0
"""How many of the best sentences, and how far below the best, are searched for a thing of the kind asked for."""


@dataclass(frozen=True)
class Verdict:
    """What the gate found.

    Attributes:
        answerable: True where the evidence carries an answer.
        probability: of being answerable, in [0, 1], after the fitted logistic model; 0 where a rule refuses.
        missing: the kind of thing that was asked for and is not there; ANYTHING where that is not the reason.
        absent: words of the question that the plan nowhere has, for the refusal.
    """

    answerable: bool
    probability: float
    missing: Wants = Wants.ANYTHING
    absent: tuple[str, ...] = ()


def gate_features(
    asked: Asked, query: Query, evidence: list[Evidence], scorer: LinearScorer, manner: npt.NDArray[np.float64]
) -> dict[str, float]:
    """Return the value of each of `GATE_FEATURES` for the best evidence; `manner` are the weights of that one, bias last."""
    best = evidence[0]
    raw = scorer.features(query, np.array([best.row]), ())
    title = best.plan.title  # its words (a city's name) are what every clause is about
    tagged = [word for word, tag in rjieba.tag(query.text) if tag.startswith(("n", "j", "l")) and len(word) > 1]
    nouns = [word for word in tagged if not is_asking(word) and word not in title and not _names_kind(asked, word)]
    matches = scorer.word_match(query, nouns, best.owner) if nouns else {}
    terms = content_terms(asked.focus) if _OFFICIAL.search(asked.text) else []
    absent = {term.text for term in absent_terms(terms, best)}
    return {
        "whole": float(raw["sentence"][0]),
        "pieces": float(raw["pieces"][0]),
        "nouns": float(np.mean(list(matches.values()))) if matches else float(raw["pieces"][0]),
        "least": min(matches.values(), default=float(raw["pieces"][0])),
        "absent": sum(scorer.rarity(word) for word in absent) / (sum(scorer.rarity(term.text) for term in terms) or 1.0),
        "asserts": float(asked.asserts),
        "manner": float(query.encoded.vector @ manner[:-1] + manner[-1]),
        "english": float(asked.english),
        **_typed_features(asked, query, evidence, scorer),
    }


def _typed_features(asked: Asked, query: Query, evidence: list[Evidence], scorer: LinearScorer) -> dict[str, float]:
    names = ("typed", "typed words", "typed part")
    found = typed(asked, query, evidence, scorer) if asks_for_a_kind(asked) else None
    if found is None:
        return dict.fromkeys(names, 0.0)
    best = max(cosine for _, cosine in scorer.parts(query, evidence[0]))
    return dict(zip(names, (1.0, found.words, best - found.cosine), strict=True))


def _names_kind(asked: Asked, word: str) -> bool:
    """True for a noun that only says what kind of thing is asked for (月份, 称号): the plan has the thing, not the word."""
    return (asked.wants in PREFERRED and word in KIND_NOUNS) or (asked.wants is Wants.TIME and word in _TIMES)


def absent_terms(terms: list[Term], evidence: Evidence) -> list[Term]:
    """Return the content words that the plan of `evidence` nowhere has."""
    source = evidence.plan.plain.lower()
    return [term for term in terms if term.text not in source]


def judge(asked: Asked, query: Query, evidence: list[Evidence], scorer: LinearScorer, calibration: Calibration) -> Verdict:
    """Return whether the best evidence carries an answer.

    Args:
        asked: the question as understood.
        query: what was compared.
        evidence: sentences, best first; those that may be quoted stand at the front.
        scorer: gives the raw similarities.
        calibration: fitted weights and threshold.
    """
    terms = content_terms(asked.focus)
    period = bool(evidence) and names_period(asked, evidence[0])
    if evidence and asks_for_earlier(asked, evidence[0].plan) and names_earlier(evidence[0]):
        return Verdict(True, 1.0)
    if period and (about_plan_itself(asked) or claims_period(asked, evidence[0])):
        return Verdict(True, 1.0)
    if not evidence or not terms:
        return Verdict(False, 0.0)
    absent = absent_terms(terms, evidence[0])
    named = tuple(t.text for t in absent if (t.entity or len(t.text) >= 2) and not any(c.isdigit() for c in t.text))[:3]
    found = gate_features(asked, query, evidence, scorer, calibration.manner)
    logit = calibration.gate["bias"] + sum(calibration.gate.get(name, 0.0) * found[name] for name in GATE_FEATURES)
    probability = 1 / (1 + math.exp(-logit))
    spelled, dated = _spelled_out(asked, evidence[0]), dated_above(asked, evidence[0])
    reason = refusal_reason(asked, query, evidence, scorer)
    if reason is not None and not ((spelled or dated) and reason == (asked.wants, ())):  # the kind is there otherwise
        return Verdict(False, 0.0, *reason)
    if ((period or spelled) and probability >= EVEN) or _covers(asked, evidence[0]) or _lists_counted(asked, evidence[0]):
        return Verdict(True, probability)
    if dated and probability >= calibration.threshold:
        return Verdict(True, probability)
    missing = asked.wants if asks_for_a_kind(asked) and probability < calibration.threshold else Wants.ANYTHING
    return Verdict(probability >= calibration.threshold, probability, missing, () if missing.value else named)


def _covers(asked: Asked, evidence: Evidence) -> bool:
    """True where a sentence has every content word of the question, whole or in part, two at least besides the words of the title.

    Where no rule refuses (`refusal_reason`), the plan answers what has such a sentence.
    """
    terms = [term.text for term in content_terms(asked.focus) if term.text not in evidence.plan.title and not _names_kind(asked, term.text)]
    text = evidence.text.lower()
    return len(terms) > 1 and all(term in text or partly_in(term, text) for term in terms)


def _lists_counted(asked: Asked, evidence: Evidence) -> bool:
    """True where the members of what counts them are asked for (六大工程有哪些) and the sentence has it, and as many."""
    for name in COUNTED_NAME.findall(asked.text) if asked.kind is Kind.LIST else ():
        many = re.match(rf"[{HAN_NUMBER}\d]+", name)
        if name in evidence.text and many and evidence.text.count("、") + evidence.text.count("”“") + 1 >= ordinal(many[0]) > 1:
            return True
    return False


def asks_for_earlier(asked: Asked, plan: Plan) -> bool:
    """True where it is asked for the plan before this one, or its years, and for nothing that no document's name has."""
    if not _EARLIER.search(asked.text) or not (asked.wants in (Wants.TIME, Wants.DURATION) or "叫" in asked.text):
        return False
    names = " ".join(re.findall("《([^》]*)》", plan.plain))
    return all(term.text in names or term.text in _DOCUMENT for term in content_terms(_EARLIER.sub("", asked.text)))


def names_earlier(evidence: Evidence) -> re.Match[str] | None:
    """Return where a sentence names a plan of the same title for other years (《…发展规划(2019—2022年)》); None where it does not."""
    title = half_width(evidence.plan.title)
    own, period = re.split("[(\\d]", title)[0], years_in(title)
    named = re.finditer(r"《([^》]*?)\(([^》]*?)\)》", evidence.text)
    return next((match for match in named if own and own in match[1] and years_in(match[2]) and years_in(match[2]) != period), None)


def about_plan_itself(asked: Asked) -> bool:
    """True where a question, or what it claims or takes for granted, names nothing but the plan."""
    text = asked.claim if asked.asserts else asked.supposed or asked.focus
    return all(term.text in _DOCUMENT for term in content_terms(text))


def names_period(asked: Asked, evidence: Evidence) -> bool:
    """True where a time is asked for, or claimed of the plan, and a sentence names the years that the plan is for, as its title has them."""
    period = years_in(evidence.plan.title)
    timed = asked.wants in (Wants.TIME, Wants.DURATION) or claims_period(asked, evidence)
    return timed and len(period) > 1 and period <= years_in(evidence.text)


def dated_above(asked: Asked, evidence: Evidence) -> bool:
    """True where a time is asked for that the clause has nowhere, and the lead above it begins with (到2025年)."""
    return asked.wants is Wants.TIME and not asked.asserts and not _MONTH.search(asked.text) and not holds(Wants.TIME, evidence.clause.plain) and bool(years_of(evidence))


def _spelled_out(asked: Asked, evidence: Evidence) -> bool:
    """True where it is asked what letters mean and the sentence has them in brackets behind the name (平台(UCS))."""
    return asked.wants is Wants.DEFINITION and any(f"({letters})" in evidence.text for letters in re.findall("[A-Za-z0-9]{2,}", asked.text))


def _names_meant(asked: Asked, evidence: Evidence) -> bool:
    """True where it is asked what names in quotes mean, in passing, and the sentence has all of them: how it uses them is told."""
    names = re.findall("[“\"「]([^“”\"「」]{1,20})[”\"」]", asked.text)
    stand = all(re.search(rf"(?<![\d+]){re.escape(name)}(?![\d+])", evidence.text) for name in names)
    return asked.wants is Wants.DEFINITION and bool(names) and stand and not any("+" in name for name in names) and not _DEFINED.search(asked.text)


def claims_period(asked: Asked, evidence: Evidence) -> bool:
    """True for a claim about years (这份规划管到2027年) that names nothing but the plan and what a sentence calls it."""
    if not (asked.yes_no or asked.asserts or asked.supposed) or asked.wants not in (Wants.ANYTHING, Wants.TIME, Wants.DURATION):
        return False
    claim = asked.claim if asked.yes_no or asked.asserts else asked.supposed
    claim = ",".join(piece for piece in re.split("[,;。]", claim) if years_in(piece) and _LASTS.search(piece)) or claim  # what stands beside it claims something else
    terms = content_terms(claim)
    named = bool(terms) or _ITSELF.search(claim) is not None
    return named and bool(years_in(claim)) and all(term.text in _DOCUMENT or term.text in evidence.text for term in terms)


def asks_for_a_kind(asked: Asked) -> bool:
    """True where the question asks for a number, a date, a name or the like."""
    fact = asked.kind is Kind.FACT or asked.wants is Wants.CONTACT
    return asked.wants is not Wants.ANYTHING and asked.wants not in PREFERRED and fact and not asked.asserts


def refusal_reason(
    asked: Asked, query: Query, evidence: list[Evidence], scorer: LinearScorer
) -> tuple[Wants, tuple[str, ...]] | None:
    """Return what the evidence lacks for certain, None if nothing.

    That is a place, a year or a number of the question that the plan does not have, or a thing of the kind asked for.

    Returns:
        The kind that is missing (ANYTHING where words are), and the words.
    """
    absent = absent_terms(content_terms(asked.focus), evidence[0])
    title = evidence[0].plan.title
    places = tuple(term.text for term in absent if term.place and term.text[:-1] not in title and not re.search(f"{re.escape(term.text)}(?:人|籍|语|菜|货|车|客户|客商|亲戚|朋友|同学)", asked.text))
    own = _of_asker(asked.text)
    places = tuple(place for place in places if place not in own)
    if asked.asserts:
        return None
    if strange := _strangers(asked, evidence[0]):
        return Wants.ANYTHING, strange
    if _unnamed_members(asked, evidence[0]) or _beyond_list(asked, evidence[0]):
        return Wants.ANYTHING, ()
    if _PAPERS.search(asked.text) and not re.search("材料|证件|证明|携带", evidence[0].clause.plain):
        return Wants.PROCEDURE, ()
    if _WHO_PAYS.search(asked.text) and not any(_OF_MONEY.search(one.text) for one in evidence[:_TYPED_DEPTH] if one.owner == evidence[0].owner):
        return Wants.MONEY, ()
    sites = sited(asked.text) if places and holds(Wants.PLACE, evidence[0].text) else []
    if places and not asked.english and not set(places) <= set(sites):  # a site that the sentence has otherwise is corrected
        return Wants.ANYTHING, places
    if neither := _neither(asked, evidence[0]):
        return Wants.ANYTHING, neither
    if _more_than_named(asked, evidence[0].text):
        return Wants.ANYTHING, ()
    if _REST.search(asked.text) and not _others_named(asked, evidence[0].text):  # the plan names some, and says 等
        return Wants.ANYTHING, ()
    holder = typed(asked, query, evidence, scorer) if asks_for_a_kind(asked) else None
    if holder is None and asked.wants is Wants.NUMBER and _lists_them(asked, evidence[0]):
        return None
    if missing_value(asked, holder.evidence if holder else evidence[0]) or (asks_for_a_kind(asked) and holder is None and not _names_meant(asked, evidence[0])):
        return asked.wants, ()
    return None


def _of_asker(text: str) -> str:
    """Return the pieces of a question in which the asker tells of himself and asks nothing."""
    pieces = re.split(r"[,;。?!]|\.\s", text)
    return " ".join(piece for piece in pieces if _ASKERS_OWN.search(piece) and not OPEN.search(piece) and not YES_NO.search(piece))


def _strangers(asked: Asked, evidence: Evidence) -> tuple[str, ...]:
    """Return a thing called by its own name (浮山后六小区), or a body charged with something, that the plan nowhere has; empty if there is none."""
    source, title = evidence.plan.plain, evidence.plan.title
    if not asked.yes_no and (charged := _STRANGE_BODY.search(asked.text)) and charged[1][-3:] not in source:
        return (charged[1],)
    words = list(rjieba.tag(asked.text))
    for first, (word, tag) in enumerate(words):
        if tag != "ns" or len(word) < 2 or word in place_names() or word == "中国" or word[-1] in "里中上下边内外" or word in title or (word in source and word[-1] in "区县市省"):
            continue
        for last in range(first + 1, min(first + 4, len(words))):
            between = [tag for _, tag in words[first + 1 : last]]
            name = "".join(one for one, _ in words[first : last + 1])
            if words[last][0] in _FACILITIES and all(tag.startswith(("f", "m", "n", "b")) for tag in between) and name not in source:
                return (name,)
    return ()


def _unnamed_members(asked: Asked, evidence: Evidence) -> bool:
    """True where the members of a name that counts them are asked for (“六个城市”有哪几个) and do not stand beside it."""
    match = _NUMBERED_NAME.search(asked.text)
    name = match[0][1 : match.end(2) - match.start()] if match else ""
    at = evidence.text.find(name) if name else -1
    if at < 0:
        return False
    before, after = evidence.text[:at].rstrip("“「"), evidence.text[at + len(name) :].lstrip("”」")
    listed = re.search(r"[^,,。;]*、[^,,。;]*$", before)  # 电子病历、智慧服务、智慧管理“三位一体”
    told = after.startswith(("即", "包括", "是指", ":", ":", "(", "(", "—")) or bool(listed and not listed[0].rstrip().endswith(("“", "、")))
    return not told


def _lists_them(asked: Asked, evidence: Evidence) -> bool:
    """True where it is asked how many of a kind there are and the sentence lists them: …、…等场景 for 几种场景, or names in quotes for any kind."""
    match = _HOW_MANY_KINDS.search(asked.text)
    if not match:
        return False
    if match[1] in "种类样项" and any(listed[1][:4] in asked.text for listed in _LISTED_AS.finditer(evidence.text)):
        return True
    named = match[2] and re.search(rf"[^,,。;、]{{2,}}、[^,,。;]*{re.escape(match[2])}", evidence.text) is not None
    return bool(named or (match[1] in "种类样" and "”“" in evidence.text))


def _beyond_list(asked: Asked, evidence: Evidence) -> bool:
    """True where a member is asked for by its place (第20个叫什么) and the sentence does not list so many."""
    match = _MEMBER.search(asked.text)
    return match is not None and ordinal(match[1]) > evidence.text.count("、") + evidence.text.count("”“") + 1


def _others_named(asked: Asked, text: str) -> bool:
    """True where a sentence names more members of a list that it leaves open (…、…等) than the question does, or leaves none open."""
    open_lists = [one.split("、") for one in re.findall(r"([^,;。]*、[^,;。]*)(?<![同平对])等(?!级)", text)]
    members: list[str] = next((one for one in open_lists if any(member[-2:] in asked.text for member in one)), [])
    return not _AND_OTHERS.search(text) or any(member[-2:] not in asked.text and not partly_in(member[-4:], asked.text) for member in members)


def _more_than_named(asked: Asked, text: str) -> bool:
    """True where more members of a list are asked for (另外四个领域) than a sentence names of those that it leaves open (农业、制造业等6个领域)."""
    match = _SO_MANY_MORE.search(asked.text)
    lists = [re.findall("“[^”]*”", one) or re.split("、", one) for one in re.findall(r"([^,;。]*?(?:、|”“)[^,;。]*)(?<![同平对])等(?!级)", text)]
    return match is not None and bool(lists) and ordinal(match[1]) > max(map(len, lists))


def _neither(asked: Asked, evidence: Evidence) -> tuple[str, ...]:
    """Return what a question offers to choose from (放在大沽河还是墨水河), where the plan has neither; empty otherwise."""
    match = _CHOICE.search(asked.text)
    if not match or any(map(STAYS.match, re.split("[,;。?!]", asked.text))):
        return ()
    one, other = ([(word.lower(), tag) for word, tag in rjieba.tag(side) if len(word) > 1 and not is_asking(word)] for side in match.groups())
    one = one[-len(other) :] if other else one  # what stands before the first of the two is what is asked about
    source, clause = evidence.plan.plain.lower(), evidence.clause.plain.lower()
    apart = [[word for word in mine if word not in theirs] for mine, theirs in ((one, other), (other, one))]
    lettered = any(tag == "eng" for side in apart for _, tag in side)  # beside letters, the tagger knows few names (WPS还是微软)
    if not all(any(tag.startswith(("n", "eng")) or (lettered and tag == "a") for _, tag in side) and all(tag[0] in "njv" or tag == "eng" or (lettered and tag == "a") for _, tag in side) for side in apart):
        return ()  # 自己建还是一起建 names nothing
    known = any(word in (clause if tag.startswith("ns") else source) for side in apart for word, tag in side if word not in _FACILITIES or word in clause)
    return () if known else tuple(word for side in apart for word, _ in side if word not in source)


def missing_value(asked: Asked, evidence: Evidence) -> bool:
    """True where the question names a year or a number that neither the clause nor the plan's title has.

    A question for yes or no may name a wrong number where the sentence has one of that kind: the claim is compared then.
    """
    text = f"{' '.join(evidence.clause.breadcrumb)} {evidence.clause.plain}"
    known = {(value.kind, value.amount) for value in values(text)}
    if asked.yes_no:
        stated = {value.kind for value in values(evidence.text)}
        claimed = {value.kind for value in values(asked.claim)}
        if claimed and claimed <= stated - {"year"}:
            return False
    if _other_year(asked, evidence) or (_CARRIED_OUT.search(asked.text) and years_in(asked.text) - {amount for kind, amount in known if kind == "year"} - years_of(evidence)):
        return True
    source = evidence.plan.plain
    if any(period not in source and not within_title(evidence.plan.title, str(_FIRST_END + 5 * "一二三四五六七".index(period[1]))) for period in _FIVE_YEARS.findall(asked.text)):
        return True
    digits = re.findall(r"(?<![\d.A-Za-z])\d{2,}(?:\.\d+)?(?![\d.]*[A-Za-z年])", asked.text)
    own = _of_asker(asked.text)
    if any(number not in source and number not in own for number in digits if not within_title(evidence.plan.title, number)):
        return True
    beside = asked.supposed if asked.supposed != asked.claim else ""
    supposed = {(value.kind, value.amount) for value in values(beside)}  # compared with the clause instead
    named = [value for value in values(asked.text) if value.kind in ("year", "percent", "grade") and (value.kind, value.amount) not in supposed]
    if any(value.kind == "grade" and value.amount not in source for value in named):
        return True
    return any(
        value.kind != "grade"
        and (value.kind, value.amount) not in known
        and not (value.kind == "year" and within_title(evidence.plan.title, value.amount))
        for value in named
    )


def _other_year(asked: Asked, evidence: Evidence) -> bool:
    """True where a value of a year is asked for that the clause does not name, while it names another."""
    if not asks_for_a_kind(asked) or asked.wants in (Wants.TIME, Wants.DURATION) or len(asked.facets) > 1:
        return False
    years, around = years_in(asked.text), years_in(" ".join([*evidence.clause.breadcrumb, evidence.clause.plain])) | years_of(evidence)
    return bool(years and around) and not around & years


@dataclass(frozen=True)
class Typed:
    """A part of a sentence that holds a thing of the kind that was asked for.

    Attributes:
        evidence: the sentence.
        words: share of the question's content words that stand in the part, in [0, 1].
        cosine: likeness of the part to the question.
    """

    evidence: Evidence
    words: float
    cosine: float


def _planned(asked: Asked, evidence: Evidence) -> bool:
    """True where the question asks for what is, and the sentence says what shall be by some year."""
    return asked.facets == ("now",) and re.match(r"(?:力争|确保)?到(?:19|20)\d{2}年", evidence.text) is not None


def _within_plan(years: set[str], title: str) -> bool:
    """True for years that the plan is for: what is now is no value of them."""
    period = years_in(title)
    return bool(years) and len(period) > 1 and all(min(period) <= year <= max(period) for year in years)


def years_in(text: str) -> set[str]:
    """Return the years that a text names."""
    return {value.amount for value in values(text) if value.kind == "year"}


def years_asked(text: str, title: str) -> set[str]:
    """Return the years that a question names; the end of the plan is the last year of its title."""
    period = years_in(title)
    return years_in(text) | ({max(period)} if period and _END_OF_PLAN.search(text) else set())


def years_of(one: Evidence) -> set[str]:
    """Return the years that a sentence names, else those named before it in its clause, else the last year with which a sentence of the lead above begins.

    A year that something is compared with (比2023年下降) dates nothing.
    """
    before = max(one.clause.plain.find(one.text), 0)
    if own := years_in(_COMPARED_WITH.sub("", one.text)) or years_in(_COMPARED_WITH.sub("", one.clause.plain[:before])):
        return own
    section = one.plan.section(one.clause.id)
    above = one.plan.section(section.parent) if section and section.parent else None
    leads = _BY_YEAR.findall(above.clause.plain) if above and above.clause else []
    return set(leads[-1:])


def typed(asked: Asked, query: Query, evidence: list[Evidence], scorer: LinearScorer) -> Typed | None:
    """Return the part, of one of the best sentences, that most likely is about the thing of the kind asked for.

    Args:
        asked: what is wanted, in which unit.
        query: the question.
        evidence: sentences, best first.
        scorer: knows how like each part is to the question.

    Returns:
        None where none of the sentences near the best holds anything of that kind.
    """
    years = years_asked(asked.text, evidence[0].plan.title)
    of_year = [one for one in evidence if years & years_of(one)]
    if asked.wants in PREFERRED:  # what the clause is about is told where it stands, and its aim may stand sentences later
        for own in (evidence[:1], [one for one in evidence if one.owner == evidence[0].owner]):
            if found := _typed_parts(asked, query, evidence[0], own, scorer):
                return max(found, key=lambda pair: pair[0])[1]
    charged = [one for one in evidence if one.owner == evidence[0].owner and _CHARGED_WITH.search(one.text)] if asked.wants in (Wants.ORGANISATION, Wants.WHO) else []
    for pool, reach in ((charged, math.inf), (of_year, 2 * _TYPED_REACH), (evidence[:_TYPED_DEPTH], _TYPED_REACH)):
        found = _typed_parts(asked, query, evidence[0], [one for one in pool if evidence[0].score - one.score <= reach], scorer)
        found = [pair for pair in found if pair[1].words] if pool is of_year else found
        if found:
            return max(found, key=lambda pair: pair[0])[1]
    return None


def _names(asked: Asked, text: str, title: str, scorer: LinearScorer) -> list[str]:
    """Return the proper names in a text that tell one thing of a kind from the others: the plan has them seldom, the question not."""
    tagged = [word for word, tag in rjieba.tag(text) if tag.startswith(("ns", "nt", "nr")) and len(word) > 1]
    return [word for word in tagged if word not in asked.text and word not in title and scorer.rarity(word) >= _RARE]


def _called(asked: Asked, text: str) -> bool:
    """True where a text calls something a thing of the kind by a longer name (农商银行 for 哪家银行)."""
    head = asked.head
    words = list(rjieba.tag(text)) if len(head) > 1 else []
    names = [word + after for (word, tag), (after, _) in pairwise(words) if tag.startswith(("n", "j", "b")) and len(word) > 1 and after == head]
    names += [word for word, _ in words if len(word) > len(head) + 1 and word.endswith(head)]
    return any(name not in asked.text for name in names)


def _own_names(text: str, source: str) -> list[tuple[str, set[str]]]:
    """Return the things that a question calls by a name of their own (云岭水库), where the plan has them, each with the others of that kind."""
    found = []
    for (before, _), (head, tag) in pairwise(rjieba.tag(text)):
        named = rjieba.tag(before)[0][1] in _NAMED_TAGS and len(before) == len(head) == 2 and tag.startswith("n")
        if named and before + head in source:
            ends = [match.start() for match in re.finditer(re.escape(head), source)]
            called = {source[end - size : end] for end in ends for size in (2, 3)} - {before}
            found.append((before + head, {one + head for one in called if one and (one[0] == "第" or rjieba.tag(one)[0][1] in _NAMED_TAGS)}))
    return found


def _of_another(name: str, others: set[str], text: str) -> bool:
    """True where a sentence names another thing of that kind, and not the one named."""
    return name not in text and any(other in text for other in others)


def _of_elsewhere(one: Evidence) -> bool:
    """True where a sentence speaks of the whole (全市) or of some place in it."""
    return _ALL_OVER.search(one.text) is not None or any(is_place(word, tag) and word not in one.plan.title for word, tag in rjieba.tag(one.text))


def _typed_parts(
    asked: Asked, query: Query, best: Evidence, pool: list[Evidence], scorer: LinearScorer
) -> list[tuple[float, Typed]]:
    """Return the parts of `pool` that hold a thing of the kind asked for, each with how well it fits.

    What is does not answer what shall be, a sum of all not one for each, nor a value that the question states itself.
    """
    terms = [term.text for term in content_terms(asked.focus)]
    years = years_in(_OF_THE_PLAN.sub("", asked.text))
    known = {value.text for value in values(asked.text) if value.kind != "year"} if asked.wants is Wants.NUMBER and not asked.yes_no and not asked.supposed and "连续" not in asked.text else set()
    tasks = {below.id for top in role_sections(best.plan, "task") for below in best.plan.under(top.id)} if asked.facets == ("now",) and asked.wants is Wants.NUMBER and _NOW_DONE.search(asked.text) else set()
    present = {below.id for top in role_sections(best.plan, "now") for below in best.plan.under(top.id)} if asked.facets in ((), ("goal",), ("task",)) and (_WILL.search(asked.text) or _within_plan(years, best.plan.title)) else set()
    counted = _COUNTED_THING.search(asked.text) if asked.wants is Wants.NUMBER else None
    measure = counted[1] if counted else ""
    thing = next((word for word, tag in rjieba.tag(counted[2]) if tag.startswith("n") and tag != "ns" and not is_asking(word) and word not in best.plan.title), "") if counted else ""
    rates = set(_RATE.findall(asked.text))
    named = [name.lower() for name in _NAME.findall(asked.text) if name in best.plan.plain]
    own_names = _own_names(asked.text, best.plan.plain)
    places = [term.text for term in content_terms(asked.text) if term.place and term.text not in best.plan.title and term.text in best.plan.plain]
    anchors = [] if years or asked.facets else [term for term in terms if len(term) > 1 and term in best.text.lower() and scorer.rarity(term) >= _RARE]
    found: list[tuple[float, Typed]] = []
    for one in pool:
        gap = best.score - one.score
        about = f"{' '.join(one.clause.breadcrumb)} {one.clause.plain}".lower()
        if _planned(asked, one) or one.clause.id in tasks or (one.clause.id in present and not years & years_of(one) and not _FORESEEN.search(one.text)) or (gap > _ANCHORED and not all(anchor in about for anchor in anchors)) or not all(name in about for name in named):
            continue
        if any(_of_another(name, others, one.text) for name, others in own_names) or (places and not any(place in about for place in places) and _of_elsewhere(one)):
            continue
        for span, cosine in scorer.parts(query, one):
            text = span.of(one.plan.plain)
            if asked.wants is Wants.PLACE:  # the plan's own city is where all of it is
                text = "".join("" if word.removesuffix("市") in one.plan.title and is_place(word, tag) else word for word, tag in rjieba.tag(text))
            if (_EACH.search(text) and _ALTOGETHER.search(asked.text)) or (asked.wants in (Wants.NUMBER, Wants.MONEY) and _SHARED_OUT.search(asked.text) and not _PER.search(text)):
                continue
            if asked.wants is Wants.NUMBER:
                text = _IN_QUOTES.sub(" ", text)  # “全市一家医院” counts nothing
            if asked.wants is Wants.NAMED and asked.head and asked.head[-1] not in text:
                continue  # which institute: something that is called one
            if asked.wants is Wants.TIME and _MONTH.search(asked.text) and not re.search("月|日", text):
                continue
            if asked.wants is Wants.NUMBER and "级" not in asked.text:
                text = _GRADED.sub(" ", text)
            if asked.wants is Wants.PLACE and (rung := _RUNG.search(asked.text)) and not re.search(rf"[\u4e00-\u9fff]{{2,6}}(?:(?:\d+|[{HAN_NUMBER}]+)个)?{rung[1]}", text):
                continue
            for value in known:  # what the question knows is not what it asks for; a part may hold it and another of the kind
                text = re.sub(rf"(?<![\d.{HAN_NUMBER}]){re.escape(value)}", " ", text)
            if asked.wants is Wants.PERCENT and rates and (stated := set(_RATE.findall(text))) and not rates & stated and not any(partly_in(rate, text) for rate in rates):
                continue  # another rate
            if thing and not re.search(rf"\d\s*[十百千万亿]*[多余]?{measure}", text) and not (thing in text or partly_in(thing, text)):
                continue
            if holds(asked.wants, text, asked.unit) or (asked.wants is Wants.NAMED and (_called(asked, text) or _names(asked, text, one.plan.title, scorer))):
                shared = sum(term in text.lower() or partly_in(term, text.lower()) for term in terms) / (len(terms) or 1)
                if not shared and one.owner != best.owner and gap > _ANCHORED and not years and (asked.wants is not Wants.TIME or any(term in best.plan.plain.lower() for term in terms)):
                    continue  # of something else
                found.append((10 * cosine + shared - gap / 2, Typed(one, shared, cosine)))
    return found
