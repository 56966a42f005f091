"""What a question takes for granted, compared with the clause: numbers, years, ranks, places in a list, negation."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import pairwise

import rjieba

from qa.claim import OPEN
from qa.contrasts import (
    ENUMERATION,
    Difference,
    aspect,
    denied,
    direction,
    discontinued,
    exclusive,
    modal,
    modality,
    opposite,
    order,
    polarity,
)
from qa.values import Value, Wants, holds, values
from qa.wording import content_terms, districts_of, is_asking, is_english, is_place, partly_in

_SIGNS = re.compile(r"(?<![\u4e00-\u9fff])?[\u4e00-\u9fff](?:、[\u4e00-\u9fff](?=[、\d一二两三四五六七八九十]|等))+")
_QUOTED = re.compile(r"[“\"「]([^”\"」]{2,20})[”\"」]")
_LEVEL = re.compile(r"国家级|世界级|全球|世界|国际|全国|国内|国家|全省|省内|省级|省里|全市|市内|(?<!城)市里|市级|区级|县级|街道级|副省级|地级|县级市|省会")
_LEVELS = {
    "world": ("全球", "世界", "国际"), "nation": ("全国", "国内", "国家"), "province": ("省",), "city": ("市",),
    "district": ("区", "县"), "street": ("街道", "镇"),
}  # fmt: skip
_OF_LEVEL = re.compile(rf"([\u4e00-\u9fff]{{3,}}?)(?:是|算|属于|评的是|都是)({_LEVEL.pattern})的?(?=$|[,,。?])")
"""A thing that is said to be of a level (试验区是国家级的)."""
_HEADS = 4
"""Characters at the end of a thing's name by which it is found in the text."""
_JOINING = frozenset("的 了 是 在 要 将 会 也 都 和 与 及 就 被 对 把 为 等 中 里 上 又 该 这 那 其 我 我们 我市".split())
_BODY = re.compile(r"[\u4e00-\u9fff]{1,6}(?:(?<![布格结])局|委|厅|委员会|村委会|居委会|街道办|公司|企业|集团|协会|银行|指挥部)(?![员级面])")
"""The bodies that a plan charges with a task."""
_HEAD = re.compile(r"(?:由|以|是)([\u4e00-\u9fff、]{2,14}?)(?:来)?(?:担任|出任|兼任|任|当|做|为)[\u4e00-\u9fff]{0,16}?(?:组长|召集人|主任|总指挥|负责人)|由([\u4e00-\u9fff]{2,10}?)(?:亲自)?(?:挂帅|带队)|(?:组长|召集人|主任|总指挥|负责人)(?:就)?(?:是|为|由)([\u4e00-\u9fff]{2,10}?)(?:担任|本人|$|[,,。?])")
"""Who heads a body: 由市长任组长, 召集人是市长."""
_CHIEF = re.compile(r"主要(?:领导|负责)")
_DEPARTMENT_HEAD = re.compile("[局处科厅]长|委主任")
"""Who heads a department: none of the chief leaders of a government."""
_CHARGED = re.compile(r"(?:由|让|交给)(?:各|该)?([\u4e00-\u9fff]{1,8}?(?:局|委|厅|委员会|指挥部|办公室|部门|协会|公司|企业|集团|银行))")
"""Whom a claim charges with the task."""
_MORE_THAN = re.compile(r"(?:超过?|突破|高于|多于|大于|不低于|不少于|(?<![通经])过)了?$")
_LESS_THAN = re.compile(r"(?:不到|不足|低于|少于|不超过|以内)$")
_LEADS, _HELPS = re.compile("牵头|主管|主抓|总负责"), re.compile("配合|协助|协办|参与|会同")
"""Who leads a task, and who helps."""
_MAIN, _BESIDE_MAIN = re.compile("以([^,。;以]{2,10})为(?:主(?!线|题)|核心|龙头)"), re.compile("以([^,。;以]{2,24})为(?:辅|副|补充|两翼)")
"""What is the main one, and what stands beside it."""
_RATIO, _PAYER = re.compile(r"(?<!\d)(\d)\s*[:∶比]\s*(\d)(?!\d)"), re.compile("[省市县区]")
"""In what ratio something is paid, and by whom."""
_SUM = re.compile(r"(?<![\d.,])\d+(?:[.,]\d+)*[万亿](?=$|[,。;?元吧吗了的])")
_JOINTS = "的了在是把将由向被"
_TOGETHER = re.compile("[、和与及或]|都|均|各|分别|同时|[再后]|其中")
"""What says one thing of several."""
_REGIONS = frozenset("京津冀 长三角 珠三角 粤港澳 成渝 环渤海 胶东半岛 辽东半岛".split())
_DONE_THERE = frozenset("新建 上门".split())
"""Verbs that the tagger takes for places."""
_UNSAID = re.compile("[并也]?没有?(?:[说写提讲]|承诺|保证)(?:要|过|是)?[^,。?]*")
"""What a claim says that the plan does not say: none of its values is claimed."""
_AFTERWARDS = re.compile("(?:以|之)?后")
"""What tells when, and claims no value (两年后)."""
_SMALL = frozenset("234")
_BOTH = re.compile("[这那前后头哪]$")
"""Before a number that counts what the claim itself names (这两个)."""
_ROUGH = {
    "十几": (11, 19), "二十几": (21, 29), "几十": (20, 99), "上百": (100, 999), "几百": (200, 999), "上千": (1e3, 9999), "几千": (2e3, 9999), "上万": (1e4, 99999), "几万": (2e4, 99999)
}  # fmt: skip
"""The least and the most that a rough number may be."""
_ROUGHLY = re.compile(rf"({'|'.join(sorted(_ROUGH, key=len, reverse=True))})([\u4e00-\u9fff])")
_CHOICE = re.compile("还是(?![要会得没有])")
"""Which of two: neither is claimed."""
_KINDS = re.compile(r"([^,,、。;；等]{2,20}(?:、[^,,、。;；等]{2,20})+)等([^,,、。;；及和与的都对]{2,12})")
"""A list, and of what kind its members are."""
_RUNGS = re.compile("[国省市区县镇乡村]")
_BARE_NUMBER = re.compile(r"(?<![\d.,A-Za-z])(?:\d{2,}|\d(?=,\d))(?:[,.]\d+)*(?!年)(?![\d])")
_YEARS = re.compile(r"(20\d\d)年?[至到—-]+(20\d\d)")
_JUST = re.compile(r"(?:刚刚?|才|只有|仅)(?:好|刚)?(?:超过?|达到?|突破|[迈跨越]?过)?了?$")
_ENGLISH_NUMBERS = {
    word: str(number)
    for number, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), start=2)
}
_RANKS = {word: place for place, words in enumerate(("first", "second", "third", "fourth", "fifth"), 1) for word in (words, f"{place}{('st', 'nd', 'rd', 'th', 'th')[place - 1]}")}
_ENGLISH_RANK = re.compile(rf"\b(?:came|come|comes|coming|rank(?:s|ed|ing)?|placed?|finished)\s+(?:in\s+)?(?:the\s+)?({'|'.join(_RANKS)})\b")
_SITES = re.compile(r"(?:[设放建落选][在于到]?|位[在于]|选址|落户)$")
"""A verb after which what the tagger takes for a place is one."""
_SITED = re.compile(r"(?:选|设|建|位|坐落|选址|落户|布局|摆|(?<![开投排发释])放(?!(?:在|于|到)[第首前重心一手突]))(?:在|于|到)([\u4e00-\u9fff]{2,8}?)(?:沿线|附近|周边|那边|那儿|[里内]?(?:的|$|[,,。?]))")
"""Where a claim says that something stands, whatever the tagger takes it for."""
_PASSING = frozenset("year ordinal 个 项 条 家 种 类 点 级 大 年 月 日 天 次 节 章 部".split())
_FIRMS = frozenset("公司 企业 单位 厂家 厂商 商家".split())
"""Words for one another."""
_FIRM = re.compile(r"(?:公司|企业|集团)$")
_UNIT_KIN = (frozenset("毫秒 秒 分钟 小时".split()), frozenset("TB PB EB GB MB".split()), frozenset("米 公里 千米 海里".split()))
"""Units of one thing: the same number of another is another value."""
_ALIKE = 0.5
"""Share of common characters from which two names in quotes are taken for one name and its slip."""
_AGREES = 0.25
"""Share of the words of a claim that a clause must have for the rest to differ from it rather than to be about something else."""
_AROUND = re.compile(r"^(?:以及|和|与|及)|(?:等|都|也|均|全|是|在|属于|包括|列|要).*$")


def differences(claim: str, text: str, context: str = "", *, strict: bool = True, polar: bool = True, source: str = "", title: str = "") -> list[Difference]:
    """Return where `claim` and `text` differ.

    Args:
        claim: the question without its tag.
        text: the sentence, or the parts of it, that speak of the same thing.
        context: headings above and the rest of the clause, where a value of the claim may stand as well.
        title: the plan's, whose words (a city's name) are no claim.
        source: the whole plan: only its own words stand in for others, and a name that it has is no slip. Empty where it may be no claim at all.
        polar: compare negation too.
        strict: compare members of lists and negation too, as for a question that asserts (对吧); else values alone.
    """
    found: list[Difference] = []
    han = not is_english(claim)
    stated = values(text)
    around = {(value.kind, value.amount) for value in values(f"{context} {text}")}
    whole, claim = claim, _UNSAID.sub("", claim) or claim
    for value in values(claim):
        if value.kind == "ordinal" or (_AFTERWARDS.match(claim, value.end) and not any(_AFTERWARDS.match(text, s.end) for s in stated)) or (value.amount in _SMALL and _BOTH.search(claim[: value.start])) or (value.kind == "年" and value.amount in _lasting(f"{text} {title}") and not any(s.kind == "年" for s in stated)) or held(value, stated) or _counts_own(claim, value) or _in_idiom(claim, value) or _in_rate(claim, value, text) or _bounds(claim, value, stated, text) or _stands(value.text.replace(" ", ""), text):
            continue
        other = next((s for s in stated if s.kind == value.kind and not _in_claim(s, claim)), None)
        other = other or next((s for s in stated if s.amount == value.amount and s.kind != value.kind and any({s.kind, value.kind} <= kin for kin in _UNIT_KIN)), None)
        if other is None and value.kind != "year":
            other = next((s for s in stated if s.kind == value.kind), None)
        if value.kind.startswith(("letter", "roman")) and other is None:
            continue  # A级景区 is the general name, Ⅱ类 lies within Ⅰ—Ⅲ类
        if other is not None:
            found.append(Difference(value.text, other.text))
        elif (value.kind in ("year", "percent") and (value.kind, value.amount) not in around and (strict or any(kind == value.kind for kind, _ in around))) or (strict and value.kind != "rank" and value.amount not in {amount for _, amount in around}):
            found.append(Difference(value.text, ""))
    if strict:
        said = [*_BARE_NUMBER.findall(claim), *(_ENGLISH_NUMBERS[w] for w in claim.lower().split() if w in _ENGLISH_NUMBERS)]
        amounts = {value.amount for value in values(f"{context} {text}")}
        bare = [n for n in said if n.replace(",", "") not in f"{context} {text}" and n.replace(",", "") not in amounts]
        found += [Difference(number, "") for number in bare]
    if not strict:  # a sum without its unit (才148亿)
        found += [Difference(number, sum_of[0]) for number in _SUM.findall(claim) if number.replace(",", "") not in text.replace(",", "") and (sum_of := _SUM.search(text)) and sum_of[0][-1] == number[-1]]
    if not han and not found:
        found = _english_rank(claim, stated)
    found = found or _vague(claim, stated) or opposite(claim, text) or discontinued(claim, text) or exclusive(claim, text) or denied(whole, text) or _named(claim, text, context, source) or _actor(claim, text, context) or order(claim, text) or _swapped(claim, text) or _paired(claim, text) or _crossed(claim, context or text) or _miscalled(claim, text) or _replaced(claim, text, context, source, strict=strict and bool(source))
    if not found and strict:
        found = _strange_member(claim, text)
    if not found and not strict and sited(claim):
        found = _place(claim, text, context, title)
    if not found and strict and (not han or agreement(claim, f"{context} {text}") >= _AGREES):
        found = (
            _level(claim, text, context, title) or aspect(claim, text, _sentences(text, context))
            or modality(claim, text) or _members(claim, text, context, asserted=polar) or direction(claim, text) or (polarity(claim, text) if polar else [])
        )  # fmt: skip
    return found


def _in_rate(claim: str, value: Value, text: str) -> bool:
    """True for the one of a rate (一年1800元) that the text has as 每年, and for shares in tenths (六成、四成) that it has as a ratio in their order (6:4)."""
    if value.amount == "1" and value.text[0] == "一" and re.match(r"[\u4e00-\u9fff]{0,3}\d", claim[value.end :]):
        return f"每{value.kind}" in text
    shares = [one.amount for one in values(claim) if one.kind == value.kind == "成"]
    for ratio in _RATIO.finditer(text) if shares else ():
        payers, theirs = (list(dict.fromkeys(_PAYER.findall(part)))[:2] for part in (claim, text[max(0, ratio.start() - 16) : ratio.start()]))
        if shares == list(ratio.groups()[:: -1 if payers == theirs[::-1] != theirs else 1]):
            return True
    return False


def _counts_own(claim: str, value: Value) -> bool:
    """True where a number counts what the claim names right before it (海尔和青啤两家)."""
    listed = _listed_before(claim, value)
    return len(listed) > 1 and value.amount == str(len(listed))


def _listed_before(claim: str, value: Value) -> list[str]:
    """Return the members of the list of nouns that ends where the number begins, in order; empty where a verb stands between."""
    members = [""]
    for word, tag in reversed(list(rjieba.tag(claim[: value.start].rstrip("这那都")))):
        if word in ("、", "和", "与", "跟", "及"):
            members.append("")
        elif tag.startswith(("n", "j", "eng", "ns")):
            members[-1] = word + members[-1]
        else:
            break
    return [member for member in reversed(members) if member]


def _strange_member(claim: str, text: str) -> list[Difference]:
    """Return a member of a list that the claim counts (海信跟青啤两家) which the text, that has another of them, does not have."""
    for value in values(claim):
        if _counts_own(claim, value):
            members = _listed_before(claim, value)
            missing = [member for member in members if not _named_in(member, text)]
            if 0 < len(missing) < len(members):
                return [Difference(missing[0], "")]
    return []


def _named_in(name: str, text: str) -> bool:
    """True where a text has a name in part, or the longer one that it is short for (住建局: 住房和城乡建设局)."""
    return partly_in(name, text) or re.search(".{0,4}".join(map(re.escape, name)), text) is not None


def _in_idiom(claim: str, value: Value) -> bool:
    """True where what looks like a number is part of a saying (八字没一撇)."""
    at = 0
    for word, tag in rjieba.tag(claim):
        if at <= value.start and value.end <= at + len(word):
            return len(word) > len(value.text) + 1 and tag.startswith(("i", "l"))
        at += len(word)
    return False


def _english_rank(claim: str, stated: list[Value]) -> list[Difference]:
    """Return a rank told in English (came second) where the text has another."""
    match = _ENGLISH_RANK.search(claim.lower())
    ranks = [value for value in stated if value.kind == "rank" and re.search(r"第\d", value.amount)]
    return [Difference(match[0], ranks[0].text)] if match and ranks and not any(re.search(rf"第{_RANKS[match[1]]}(?!\d)", one.amount) for one in ranks) else []


def agreement(claim: str, context: str) -> float:
    """Return the share of the content words of a claim that a clause has, whole or in part, in [0, 1]; 1 where there are none."""
    terms = [term.text for term in content_terms(claim) if not modal(term.text)]
    around = context.lower()
    return sum(term in around or partly_in(term, around) for term in terms) / len(terms) if terms else 1.0


def other_values(question: str, text: str, context: str, title: str) -> list[Difference]:
    """Return the numbers with a unit, percentages, ranks and sites that a question names in passing and the text has otherwise.

    「企业5毫秒就能用上算力,怎么实现」 beside 「1毫秒算力可得」. Years, ordinals and general measure words (个, 项) are left out: a
    question names them for other reasons.

    Args:
        question: the whole question.
        text: what is quoted.
        context: headings and clause, where the value may stand as well.
        title: the plan's, whose places are no claim.
    """
    if _CHOICE.search(question):
        return []
    around = {(value.kind, value.amount) for value in values(f"{context} {text}")}
    stated = [value for value in values(text) if value.kind not in _PASSING]
    asked = values(question)
    found = []
    for value in asked:
        other = next((s for s in stated if s.kind == value.kind and not _in_claim(s, question)), None)
        piece = re.split("[,;。?!]", question[: value.start])[-1]
        if piece.endswith("每") or value.text.startswith("最") or (value.amount == "1" and value.text[0] == "一") or re.search("[我俺咱]们?家?里?(?:有|种|养|买|住|今年)", piece):
            continue  # for so many (每亩, 一亩), or so many of the asker's own
        if other and value.kind not in _PASSING and not held(value, stated) and (value.kind, value.amount) not in around and value.text not in context:
            found.append(Difference(value.text, other.text))
    return found or (_place(question, text, context, title) if sited(question) else [])


def other_names(question: str, text: str, context: str, source: str) -> list[Difference]:
    """Return a proper name or a level (全国, 省级) of a question in whose place, between the same words, the text has another.

    「怎样引领长三角城市群的数字化转型」 beside 「引领山东半岛城市群数字化转型发展」. Arguments as of `differences`.
    """
    found = _replaced(question, text, context, source, strict=False)
    return [one for one in found if _is_name(one.claimed) or _LEVEL.fullmatch(one.claimed)]


def sited(question: str) -> list[str]:
    """Return the places at which a question supposes something to stand (设在城阳区, 放在北湾镇)."""
    words = list(rjieba.tag(question))
    return [
        place for (before, _), (place, tag) in pairwise(words)
        if (re.search("^[在于到]$", before) and is_place(place, tag)) or (_SITES.search(before) and (tag == "ns" or is_place(place, tag)))
    ]  # fmt: skip


def _replaced(claim: str, text: str, context: str, source: str, *, strict: bool) -> list[Difference]:
    """Return words of the claim in whose place, between the same words, the text has others.

    「成为全省智慧新生活之城样板」 beside 「成为全国智慧新生活之城样板」: what stands between two common stretches differs.

    An everyday word that the plan nowhere uses is a paraphrase, not a difference.

    Args:
        claim: the question without its tag.
        text: what is quoted.
        context: where the claim's words may stand as well.
        source: the whole plan.
        strict: two common characters beside the difference are enough on either side; else there have to be more.
    """
    mine, theirs = _words(claim), _words(text)
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if strict and blocks and (first := max(blocks, key=lambda one: len("".join(mine[one.a : one.a + one.size])))) and first.b:
        said, stated = "".join(mine[: first.a]), theirs[first.b - 1]
        kept = len("".join(mine[first.a : first.a + first.size]))
        if kept >= 5 and 2 <= len(said) <= 4 and said.isalnum() and said not in source and rjieba.tag(said)[0][1].startswith(("n", "j")) and not is_asking(said) and _is_name(stated):
            return [Difference(said, stated)]
    for before, after in pairwise(blocks):
        said = "".join(mine[before.a + before.size : after.a])
        stated = "".join(theirs[before.b + before.size : after.b])
        left = len("".join(mine[before.a : before.a + before.size]))
        right = len("".join(mine[after.a : after.a + after.size]))
        flanked = left >= 2 and right >= 2 and left + right >= (5 if strict else 7)
        short = 2 <= len(said) <= 8 and 2 <= len(stated) <= 12
        rung = _RUNGS.sub("", said) == _RUNGS.sub("", stated) and len(said) == len(stated)
        plain = not {said, stated} <= _FIRMS and (said + stated).isalnum() and not is_asking(said) and all(len(value.text) < len(said) for value in values(said)) and not OPEN.search(said) and (said in source or rung or _LEVEL.fullmatch(said) or _is_name(said))
        levels = _LEVEL.fullmatch(said) and _LEVEL.fullmatch(stated) and _class_of(said) != _class_of(stated)
        if flanked and short and plain and (levels or (said not in text and said not in context)):
            return [Difference(said, stated)]
    return []


def _is_name(text: str) -> bool:
    """True where `text` begins with a proper name: no paraphrase, even where the plan nowhere has it."""
    word, tag = rjieba.tag(text)[0]
    return len(word) > 1 and word not in _DONE_THERE and (tag in ("ns", "nt", "nz", "nr", "j") or word in _REGIONS)


def _words(text: str) -> list[str]:
    """Return the words of `text` without those that only join; a mark of punctuation is a word that never matches."""
    words = [word for word in rjieba.cut(re.sub("[“”\"「」『』]", "", text)) if word.strip() and word not in _JOINING]
    return [word if word[0].isalnum() else f"{place}{word}" for place, word in enumerate(words)]


def _named(claim: str, text: str, context: str, source: str) -> list[Difference]:
    """Return a name in quotes that the clause has otherwise: the two are alike and not the same; one that `source` has is no slip."""
    for name in _QUOTED.findall(claim):
        if any(re.search(rf"(?<![\d+]){re.escape(name)}(?![\d+])", where) for where in (text, context, source)):
            continue
        alike = [(SequenceMatcher(None, name, other).ratio() + 0.5 * (name[:3] == other[:3]), other) for other in _QUOTED.findall(text)]
        ratio, other = max(alike, default=(0.0, ""))
        if ratio >= _ALIKE or (other and any(one in text for one in _QUOTED.findall(claim))):
            return [Difference(name, other)]
    return []


def _crossed(claim: str, text: str) -> list[Difference]:
    """Return two parts of the claim of which each says of its subject what the text says of the other's.

    「基站超4万个,机柜超3万个」 beside 「基站超3万个,机柜数超4万个」: of each part one word stands only in one part of the text, and
    another only in the other, the other way round.
    """
    parts = [set(_marks(part)) | {part} for part in re.split("[,,、;；。]", text) if part]
    said = [(piece, _marks(piece)) for piece in re.split("[,,、;；。]", claim) if piece and not OPEN.search(piece)]

    def homes(marks: list[str], among: range) -> list[int]:
        """Return, for each mark that one of those parts of the text alone has, the place of that part."""
        found = [[place for place in among if any(mark in one for one in parts[place])] for mark in marks]
        return [places[0] for places in found if len(places) == 1]

    for (one, mine), (other, theirs) in pairwise(said):
        for among in (range(len(parts)), *(range(place, place + 2) for place in range(len(parts) - 1))):
            first, second = homes(mine, among), homes(theirs, among)
            if len(set(first)) == len(set(second)) == 2 and set(first) == set(second) and first[0] != second[0] and first[-1] != second[-1]:
                return [Difference(one, other)]
    return []


def _paired(claim: str, text: str) -> list[Difference]:
    """Return a name that the claim puts to a thing and the text, in a part of its own, to another of that kind.

    「西干渠把甲山水库的水送到丙县」 beside 「东干渠连接甲山水库与乙县,西干渠连接丁江水库与丙县」.
    """
    parts = [part for part in re.split("[,;。]", text) if part and not part.startswith("其中")]
    for piece in re.split("[,;。]", claim):
        if OPEN.search(piece) or _TOGETHER.search(piece):
            continue
        homes = {place: own for place, part in enumerate(parts) if (own := [name for name in _shared(piece, part) if sum(name in other for other in parts) == 1])}
        if len(homes) != 2:
            continue
        (one, mine), (other, theirs) = sorted(homes.items(), key=lambda home: -len(home[1]))
        alike = [word for word in content_terms(parts[one]) if len(word.text) > 1 and word.text in parts[other]]
        charged = [next((body for name in names if (body := _BODY.match(parts[place])) and (name in body[0] or body[0] in name)), None) for place, names in ((one, mine), (other, theirs))]
        if (len(mine) > len(theirs) == 1 and len(alike) > 1) or (len(mine) == len(theirs) == len(_BODY.findall(piece)) == 1 and None in charged and any(charged) and _BODY.match(parts[one]) and _BODY.match(parts[other])):
            return [Difference(theirs[0], parts[one])]
    return []


def _shared(piece: str, part: str) -> list[str]:
    """Return the stretches of three characters or more that both hold, in their order in `piece` (in any order in `part`)."""
    found, first = [], 0
    while first < len(piece) - 2:
        last = first
        while last < len(piece) and piece[first : last + 1] in part:
            last += 1
        if len(name := piece[first:last].strip(_JOINTS)) > 2:
            found.append(name)
        first = max(last, first + 1)
    return found


def _marks(text: str) -> list[str]:
    """Return the words and the amounts of a text by which its parts are told apart, in their order."""
    found = {term.text: text.lower().find(term.text) for term in content_terms(text)}
    found |= {f"{value.amount}{value.kind}": value.start for value in values(text) if value.kind not in ("ordinal", "grade")}
    return sorted(found, key=lambda mark: found[mark])


def _miscalled(claim: str, text: str) -> list[Difference]:
    """Return the kind of which the claim makes a thing that the text lists as one of another kind.

    「自贸片区算一项国家重大战略机遇」 beside 「乡村振兴、经略海洋等国家重大战略机遇及上合示范区、自贸片区等重大平台」.
    """
    lists = [(set(match[1].split("、")), match[2].removesuffix("建设")) for match in _KINDS.finditer(text)]
    for members, kind in lists:
        others = [other for _, other in lists if other and other != kind and other in claim]
        if others and kind not in claim and any(member[-4:] in claim for member in members if len(member) >= 4):
            return [Difference(others[0], kind)]
    return []


def _swapped(claim: str, text: str) -> list[Difference]:
    """Return two names in quotes of the claim that have in the text what the claim says of the other.

    「“一链办”是跨部门的,“打包办”是系统内的」 beside 「系统内“一链办”、跨部门“打包办”」.
    """
    parts = re.split("[,,、;；。]", text)
    told = []
    for piece in re.split("[,,、;；。]", claim):
        names = [name for name in _QUOTED.findall(piece) if name in text]
        if len(names) == 1:
            told.append((names[0], [t.text for t in content_terms(piece) if t.text not in names[0]]))
    for (name, terms), (other, others) in pairwise(told):
        mine, theirs = ([part for part in parts if f"{one}”" in part] for one in (name, other))
        if len(mine) == len(theirs) == 1 and mine != theirs:
            crossed = any(t in theirs[0] and t not in mine[0] for t in terms) and any(t in mine[0] and t not in theirs[0] for t in others)
            if crossed:
                return [Difference(name, other)]
    return []


def _actor(claim: str, text: str, context: str) -> list[Difference]:
    """Return who does or heads it in the claim, where the clause has another or knows none such."""
    if (mine := _HEAD.search(claim)) and (theirs := _HEAD.search(text)):
        said, stated = (next(group for group in match.groups() if group) for match in (mine, theirs))
        rungs, others = (set(re.findall("中央|街道|[国省市区县镇乡村]", one)) for one in (said, stated))
        if rungs and others and not rungs & others:
            return [Difference(mine[0], theirs[0])]
        said, stated = (re.sub("^(?:[市省区县]?(?:人民)?(?:政府)?的?)", "", one.removesuffix("本人")) for one in (said, stated))
        another = (said and not stated.endswith(said)) or (stated.endswith(said) and "副" in stated and "副" not in said)
        if another and (not _CHIEF.search(theirs[0]) or _DEPARTMENT_HEAD.search(said)):
            return [Difference(mine[0], theirs[0])]
    firms = [word for word, tag in rjieba.tag(text) if tag == "nt"]
    foreign = [word for word, tag in rjieba.tag(claim) if tag == "nt" and word not in f"{context} {text}"]
    if firms and foreign and not set(foreign) & set(firms):
        return [Difference(foreign[0], firms[0])]
    if beside := _beside_lead(claim, text) or _as_main(claim, text):
        return beside
    charged = _CHARGED.search(claim)
    if charged and charged[1][-2:] not in f"{context} {text}":
        return [Difference(charged[1], "")]
    claimed = [name for name in _BODY.findall(claim) if name[-2:] not in f"{context} {text}" and not _named_in(name[-3:], text) and name[0] not in "我你咱这那哪各小有" and "各" not in name]
    if claimed and _FIRM.search(claimed[0]) and any(map(_FIRM.search, _BODY.findall(text))):
        return []  # 快递公司 beside 快递企业
    stated_bodies = _BODY.findall(text)
    return [Difference(claimed[0], stated_bodies[0])] if claimed and stated_bodies else []


def _beside_lead(claim: str, text: str) -> list[Difference]:
    """Return the body that the claim has lead a task with which, in the text, it only helps (由甲局牵头,乙局配合), or the other way round."""
    parts = re.split("[,;。]", text)
    leading, helping = ([part for part in parts if pattern.search(part)] for pattern in (_LEADS, _HELPS))
    for said, mine, theirs in ((_LEADS, leading, helping), (_HELPS, helping, leading)):
        for piece in re.split("[,;。]", claim):
            bodies = _BODY.findall(piece) if said.search(piece) and not (_LEADS.search(piece) and _HELPS.search(piece)) else []
            wrongly = [body for body in bodies if mine and any(body[-3:] in part for part in theirs) and not any(body[-3:] in part for part in mine)]
            if wrongly:
                return [Difference(wrongly[0], mine[0])]
    return []


def _as_main(claim: str, text: str) -> list[Difference]:
    """Return what the claim takes for the main one (以乙港区为主) and the text has beside another (以甲港区为主,以乙港区为辅)."""
    for said in _MAIN.finditer(claim):
        stated = [match[1] for match in _MAIN.finditer(text)]
        if stated and not any(said[1] in one or one in said[1] for one in stated) and any(said[1] in match[1] for match in _BESIDE_MAIN.finditer(text)):
            return [Difference(said[0], stated[0])]
    return []


def _level(claim: str, text: str, context: str, title: str) -> list[Difference]:
    """Return a level or a place of the claim that the clause does not have, where it has another; `title` is the plan's."""
    if (called := _OF_LEVEL.search(claim)) and (own := _level_beside(called[1], text)) and _class_of(own) != _class_of(called[2]):
        return [Difference(called[2], own)]
    for match in _LEVEL.finditer(claim):
        stated = {_class_of(other): other for other in _LEVEL.findall(text)}
        if stated and _class_of(match[0]) not in stated and match[0] not in context:
            return [Difference(match[0], next(iter(stated.values())))]
    return _place(claim, text, context, title)


def _sentences(text: str, context: str) -> str:
    """Return a quote with the whole sentences of the clause that it is cut from."""
    cut = re.split("[,,。;; ]", text)
    return " ".join([text, *(sentence for sentence in re.split("[。;;]", context) if any(len(part) > 3 and part in sentence for part in cut))])


def _level_beside(thing: str, text: str) -> str:
    """Return the level that stands before a thing in a list (省级智慧农业试验区); empty where the text has none there."""
    for item in re.split("[、,,。;；和及与]", text):
        if thing[-_HEADS:] in item and (level := _LEVEL.search(item[: item.index(thing[-_HEADS:])])):
            return level[0]
    return ""


def _place(claim: str, text: str, context: str, title: str) -> list[Difference]:
    """Return a place of the claim that the clause does not have, where it has another; `title` is the plan's."""
    others = [word for word, tag in rjieba.tag(text) if is_place(word, tag) and word[:2] not in title]
    others += [found[0]] if not others and (found := holds(Wants.PLACE, text)) else []
    for word, tag in rjieba.tag(claim):
        if (is_place(word, tag) or word in districts_of(title)) and len(word) > 1 and word not in f"{text} {context}" and word not in title:
            return [Difference(word, others[0])] if others else []
    named = [*sited(claim), *_SITED.findall(claim)]
    sites = [word[2:] if word[:2] in title and re.fullmatch("[\u4e00-\u9fff]{2,6}[区县镇]", word[2:]) else word for word in named if not OPEN.search(word)]  # 青岛自贸片区: 自贸片区
    return [Difference(word, "") for word in sites if len(word) > 1 and word[:2] not in f"{text} {context} {title}"]


def _vague(claim: str, stated: list[Value]) -> list[Difference]:
    """Return a number told roughly (十几个, 上百家) that the text has otherwise in the same unit, and none that fits."""
    for match in _ROUGHLY.finditer(claim):
        least, most = _ROUGH[match[1]]
        amounts = [(float(s.amount), s.text) for s in stated if s.kind == match[2] and re.fullmatch(r"\d+(?:\.\d+)?", s.amount)]
        if amounts and not any(least <= amount <= most for amount, _ in amounts):
            return [Difference(match[0], amounts[0][1])]
    return []


def _class_of(level: str) -> str:
    return next((name for name, words in _LEVELS.items() if any(word in level for word in words)), level)


def _bounds(claim: str, value: Value, stated: list[Value], text: str) -> bool:
    """True where the claim says more or less than a value (超过99%), and a stated value of the kind is; not where the text says more than another (超4万)."""
    before = claim[max(0, value.start - 4) : value.start]
    if _JUST.search(claim[: value.start]):
        return False
    experienced = value.kind in ("次", "届") and before.endswith("过") and not before.endswith("超过")  # 蝉联过两次
    sign = 1 if _MORE_THAN.search(before) and not experienced else -1 if (less := _LESS_THAN.search(before)) else 0
    strictly = sign < 0 and less is not None and not less[0].startswith(("不超过", "以内"))
    try:
        others = [s for s in stated if s.kind == value.kind and not (sign > 0 and _MORE_THAN.search(text[max(0, s.start - 4) : s.start]))]
        apart = [sign * (float(s.amount) - float(value.amount)) for s in others if sign]
        return any(one > 0 if strictly else one >= 0 for one in apart)
    except ValueError:  # a rank, a grade
        return False


def _lasting(text: str) -> set[str]:
    """Return how many years the ranges of years in a text last (2023至2025年: 3)."""
    return {str(int(last) - int(first) + 1) for first, last in _YEARS.findall(text)}


def _stands(written: str, text: str) -> bool:
    """True where a value stands in the text as written, and not as the end of another (2万 in 1.2万)."""
    return re.search(rf"(?<![\d.]){re.escape(written)}", text) is not None


def held(value: Value, stated: list[Value]) -> bool:
    """True where one of the stated values is the value."""
    if value.kind == "rank":
        ranks = [(re.sub("[个位名]$", "位", value.amount), re.sub("[个位名]$", "位", s.amount)) for s in stated if s.kind == "rank"]  # 头一个 is 第一位
        return any(mine in theirs or theirs in mine for mine, theirs in ranks)
    return any((s.kind, s.amount) == (value.kind, value.amount) for s in stated)


def _in_claim(value: Value, claim: str) -> bool:
    return any((other.kind, other.amount) == (value.kind, value.amount) for other in values(claim))


def _members(claim: str, text: str, context: str, *, asserted: bool) -> list[Difference]:
    """Return the members of a list in the claim that the text, which has the others, does not have.

    Where the claim is `asserted`, a list of which the text has nothing at all differs from the one that it has.
    """
    for match in ENUMERATION.finditer(claim):
        members = [_AROUND.sub("", member) for member in re.split(r"、|以及|和|与|及|(?:再|外)?加上?", match[0])]
        members = [member for member in members if len(member) >= 2]
        if sum(bool(values(member)) for member in members) > 1:
            continue  # 市里出六成、区里出四成: claims, and no members
        missing = [member for member in members if member not in text and member[-4:] not in text and member[:4] not in text]
        if len({member[-1] for member in members}) == 1:  # 水表、电表 beside 水、电、天然气计量器具
            missing = [member for member in missing if not re.search(f"[、和与及]{re.escape(member[:-1])}|{re.escape(member[:-1])}[、和与及]", text)]
        missing = [member for member in missing if member is not members[0] or member[-2:] not in text]  # a verb may stand before the first
        listed = asserted and "、" in text and all(member not in context for member in members)
        if missing and (len(members) - len(missing) >= 2 or (listed and len(missing) == len(members) > 1)):
            return [Difference(member, "") for member in missing]
    single = [set(match[0]) - {"、"} for match in _SIGNS.finditer(text)]
    for match in _SIGNS.finditer(claim):
        signs = set(match[0]) - {"、"}
        if any(len(signs & stated) >= 2 and signs - stated for stated in single):
            return [Difference(match[0], "")]
    words = [(word, tag) for word, tag in rjieba.tag(claim) if word not in _JOINING or word in "和与跟同"]
    for (left, _), (joint, _), (right, tag) in zip(words, words[1:], words[2:], strict=False):
        name = tag in ("ns", "nt", "nz", "nr", *(("n",) if joint in "和与" else ())) and len(right) > 1  # 跟房子一同验收 joins no members
        if joint in "和与跟同" and left in text and name and not partly_in(right, f"{text}{context}"):
            return [Difference(right, "")]
    return []


