"""What a question asks, read from its closed-class words and from the plan's own outline."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

import rjieba

from index.numerals import ordinal
from index.plan import Plan, Section
from index.width import half_width
from qa.claim import OPEN, claim_of
from qa.compound import asks_for_two, taken_apart
from qa.english import in_chinese
from qa.references import Reference, references
from qa.scope import Mention, mentions, part_called, role_sections
from qa.values import Wants, asked_for, asked_unit
from qa.wording import content_terms, is_asking, is_english, nouns


class Kind(Enum):
    """How a question wants to be answered."""

    LOOKUP = "lookup"
    TITLES = "titles"
    CHILDREN = "children"
    OCCURRENCES = "occurrences"
    FACT = "fact"
    LIST = "list"
    MEASURE = "measure"


OUTLINE = frozenset({Kind.LOOKUP, Kind.TITLES, Kind.CHILDREN, Kind.OCCURRENCES})
"""What the outline answers."""


_SECTION_WORDS = frozenset(
    "部分 节 点 小点 小项 小节 条 项 款 章 篇 标题 题目 标 题 内容 段 编号 章节 条款 名字 名称 组成 构成 分 分成 分为 包括 包含 展开 列出 大部分 大点 大块 板块 一块 下面 底下 下属 下级 "
    "个 几个 几条 几点 几项 几节 几部分 这一节 那一节 这一条 那一条 一条 一节 一点 一项 一段 一部分 全文 原文 全部 完整 主要 主旨 要点 大意 概括 总结 讲 写 说 叫 定 定了 制定 确定 提出 明确 设 设了 哪几条 各是 各 "
    "小 先后 顺序 先后顺序 一遍 小块 报 报一下 报出 总共 一共 重点 每条 一句话 一句 整段 完整 过 一遍 打开 翻 翻到 摘 摘一下 调 调出 调出来 出来 拿 拿出 找出 发 贴 贴出 复述 念念 那段 这段 原则 目标 任务 条数 位置 前面 后面 之前 之后 后头 紧跟 跟 接 上级 哪个 讲 排 排在 专讲 属于 归 管 挂 数 多 少 更多 较多 谁 "
    "第一 第二 第三 第四 第五 第六 倒数 最后 请念 目录 结构 框架 层级 标号 序号 sections section principle principles part parts chapter heading headings title titles "
    "goal goals list main point points item items read show content".split()
)
_LOOKUP_CUE = re.compile(
    r"讲|说|写|打开|翻|摘|过一遍|给我|内容|是什么|是啥|什么意思|念|原文|全文|看|查|怎么(?:写|说|讲)|主要|大意|要点|概括|总结|叫什么|标题|有什么|哪些|what|show|read|say|about|content|title|summar", re.I
)
_CHILDREN_CUE = re.compile(r"[一二两三四五六七八九十\d]+\s*(?:大)?(?:条|项|点|个部分|个方面|节|章|个)(?!\s*[目原])|几|条数|数量|更多|多少|哪些|哪几|多少|列|包括|包含|组成|构成|分为|分成|分哪|都有|都叫|有什么|下面|底下|下设|how many|list|which|what are", re.I)
_SO_MANY_THINGS = re.compile(r"((?:几|多少)(?:大|小)?(?:条|项|点|个|方面|类)|(?:是|讲|写)的?(?:什么|啥|哪个))(?:具体|重点)?(?:项目|工作|任务|措施|举措|内容|事项|部署|要求)")
"""How many things there are below a heading, or what stands at a place, whatever they are called."""
_EVERYWHERE = frozenset("建设 保障 改造 发展 工作 管理 服务 提升 推进".split())
"""Words of headings that tell no topic."""
_BOXED = frozenset("项目 工程 任务 指标 重点 重大".split())
"""What a box lists."""
_BELOW = re.compile("^[^,。?]{0,6}(?:包[含括]|分[成为]?|下设|下面有|底下有)了?(?:哪[些几]|几)")
"""What stands below a heading, right after it."""
_PARTED = re.compile("([\u4e00-\u9fff]{4,8}?)(?:一共|总共|共)?(?:分[成为]?|包括|包含|有)(?:哪|了)?(?:[一二两三四五六七八九十几]|\\d+)(?:大)?(?:项|条|点|个方面|类)")
"""What is parted into so many."""
_COUNT_CUE = re.compile(r"(?:几|多少)\s*(?:大|小)?(?:条|项|点|个|类|方面|部分|节|章)")
_WHOLE_PLAN = re.compile(r"(?:整份|全文|整个|这份|这个|本|该)?(?:规划|文件|方案|文本|正文|全文|通篇)(?:一共|总共|共|里|中|正文|全文)?")
_PARTS_WORD = re.compile(r"部分|章|篇|大块|板块|一级标题|大标题|parts|chapters|sections", re.I)
_OCCURRENCE = re.compile(
    r"(?:见|出现|散见)[于在](?:何处|哪)|何处(?:提|见|写|出现)|(?<![指括成为])(?<![指括成为]哪)(?:哪些|哪几|几|多少)个?(?:节|条款|条|章节|章|段|小节)(?=$|[?。,])|(?:提|出现|写|讲|说|谈|涉及)(?:到|及|过|在)*(?:哪些|哪几|几|多少)个?(?:地方|处)|(?:所有|全部|每个?|涉及)的?(?:相关的?)?(?:条款|章节|地方|位置|段落)|哪(?:些|几)个?地方(?:里)?(?:提|出现|写|讲|说|谈|涉及)|"
    r"(?:哪|几|多少)(?:一)?(?:些|几|个)?(?:节|条款|条|章节|章|部分|地方|处|段|原则|项|点|小节)[^。?]{0,6}?(?:提到|提及|出现|讲到|讲|涉及|写到|写|说到|说|包含|有|谈到|里)|"
    r"(?:在|是)(?:规划|全文|文件)?的?(?:哪|什么|第几)(?:一|几|些)?(?:个)?(?:节|条款|条(?![路街线河江])|章节|部分|处|段|小?点|原则)|(?:在|是)(?:规划|全文|文件)的?(?:哪|什么)(?:里|儿|位置|地方)|"
    r"(?:出现|提到|提及|写到|用过|用到|谈到)(?:过|了)?(?:在)?(?:哪(?=[里儿]|[些几]?个?(?:地方|处|条|节|章|段|小节|部分)|$)|几(?!比))|(?:提|点名?|写|说|出现)(?:到|过|了|及)*(?:它|他)?(?:几|多少)(?:回|次|遍|处)|点(?:了|到|过)?(?:几|多少)[回次]名|(?:哪|什么)(?:儿|里|些?地方|位置)(?:出现|提到|提及|写到|用过|用到|谈到|说过|讲过)|which (?:sections?|clauses?|principles?|parts?)", re.I
)
_EVERY_MENTION = re.compile(
    r"(?:凡是|凡|统统|通通|所有|全部|每[一个]?[处条]?|统共|一共|总共|各处|汇总|哪[几些](?:处|条|个地方)|几处)"
)
"""What asks for all of them."""
_EXHAUSTIVE = re.compile(
    r"凡是?|所有|全部|全(?:都|给)?我?(?:找|列|挑|摘|捞|查|翻|标)|通篇|全文|统统|统共|一共|总共|逐[条一处个]|各处|每[一]?[处条]|不止一[次处回]|(?:一|半)[处条个][^,。?]{0,2}别|别(?:落|漏)|不(?:要|能)?(?:遗漏|落下|漏)|"
    r"汇总|梳理|捞|好?几[处次回]|[两三四]处|都(?:写|提|讲|出现|说)在|哪(?:些|几[个处条节项])(?:任务|条款?|章节?|节|地方|部分|目标|原则|段落)"
)
_OF_WORDS = re.compile(r"(?:提|点|讲|写|说|谈|涉)(?:到|及|过|了|名)|出现|写在|沾边?|有关|相关|涉及|字样|字眼|[俩两三]个?字|关键词|这个?词|的名字|表述|说法|提法|带(?:着|有)?[“\"「]")
"""Words of which one asks for everything and one for words that stand in the plan: together, for every place where they stand."""
_PASSAGES = "(?:条文|条款|安排|内容|地方|任务|规定|说法|表述|段落|举措|部署)"
_RELATED = re.compile(
    r"(?:(?:提|讲|点|谈|写|说|涉)(?:到|及|过|了)|出现(?:过|了)?|含有?|带有?|用到)[“\"「]([^”\"」]{2,12})[”\"」]|"
    rf"(?:沾|跟|和|与|有关|关于|涉及)(?:到|着|了)?([^,。?的在]{{2,8}}?)(?:沾边|有关|相关|挂钩)?的(?:各种)?{_PASSAGES}|"
    rf"^([^,。?的在跟和与涉关]{{2,8}}?)(?:有关|相关|沾边)的{_PASSAGES}"
)
_BY_DATE = re.compile(r"(?:哪些|所有|凡是|全部|哪几[项个件])?[^,。?]{0,6}(?:卡|定|截止|赶|限|排|落)在((?:19|20)\d\d年)[^,。?]{0,8}(?:任务|事项|工作|指标|内容|安排|要求|完成|做完|办完|落地)")
"""What asks for everything that is set for a year."""
_MENTION = re.compile(r"(?:提|讲|点|谈|写|说|涉)(?:到|及|过|了)?(?!法)([^,。?的在]{2,12}?)的(?:内容|段落?|地方|项目|条款?|安排|章节|部分|任务|句子|文字|几处|各处)")
_TITLED = re.compile(
    r"(?:标题|题目|名称|条目名)[里中上]?(?:面)?(?:带|含|有|写到|写了|包含|提到|出现)(?:有|了|着)?[“\"「]?([^”\"」,,。?的]{2,12}?)[”\"」]?(?:二字|两个字|这个词|字样|一词|的|分别|$|[,,?。])|"
    r"(?:标题|题目)(?:叫|是)[“\"「]([^”\"」]{2,20})[”\"」]"
)
_AFTER = re.compile(r"(?:后面|之后|后头|以后|后边|紧跟|接下来|下一|接着)")
_BEFORE = re.compile(r"(?:之前|前面|前头|前边|上一)")
_ABOVE = re.compile(r"上级|上一级|挂在|归在?(?:哪|什么)|属于(?:哪|什么)|隶属|归属|(?:哪|什么)(?:个|一)?(?:部分|标题|大类|章节?)(?:下面|底下|之下|管|里)|哪(?:一|个)?部分的")
_PLACE_IN_ORDER = re.compile(r"(?:排|列|算|是)(?:在)?第几(?:个|条|项|点|位)?(?=[?。]*$)")
_EVERY_PLACE = re.compile(r"出现(?:了|过)?[两几三四五](?:回|次|处)|(?:[两几三四五]|各|所有|每一?)(?:处|句|个地方|次)|(?:[两三四五]|各|所有|每一?)回(?!事)|不止一(?:处|次|回)|(?<!哪)(?:[两几三四五]|各|所有|每)个(?=[“\"「])|分别(?:在|是)?(?:哪(?![年月天]|[几两二三四五六七八九十]个|些)|怎么|如何)|(?:[两几三四五]|各)(?:边|方面|头)[^,。?]{0,4}(?:原话|原文|表述|说法)|也(?:讲|提|说|写)(?:到|了)?[“\"「]|怎么(?:提|写|说).*怎么(?:提|写|说)|语境|提法")
_SO_MANY = re.compile("(?<![第十百])([两二三四])(?:处|条|节|段|个地方)(?=里|中|都|各|分别|[,?。]|提|说|讲|写|原文|原话|$)")
"""How many places there are, where the question knows it."""
_ALL_HAVE = re.compile(r"[里中章条节处]都(?:有|提|说|写|讲|出现|要)")
"""What says that several places have the one word in quotes."""
_WHICH_NAMED = re.compile(r"哪[两几三四五]个(?=[“\"「])")
"""What asks for all that is called so, where nothing else is asked (有哪几个“中心”)."""
_FEW_CLAUSES = 4
"""Clauses that have a place, at most, for all of them to be told."""
_QUOTES = re.compile("[“\"「]")
_LIST = re.compile(
    r"哪些|哪[几两二三四五六七八九十]|列出|列举|列一下|(?:名字|名称)[^,。?]{0,3}(?:报|列|说|给|写)|报全|[清名]单(?=$|[?。,])|都有(?:什么|谁|哪)|有什么(?!影响|意义|好处|用)|分别(?:是|有|叫|为)|包括(?:什么|哪)|包含(?:什么|哪)|什么和什么|逐个|逐一|list|which .*s\b|what are", re.I
)
_ACTIONS = re.compile(r"(?:哪些|哪几|什么)[^,,。?]{0,6}(?:措施|举措|方向|动作|要求|安排|做法|步骤|任务|工作|部署|规定|打算|计划|政策|思路|支持|扶持|好处|变化|样子|准备|办法)")
_MEASURE = re.compile(
    r"怎么|什么样|啥样|怎样|如何|咋|措施|举措|办法|安排|打算|计划|准备(?:怎|如|做|干)|部署|思路|步骤|要做|干什么|做什么|what does the plan say|how (?:will|does|is|are|can)|measures|plans? (?:for|to|about)|态度|动作|支持|扶持|推进",
    re.I,
)
_NOW = re.compile(r"现有|家底|(?<!提)前[几些]年|(?<![接临])近年(?![底末初])|已做|原来|原有|原先|原本|迄今|过去|“?十三五”?(?!以来)|做成了|做到什么|到哪一步|建成没|取得了|(?<![比跟和])现在|目前|现状|眼下|如今|至今|到现在|当前|已经|已有|(?P<built>[建修通做办弄])没(?P=built)|获批|入选|称号|荣誉|名头|头衔|牌子|成绩|成果|现实中|做到了|进展|进度|成效|过(?:什么|哪|几(?!年)|多少)|[了好成通完来]没有?[啊呀呢嘛]?(?=$|[?。,])|了[吗么](?=$|[?。,])|(?<![能用觉懂看谈说不])(?:得[了过]|拿[了过]|评[了上])|获评|获得过|so far|currently|today|already|has .* built")
_FUTURE = re.compile(r"(?<!总)目标|过[一两二三几]年|这(?:次|五年|三年|几年|一轮)|[三五]年后|(?:打算|准备|计划|想)(?:再)?(?:提|加|增|建|添|新)|(?:规划|计划)新|远景|[一二两三几]年后|后[头面](?=要|打算|准备|还|想|怎)|后面要|还要|将来|往后|接下来|下一步|今后|未来|以后|愿景|规划期末|到20\d\d年|20\d\d年(?:要|的|会|底|能|在)?|想做成|要达到|target|by 20\d\d|future|will be")
_FROM_TO = re.compile(r"从[^,。?]{0,8}(?:多少|几)[^,。?]{0,8}(?:到|至|成)[^,。?]{0,6}(?:多少|几)|from (?:how|what) .* to (?:how|what)", re.I)
_GOAL = re.compile(r"目标(?!.{0,2}任务)|愿景|远景|到2\d{3}(?![\d年])|到?2\d{3}年(?:要|的|会|底|能|在|又|该|,|,|$)?|样板|三年后|几年后|target|goal|by 2\d{3}", re.I)
_TASK = re.compile(r"举措|(?:准备|打算)?怎么(?:治|解决|应对|改|补)|措施|下一步|接下来|打算怎|怎么弄|怎么用|怎么推进|部署|任务里|还要怎|还要做|后面要|后续|next step", re.I)
_WHERE_TREATED = re.compile("(?:翻|看|查|去|找)到?哪一?(?:大?部分|[章节条项款])|(?:写|放|列|排|摆|讲|说)?在?第几(?:大?部分|[章节条项款])")
"""What asks at which place of the outline something is treated."""
_WHICH = re.compile(rf"{_WHERE_TREATED.pattern}|(?:归|属于|属|在|是)(?:于)?哪(?:一)?(?:条|项|节|点)(?=$|[?。,])|哪(?:一)?(?:条|项|节|点|个)(?:原则|目标|任务|条款|小点|里|说|讲|提)|一(?:条|节|项|点)(?:的?(?:标题|题目|名字))?(?:叫|是)(?:什么|啥)|which (?:principle|goal|section|clause|task)", re.I)
_ROLE_WORDS = re.compile(r"现在|目前|现状|眼下|如今|至今|到现在|当前|目标|将来|往后|接下来|下一步|今后|未来|以后|愿景|规划期末|对比一下|对比|比较|已经|现有|成果|成绩|提法")
_VALUE_ASKED = re.compile(r"多少|[有给](?:没有?)?个?准?(?:日子|日期)|哪[几一两]?(?:家|座|所)|(?<!好)几(?=月|号|点钟|年|天(?!,))|什么时候|何时|哪(?:一)?(?:年|月|个月)|哪(?:一)?天(?![^,。?]*,)|how many|how much", re.I)
"""What asks for a value even where a yes or a no is asked for as well (最晚几月份完工,有时间节点吗)."""
_ONE_OF_HOUSES = re.compile("[家座所](?:又|到底|究竟)?(?:是|叫)谁")
"""Who, of what is no person (另一家是谁)."""
_REASON_STATED = re.compile("(?:原因|理由|缘由)(?:了)?(?:没有?|吗|么)?[?。]*$|(?:有没有|有无)[^,。?]{0,8}(?:原因|理由|缘由)")
"""What asks whether a reason is given."""
REASON = re.compile(r"(?<![成作称认])为什么|图个?(?:什么|啥)(?![书片])|为何|为啥|原因|凭什么|干嘛要|\bwhy\b", re.I)


@dataclass(frozen=True)
class Asked:
    """A question as it was understood.

    Attributes:
        text: normalised, slips mended, follow-up resolved.
        kind: how it wants to be answered.
        wants: the kind of thing asked for.
        unit: unit that an asked number must have; empty for any.
        english: asked in English.
        yes_no: wants a yes or a no.
        asserts: claims something and asks for agreement (对吧): what it claims is compared with the clause.
        claim: the question without its tag.
        supposed: what it takes for granted while it asks something else; empty where nothing is.
        sections: what it names by number or by heading, for LOOKUP and CHILDREN; the plan's top for an empty tuple.
        missing: numbers of sections that the plan does not have, as written, with the nearest that it has.
        scope: ids of the sections to look in, from the headings that it names; empty for all.
        facets: roles (`now`, `goal`, `task`) that it asks for; more than one are answered side by side.
        phrase: for OCCURRENCES, the words to be found.
        head: the noun that what or which stands before (什么节点: 节点); empty where there is none.
        named: the headings that it names.
        brief: a LOOKUP that wants to know which section it is, not what it says.
        which: wants to know which section says so: its heading belongs to the answer.
        focus: the text without what only names scope and role; this is what is compared with the clauses.
    """

    text: str
    kind: Kind
    wants: Wants = Wants.ANYTHING
    unit: str = ""
    english: bool = False
    yes_no: bool = False
    asserts: bool = False
    claim: str = ""
    supposed: str = ""
    sections: tuple[Section, ...] = ()
    missing: tuple[Reference, ...] = ()
    scope: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    phrase: str = ""
    focus: str = ""
    head: str = ""
    named: tuple[Mention, ...] = ()
    brief: bool = False
    which: bool = False


def understand(plan: Plan, text: str, base: Section | None = None) -> Asked:
    """Return what `text` (normalised) asks of `plan`.

    Args:
        plan: its outline decides which words name sections.
        text: the question.
        base: the section from which a bare `第三条` counts.
    """
    if is_english(text) and (chinese := in_chinese(plan, text)) != text.lower():
        asked = _understood(plan, chinese, base)
        if asked.kind in (Kind.LOOKUP, Kind.CHILDREN):
            return replace(asked, text=text, focus=text, english=True)
    return _understood(plan, text, base)


def _understood(plan: Plan, text: str, base: Section | None) -> Asked:
    """Return what `text` asks, English words of structure already in Chinese."""
    named = mentions(plan, text)
    found = references(plan, text, named, base)
    claim = claim_of(plan, text)
    common: dict[str, Any] = {
        "wants": _wanted(text, claim.yes_no), "unit": asked_unit(text), "english": is_english(text), "yes_no": claim.yes_no,
        "asserts": claim.asserted, "claim": claim.text, "supposed": claim.supposed, "named": tuple(named),
        "which": bool(_WHICH.search(text)), "head": _head(text),
    }  # fmt: skip
    rest = _residue(text, found, named)
    source = plan.plain.lower()
    pointed = [section for reference in found for section in reference.sections] or [m.section for m in named if m.share >= 0.8]
    bare = bool(pointed) and not any(below.clause for section in pointed for below in plan.under(section.id))  # whatever is asked of it besides, it does not say
    left = [t.text for t in content_terms(_SO_MANY_THINGS.sub(r"\1", rest)) if t.text not in _SECTION_WORDS and (t.text in source or t.place or (bare and t.text in _nouns(rest)))]
    left = [word for word in left if word not in "".join(m.section.title for m in named)]
    if any(reference.written.startswith("专栏") for reference in found):
        left = [word for word in left if word not in _BOXED]
    if (name := quoted_name(text)) and name in plan.plain and not any(name in m.section.title for m in named):
        left.append(name.lower())
    untyped = common["wants"] in (Wants.ANYTHING, Wants.NUMBER, Wants.RANK)
    if _PLACE_IN_ORDER.search(text) and named and not named[0].section.children and not left:
        return Asked(text, Kind.LOOKUP, sections=(named[0].section,), brief=True, focus=text, **common)
    if (moved := _moved(plan, text, named, found)) and not [t for t in left if t not in "".join(m.section.title for m in named)]:
        return Asked(text, Kind.LOOKUP, sections=(moved,), brief=True, focus=text, **common)
    counted = [m.section for m in named if m.section.children and m.share >= 0.8]
    counted = counted or [s for s in plan.sections if s.children and len(s.title) >= 4 and re.match(rf"{re.escape(s.title[-2:])}(?:总共|一共|共|有|都)", text)]
    whole = [m.section for m in named if m.section.children and m.share == 1.0 and _BELOW.search(rest)]
    if whole and len(left) < 2 and not found and untyped:
        return Asked(text, Kind.CHILDREN, sections=tuple(whole[:1]), focus=text, **common)
    if counted and not left and _COUNT_CUE.search(rest) and all(reference.sections for reference in found):
        return Asked(text, Kind.CHILDREN, sections=tuple(counted[:3]), focus=text, **common)
    if not counted and not found and (led := _led(plan, text)):
        return Asked(text, Kind.CHILDREN, sections=(led,), focus=text, **common)
    if _WHERE_TREATED.search(text) and not found and untyped and not common["asserts"] and (titled_so := _titled_so(plan, [*left, *_nouns(rest)])):
        return Asked(text, Kind.LOOKUP, sections=(titled_so,), brief=True, focus=text, **common)
    if sum(len(reference.sections) for reference in found) > 1 and asks_for_two(text) and untyped:
        resolved = tuple(section for reference in found for section in reference.sections)
        return Asked(text, Kind.LOOKUP, sections=resolved, focus=text, **common)
    below = [m for m in named if m.share >= 0.8 and len(found) == 1 and _is_below(plan, m.section, found[0])]
    if below and not left and untyped:
        return Asked(text, Kind.LOOKUP, sections=(below[0].section,), focus=text, **common)
    if found and ((not left and untyped) or any(not reference.sections for reference in found)):
        resolved = tuple(section for reference in found for section in reference.sections)
        missing = tuple(reference for reference in found if not reference.sections)
        children = resolved and all(s.children for s in resolved) and _CHILDREN_CUE.search(rest) and not missing
        return Asked(text, Kind.CHILDREN if children else Kind.LOOKUP, sections=resolved, missing=missing, focus=text, **common)
    titled = _TITLED.search(text)
    word = next((group for group in titled.groups() if group), "") if titled else ""
    titled = None if is_asking(word) else titled
    if titled and len(found) == 1 and found[0].sections:
        return Asked(text, Kind.LOOKUP, sections=found[0].sections, focus=text, **common)
    if titled:
        return Asked(text, Kind.TITLES, phrase=word, focus=text, **common)
    if len(counted) > 1 and not left and _CHILDREN_CUE.search(rest):
        return Asked(text, Kind.CHILDREN, sections=tuple(counted[:3]), focus=text, **common)
    if common["wants"] is Wants.ANYTHING and (place := _listed_place(plan, text, left)):
        return Asked(text, Kind.OCCURRENCES, phrase=place, focus=text, **common)
    phrase = _phrase(plan, text, rest, left)
    if quoted_name(text) and not phrase and _OCCURRENCE.search(text):
        return Asked(text, Kind.OCCURRENCES, phrase=quoted_name(text), focus=text, **common)
    named_alone = _WHICH_NAMED.search(text) and len(taken_apart(text)) == 1
    everywhere = (_EVERY_PLACE.search(text) or named_alone or (len(_ALL_HAVE.findall(text)) == 1 and len(_QUOTES.findall(text)) == 1)) and not re.fullmatch("十.五", quoted_name(text) or "十四五")
    if mentioned := _mentioned(plan, text):
        return Asked(text, Kind.OCCURRENCES, phrase=mentioned, focus=text, **common)
    if quoted_name(text) and phrase and _counted_in_one(plan, phrase, text):
        return _content(plan, text, found, named, common)
    everywhere = everywhere or bool(_EXHAUSTIVE.search(text) and _OF_WORDS.search(text) and _stands_in(plan, phrase) > 1)
    everywhere = everywhere or bool(not quoted_name(text) and common["wants"] is Wants.ANYTHING and (many := _SO_MANY.search(text)) and _stands_in(plan, phrase) == ordinal(many[1]) and len(phrase) > 1)
    if phrase and common["wants"] not in (Wants.PLACE, Wants.DEFINITION) and (everywhere or (_OCCURRENCE.search(text) and (quoted_name(text) or _covers(plan, phrase, text, rest)))):
        within = [m.section.id for m in named if m.section.children]
        scope = tuple(within) if len(within) == len(named) == 1 and not everywhere else ()
        return Asked(text, Kind.OCCURRENCES, phrase=phrase, scope=scope, focus=text, **common)
    leaves = [m for m in named if m.share >= 0.75 and not m.section.children]
    if len(leaves) > 1 and not left and untyped and asks_for_two(text):
        return Asked(text, Kind.LOOKUP, sections=tuple(m.section for m in leaves), focus=text, **common)
    best = next((m for m in [*leaves, *named] if not _goes_on(text, m)), None)
    if best and not left and best.share >= 0.75 and untyped:
        parent = best.section.children and _CHILDREN_CUE.search(rest)
        if parent or best.share == 1.0 or _LOOKUP_CUE.search(rest) or not rest.strip(" ?。,"):
            return Asked(text, Kind.CHILDREN if parent else Kind.LOOKUP, sections=(best.section,), focus=text, **common)
    if not left and _WHOLE_PLAN.search(text) and _PARTS_WORD.search(text) and _CHILDREN_CUE.search(text):
        return Asked(text, Kind.CHILDREN, focus=text, **common)
    return _content(plan, text, found, named, common)


def _nouns(text: str) -> list[str]:
    return [word.lower() for word in nouns(text, ("n", "j", "l")) if len(word) > 1]


def _led(plan: Plan, text: str) -> Section | None:
    """Return the section whose last words announce what the question counts (具体目标是: for 具体目标分成哪四项)."""
    match = _PARTED.search(text)
    for section in plan.sections if match else ():
        lead = re.split("[。;]", section.clause.plain.rstrip())[-1] if section.clause and section.children else ""
        if match and lead.endswith(":") and match[1] in lead:
            return section
    return None


def _titled_so(plan: Plan, words: list[str]) -> Section | None:
    """Return the topmost section whose heading has all of the words; None where there are none."""
    topic = [word for word in words if len(word) > 1 and word not in _SECTION_WORDS]
    holding = [section for section in plan.sections if not set(topic) <= _EVERYWHERE and section.number.is_numbered and all(word in half_width(section.title).lower() for word in topic)]
    return min(holding, key=lambda section: section.depth, default=None)


def _is_below(plan: Plan, section: Section, reference: Reference) -> bool:
    return any(section in plan.under(above.id)[1:] for above in reference.sections)


def _moved(plan: Plan, text: str, named: list[Mention], found: list[Reference]) -> Section | None:
    """Return the section before, after or above the one that the question names, where that is what it asks for."""
    at = next((r.sections[0] for r in found if len(r.sections) == 1), None) or next((m.section for m in named if m.share >= 0.6), None)
    if at is None or not re.search(r"哪|什么|啥|叫|是谁|题目|标题|what|which", text, re.I):
        return None
    if _ABOVE.search(text):
        return at if at.parent else None
    for pattern, step in ((_AFTER, 1), (_BEFORE, -1)):
        if pattern.search(text):
            siblings = plan.children(at.parent)
            place = siblings.index(at) + step
            return siblings[place] if 0 <= place < len(siblings) else None
    return None


def _content(plan: Plan, text: str, found: list[Reference], named: list[Mention], common: dict[str, Any]) -> Asked:
    scope = tuple(s.id for r in found for s in r.sections) or tuple(m.section.id for m in named if m.share == 1.0 and not _goes_on(text, m))[:1]
    scope = scope or tuple(s.id for s in plan.sections if s.children and part_called(s.title, text))[:1]
    cues = {"now": _NOW, "goal": _GOAL, "task": _TASK}
    asked_roles = ["now", "goal"] if _FROM_TO.search(text) else [role for role, cue in cues.items() if cue.search(text)]
    roles = [role for role in asked_roles if role_sections(plan, role)]
    if _FUTURE.search(text) and not {"goal", "task"} & set(roles):
        roles += [role for role in ("goal", "task") if role_sections(plan, role)]
    facets = tuple(roles) if len(roles) > 1 and ("now" in roles or _GOAL.search(text)) else tuple(roles[:1]) if len(roles) == 1 else ()
    wants = common["wants"]
    if _ACTIONS.search(text) and wants is Wants.ANYTHING:
        kind = Kind.MEASURE
    elif _LIST.search(text) and wants in (Wants.ANYTHING, Wants.NUMBER) and not re.search(r"多少|how many", text):
        kind = Kind.LIST
    elif wants is not Wants.ANYTHING:
        kind = Kind.FACT
    elif _MEASURE.search(text) or REASON.search(text):
        kind = Kind.MEASURE
    else:
        kind = Kind.FACT
    focus = _focus(plan, text, [m for m in named if m.section.id in scope and m.section.children], bool(facets))
    return Asked(text, kind, scope=scope, facets=facets, focus=focus, **common)


def _goes_on(text: str, mention: Mention) -> bool:
    """True where the words of a heading are only the beginning of a longer noun (污水治理 in 污水治理率)."""
    at = 0
    for token in rjieba.cut(text):
        if mention.share == 1.0 and at < mention.end < at + len(token):
            return True  # 板栗产业 in 板栗产业园
        at += len(token)
    word, tag = next(iter(rjieba.tag(text[mention.end :])), ("", ""))
    return (tag.startswith("n") or word in ("率", "量", "额", "数", "度")) and word not in _SECTION_WORDS and not is_asking(word) and not _ROLE_WORDS.match(word)


def _focus(plan: Plan, text: str, named: list[Mention], roles: bool) -> str:
    """Return the text without what only says where to look: a heading with sections below it, a time that is a role."""
    kept = text
    for mention in named:
        kept = kept.replace(text[mention.start : mention.end], " ")
    if roles:
        kept = _ROLE_WORDS.sub(" ", kept)
        kept = re.sub(r"(?:到|在|至)?(?:20\d\d)年?(?:底|末|时)?", lambda m: " " if within_title(plan.title, m[0]) else m[0], kept)
    kept = re.sub(r"\s+", " ", kept).lstrip(" ,的").rstrip(" ,的里中")
    sentences = [one for one in re.split("(?<=[?。!])", kept) if one]
    if len(sentences) > 1:  # without what only tells why one asks (导师让我查的)
        source = plan.plain.lower()
        kept = "".join(one for one in sentences if "?" in one or OPEN.search(one) or any(len(term.text) > 1 and term.text in source for term in content_terms(one))) or kept
    return kept if content_terms(kept) else text


def within_title(title: str, written: str) -> bool:
    """True where a year lies within the years that the plan's title names, or is the one before: where it starts from."""
    years = [int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", title)]
    found = re.search(r"(?:19|20)\d{2}", written)
    return bool(years and found) and min(years) - 1 <= int(found[0] if found else 0) <= max(years)


def _wanted(text: str, yes_no: bool) -> Wants:
    """Return the kind of thing asked for; a question for yes or no asks for none, unless it is for what only a value answers."""
    wants = asked_for(text)
    open_question = wants is Wants.CONTACT or _VALUE_ASKED.search(text) or (wants is Wants.PERSON and OPEN.search(text)) or (wants is Wants.REASON and _REASON_STATED.search(text))
    if wants is Wants.WHO and _ONE_OF_HOUSES.search(text):
        return Wants.ANYTHING
    return wants if not yes_no or open_question else Wants.ANYTHING


def _head(text: str) -> str:
    """Return the noun whose kind is asked for; what follows 什么 up to where the nouns end, its last one."""
    match = re.search(r"(?:什么样的|什么|哪(?:一|些|几)?(?:个|种|类|项|座|家)?)(?=[\u4e00-\u9fff])", text)
    if not match:
        return ""
    nouns = ""
    for word, tag in rjieba.tag(text[match.end() :]):
        if not tag.startswith(("n", "l", "b", "j")) or is_asking(word):
            break
        nouns = word
    return nouns if len(nouns) > 1 else ""


def _residue(text: str, found: list[Reference], named: list[Mention]) -> str:
    """Return the text without the numbers and headings in it."""
    marks = [False] * len(text)
    pieces: list[Reference | Mention] = [*found, *(m for m in named if m.share >= 0.8 or m.end - m.start >= 6)]
    for piece in pieces:
        marks[piece.start : piece.end] = [True] * (piece.end - piece.start)
    return "".join(" " if marked else sign for sign, marked in zip(text, marks, strict=True))


def quoted_name(text: str) -> str:
    """Return the first name in quotes, empty where there is none."""
    match = re.search(r"[“\"「『《]([^”\"」』》]{2,30})[”\"」』》]", text)
    return match[1] if match else ""


def _counted_in_one(plan: Plan, phrase: str, text: str) -> bool:
    """True where things called by a word are asked for (四个“未来”) and one clause lists as many of them."""
    match = re.search(rf"([两二三四五六七八九几])个[“\"「]{re.escape(phrase)}[”\"」]", text)
    many = ordinal(match[1]) if match and match[1] not in "几两" else 2
    return match is not None and any(re.search(rf"{re.escape(phrase)}[^、,,。]*(?:、{re.escape(phrase)}[^、,,。]*){{{many - 1},}}", clause.plain) for clause in plan.clauses)


def _listed_place(plan: Plan, text: str, left: list[str]) -> str:
    """Return a district of which everything is asked (西海岸新区有哪几样), where no one of its few clauses has the other words of the question; else empty."""
    if not _LIST.search(text) or quoted_name(text):
        return ""
    for match in re.finditer("新区|片区|[区县]", text):
        name = next((text[first : match.end()] for first in range(max(0, match.end() - 8), match.end() - 2) if text[first : match.end()] in plan.plain), "")
        holding = [clause.plain for clause in plan.clauses if name and name in clause.plain]
        others = [word for word in left if word not in name and word not in plan.title]
        placed = any(tag == "ns" for _, tag in rjieba.tag(name))
        if placed and 1 < len(holding) <= _FEW_CLAUSES and not any(all(word in clause.lower() for word in others) for clause in holding if others):
            return name
    return ""


def counts_places(text: str) -> bool:
    """True where a question says that it is about several places of the same words (两条里, 每一处)."""
    return bool(_SO_MANY.search(text) or _EVERY_PLACE.search(text))


def _stands_in(plan: Plan, phrase: str) -> int:
    """Return how many clauses hold `phrase`; 0 for none and for the empty phrase."""
    return sum(phrase.lower() in clause.plain.lower() for clause in plan.clauses) if phrase else 0


def _covers(plan: Plan, phrase: str, text: str, rest: str) -> bool:
    """True where the words whose places are asked for outweigh those beside them that the plan nowhere has: else a thing is told in one's own words.

    Only the part between commas that asks for the place counts; `rest` is `text` with blanks for numbers and headings.
    """
    asks = _OCCURRENCE.search(text)
    if asks is None:
        return True
    begin, end = max(text.rfind(mark, 0, asks.start()) for mark in ",:;。?") + 1, text.find(",", asks.end())
    part = rest[begin : end if end >= 0 else None]
    said = [term.text for term in content_terms(part) if term.text not in _SECTION_WORDS and term.text[0] not in "哪几"]
    own = sum(len(word) for word in said if word not in plan.plain.lower())
    return own == 0 or own < sum(len(word) for word in said if word in phrase)


def _mentioned(plan: Plan, text: str) -> str:
    """Return the words of which every mention is asked for (提到望海的项目, 凡是点到石门县的内容), where the plan has them."""
    match = _MENTION.search(text)
    word = match[1].strip("“”\"「」") if match else ""
    if _EVERY_MENTION.search(text) or re.search("哪些|哪几[项个件]", text):
        word = by_date[1] if (by_date := _BY_DATE.search(text)) else word
    if not word and _EVERY_MENTION.search(text) and (related := _RELATED.search(text)):
        word = related[1] or related[2] or related[3]
    return word if word and any(word.lower() in clause.plain.lower() for clause in plan.clauses) else ""


def _phrase(plan: Plan, text: str, rest: str, left: list[str]) -> str:
    """Return the words whose places are asked for: what stands in quotes, or the run of words that the fewest clauses hold.

    A run counts by its length times the logarithm of how rare it is.
    """
    if quoted := quoted_name(text):
        return quoted if any(quoted.lower() in clause.plain.lower() for clause in plan.clauses) else ""
    clauses = [clause.plain.lower() for clause in plan.clauses]
    words = list(rjieba.cut(rest.lower()))
    best, weight = "", 0.0
    for first in range(len(words)):
        for last in range(first + 1, len(words) + 1):
            run = "".join(words[first:last]).strip()
            holding = sum(run in clause for clause in clauses)
            if not holding:
                break
            found = len(run) * math.log(1 + len(clauses) / holding)
            if found > weight and len(run) >= 2 and not is_asking(words[first]) and not is_asking(words[last - 1]):
                best, weight = run, found
    return best if any(term in best or best in term for term in left) else ""
