"""Questions that ask for two things: taken apart, so that each is answered from its own clause."""

from __future__ import annotations

import re

import rjieba

from qa.values import Wants, asked_for
from qa.wording import TIME, content_terms, is_asking, nouns, substitute

_ASKING = re.compile(
    r"什么|哪|谁|多少|(?P<said>[\u4e00-\u9fff])[不没](?P=said)|(?<![好那这十前后])几(?![百千十乎])|几[百千十]+个?(?=$|[?,。;])|怎么|怎样|如何|为什么|为何|啥|咋|吗|干嘛|干吗|是否|还是[没不]|有没有|能不能|会不会|[了好成完上到过]没有?[啊呀哇哈]?$|(?<=[\u4e00-\u9fff])[不没][啊呀]?$|(?:分别|各)(?:是|叫|为)?$|呢$|多[大高长远快久少细深广密强]|what|which|how|when|who|why|where", re.I
)
_TOLD = re.compile(r"^(?:请|麻烦|我)?(?:先|再|然后|接着|另外|也|还|顺便)(?:想|要)?(?:说|讲|谈|报|问|看(?![病医])|告诉|列|给|知道)(?:我)?|^除了|^以及|(?<!哪)(?:一句|一条|一段)$|^[再也](?:把|将)(?=.{2,}(?:告诉|说|讲|给|列|报|写|念|带))|(?:一句话)?(?:讲|说|概括|交代)(?:完|清楚|明白|一下)$")
"""A part that asks without a word of asking: 先说…, 再说…, 除了…, …一句."""
_OPENING = re.compile(
    r"^(?:请|麻烦)?(?:帮我|你)?(?:(?:对比|比较|对照|比)(?:一比|一下|下)?(?:说明|说说|看看)?|(?:我(?:有|想问))?[两二三几](?:个问题|件事|个事|点)|two (?:things|questions)|compare)[::,,]?\s*(?=.{6})|^[^:,。?]{0,14}[两二三](?:样|件事?|个[^:,。?]{0,4}(?:问题|名次|数|方面|事)|点)[^:,。?]{0,4}(?:,[^:,。?]{0,8})?\s*(?::|——?)\s*", re.I
)
_APART = re.compile(r"分开(?:来)?(?:答|说|讲|回答|列)|分别(?:作答|回答|说明)|逐一(?:回答|说明)")
"""What makes a question of each part, whether it asks or not."""
_JOINED = re.compile("以及|还有|另外|外加|另加")
_ATTRIBUTE = re.compile(r"[\u4e00-\u9fff”]的?(?:名次|位次|数量|个数|数目|时间|年份|比例|名称|做法|举措|措施|情况|定位)$")
"""How a part ends that asks for a thing of its own without a word of asking, where another is joined to it."""
_OF_SELF = re.compile(r"(?:I|we|as an?)\b", re.I)
"""Who asks in English; no topic."""
_CONNECTS = re.compile("再说|还有|另外|以及|顺便|此外|对了")
_ALL_BUT = re.compile("除了?[^,。?]+,(?:剩下|其余|另外|其他|其它|剩余)")
"""All but some: one question (除了农业,剩下四个是哪些)."""
_FURTHER = re.compile(r"^(?:还有|另外|再(?:就是|有)?|至于|以及|再说|然后)(?!什么|哪|多少|几)")
"""How a part begins that tells what the next question is about."""
_WHEN = re.compile("(?:之后|以后|的时候|的话)$")
"""How a part ends that tells when the next question applies."""
_ASIDE = re.compile("(?:我们?|俺们?|咱们?|本人)(?:是|在|要|就|只|得|等)|[两俩三四](?:个|样|条)?都|都要|谢")
"""How a part at the end begins that only speaks of who asks or of how many answers are wanted."""
_REPEATS = re.compile(r"(?:(?:文件|规划|文|里面|里头)(?:里|中|上)?面?)?(?:有(?:没有)?[^,]{0,6}(?:吗|么|没有?)?|(?:给|写|定)(?:个|了|过|出)?准?(?:数|时间|明|死)了?(?:吗|么|没有?))")
"""A part that only asks once more whether there is such a thing (…几月完工,有时间节点吗)."""
_GOING_ON = re.compile(r"^(?:然后|接着|接下来|后[面头续]|以后|今后|往后|下一步|将来|未来|到20\d\d|[又再也]|还(?!有(?!哪|什么|多少|几))|.{1,3}以后|.{0,3}每[年月])")
"""How a later part begins that goes on about the same thing."""
_BACK = re.compile(r"^(?:那(?=[它他])|他们|它们?|这(?:[个些种项条])?|其|该)|它们?")
_SIDE_BY_SIDE = re.compile(
    r"各(?:自|是|有|要|怎|讲|提|说|在)|各(?![级类地界区行领环种项部单方])(?=\S)|分别|对比|对照|比较|相比|比一比|区别|不同|差别|差异|异同|各(?:摘|引|来|说|报)|两处|两头|(?:两|二)(?:者|方面|个方面|块|样|项|件事|头|边)|一样来|一块儿|合起来|都说说|两样|几头|(?:两|三)头|这头.{1,20}[那这]头|差在|[两三](?:条|段|句|节|章)(?!线|路|街)|这[两三几](?:处|头|样|项)|那[头边块].{1,12}那[头边块]|[两三](?:个)?(?:数|边)|一[起并](?:告诉|说|讲|给|列|回答)|哪(?:一)?个[^,。?]{0,10}更|compare|difference|respectively|both", re.I
)
_QUOTED = re.compile(r"[“\"「『]([^”\"」』]{2,20})[”\"」』]")
_ROLES = {"目标", "下一步", "现状", "愿景", "基础", "成绩", "成果", "状态", "程度", "水平", "方面", "原则", "任务", "提法", "底子", "效果"}
_CLAIMS = re.compile(r"(?:是吗|对吗|是吧|对吧|对不对|吧|[哈嘛呗咯喽])[?。]?$")
"""A list that is put for agreement is one claim."""
_COUNTED_LIST = re.compile(r"^(?:[^:,。?]{1,16},)?([^:,。?]{0,12}?)([两俩二三仨四])(?:个|样|件|点|条|处|项|桩|句|段|头|块)(?:[^:。?]{0,8})[::—]+([^。?]+?)(?:[。?].*)?$")
"""So many things, and what they are: 西海岸新区三件事:…、…、…"""
_MANY = {"两": 2, "俩": 2, "二": 2, "三": 3, "仨": 3, "四": 4}
"""What the numbers of `_COUNTED_LIST` mean."""
_ASKER = re.compile("我|俺|咱|想|请|问|查|写|求|打听|麻烦|核|帮|先|就|还")
"""How a lead begins that speaks of who asks, or of asking, and names no topic."""
_ONE_AND_ONE = re.compile(r"^(.*?),?一([次处头边张条句段])(?:是|讲|说|写)([^,。?;]+?)[,、;]?(?:另)?一\2(?:是|讲|说|写)([^,。?;]+?)(?:[,。?;]+(.+?))?[?。]*$")
"""One thing, and another: 一次是…,一次是…"""
_ONE_AND_ANOTHER = re.compile(r"(?:^|[,:;—。])\s*(?:第?一个?是|头一个(?:是)?|一来是?)([^;。?]{4,}?)[,;。?]\s*(?:再一个|另一个|还有一个|第?二个?是|二来)(?:就?是)?([^;。?]{4,})")
"""One thing that is asked, and another: 一个是…,再一个…"""
_EACH_OF = re.compile(r"[,;?。]\s*(?:各|分别)(?:是|有|要|需|为)")
"""A later part that asks for something of each of two topics."""
_TELL = re.compile(r"(?:都|一并|一起|一块儿)*(?:告诉|说|讲|给|列)(?:我|说|讲|出来|一下)*[。?!]*$")
_BOTH = re.compile(r"(?:这)?(?:两|二)(?:边|者|样|处|个|头)(?:的)?(?=\S)|这俩的?|(?=各)|(?:原[话文]|说法|表述|提法)(?=分别)")
_BESIDE = re.compile("^(?:对照|对比|比照|再看|再加上?|加上|外加)")
"""How the second of two topics begins that are told side by side."""
_COUNTED = re.compile("[这那]?[两二三]")
"""How a part begins that only speaks of both (两张网名字别弄混)."""
_LISTED = re.compile(r"([^,,。;:?、—]{2,14}(?:、[^,,。;:?、—和与]{2,16})+(?:(?:和|与|以及)[^,,。;:?、—]{2,12}?)?)(?=,?这[两三几俩仨]|[两几三]头|,?[两三](?:样|个|件)|各|分别|,?一起)")
_LED = re.compile("([^在对]{2,8}[在对])([^在对]{2,6})$")
"""What the items of a list are asked of, before the first of them."""
_AND = re.compile(r"和|与|跟|以及|及(?!时)|(?<=[^共不相])同(?!步|意|时|样|一)|\bvs\b|\band\b|\bwith\b", re.I)
_PREDICATE = frozenset("已经 已 已有 现有 眼下 如今 还 要 会 将 能 打算 预计 准备 在 是 有 凭 一共 总共 共 怎么".split())
"""Words before which the topic of a question ends."""
_ENUMERATED = re.compile(r"(?:^|[\s,。?;:])(?:\(?[1-4一二三四①②③④][).、](?=[^\d(])|(?:第[一二三四]|其[一二三四])[,:、]|[一二三四]问)")
"""The mark before each question of an enumeration: 1)…2)…, 第一,…第二,…"""
_ANNOUNCED = re.compile(r"^.{0,8}(?:的|道|个)(?:题目?|问题|作业)$|(?:我?(?:想|要))?(?:问|请教|了解|知道|以下|下面)(?:以下|下面|这|一下)?[两二三四](?:点|件事|个问题|样|个方面)$")
"""How a topic ends that only says how many questions follow."""
_FORMER_LATTER = re.compile(r"前(?:者|一[个句条项处])([^后]+?)[,;。?]?\s*[而那]?后(?:者|一[个句条项处])(.+)")
"""What is asked of the first of two, and of the second."""
_SOME_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d年?(?:(?:和|与|跟|、|同|vs|对比)(?:19|20)\d\d年?){1,3})(?!\d)(这?[两三四]个?年(?:份|头)的?)?", re.I)
"""Years that are asked about one by one; that they are counted says so."""
_BOTH_AND = re.compile(r"既(?:是|要|想|盼着?|得|能|在|有)?([^,。;?]{2,24}),\s*(?:[又也](?:是|要|想|盼着?|得|能|在|有)?|还(?:要|想|是)?)([^,。;?]{2,24})(?=,|[。?]|$)")
"""One thing that is said to be, or is wished to be, two: 既是…,也是…."""
_SUMMED_UP = re.compile(r"[两俩各都]|分别")
_SCOPED = re.compile(r"[^的,]{2,8}(?:[里中]|部分|[章节条段])的")
"""How a topic begins that only says where to look: 基本原则里的期许."""
_PLUS = re.compile(r"(?<=[\u4e00-\u9fff)])\s*\+\s*(?=[\u4e00-\u9fff])")
_HEADED = re.compile(r"([^,:;。?]{2,16}?)(?:[,:]\s*|\s+)([^,:;。?]{2,6}?)\s*(?:\+|/|和|与|及|、)\s*([^,:;。?]{2,6})[。?]?")
"""A topic, and after it what is to be told of it: 骨干直联点:开通情况+后续优化."""
_ENGLISH_TWO = re.compile(r"\b(?:two|2) (?:things|questions|points)\b[^:]{0,20}:\s*(.+?)(?:;\s*(?:and\s+)?|,\s*and\s+)(.+)", re.I)
"""Two things: one, and another."""
_MOST, _SHORTEST, _BARE, _LONGEST_TOPIC = 4, 4, 7, 16
"""Parts of a question; characters of a part, of one that cannot stand alone, of a topic."""


def asks_for_two(text: str) -> bool:
    """True where a question names two things that are to stand side by side."""
    return side_by_side(text) and bool(re.search(r"和|与|跟|及|、|两|and", text))


def side_by_side(text: str) -> bool:
    """True where a question has a word that sets things side by side (分别, 各, 对比)."""
    return bool(_SIDE_BY_SIDE.search(text))


def readings(text: str, *, roles: bool = False) -> list[tuple[str, ...]]:
    """Return the questions that `text` holds as `taken_apart` does, each with the other way in which it may be read.

    A later part may go on about the topic of the first or have one of its own; which of the two, the evidence tells.
    """
    apart = taken_apart(text, roles=roles)
    if len(apart) < 2:
        return [(one,) for one in apart]
    topic = _topic(apart[0])
    read: list[tuple[str, ...]] = [(apart[0],)]
    for one in apart[1:]:
        bare = one.removeprefix(topic)
        other = bare if bare != one else f"{topic}{one}"
        alone = len(topic) > 1 and other in text and len(content_terms(other)) > 1
        with_topic = len(topic) > 1 and bare == one and topic not in one and one in text
        read.append((one, other) if alone or with_topic else (one,))
    return read


def taken_apart(text: str, *, roles: bool = False) -> list[str]:
    """Return the questions that `text` holds, two to four, or `text` alone.

    Parts between marks that each ask something of their own are questions of their own; what a later one leaves out is
    taken from what comes before it. A pair of topics that is to be told apart (各, 分别, 区别, 两方面) is one question
    about each.

    Args:
        text: normalised.
        roles: it asks what is and what shall be; that is one question where it is about one topic.
    """
    if two := _ENGLISH_TWO.search(text):
        return [one.strip(" .?") for one in two.groups()]
    if told := _former_and_latter(text):
        return told
    if another := _ONE_AND_ANOTHER.search(text):
        return [one.strip(" ,。?") for one in another.groups()]
    if items := _counted_list(text):
        return items
    if _ALL_BUT.search(text):
        return [text]
    body = _OPENING.sub("", text)
    if (headed := _HEADED.fullmatch(body)) and not _ASKING.search(body) and not _CLAIMS.search(body):
        return [f"{headed[1]}{headed[2]}", f"{headed[1]}{headed[3]}"]
    if all(map(_ASKING.search, sums := _PLUS.split(body))):
        body = ";".join(sums)
    if len(_ENUMERATED.findall(body)) > 1:
        body = _ENUMERATED.sub(";", body).strip(" ;")
    if not roles and _EACH_OF.search(body) and len(pieces := _pair(body)) > 1:
        return pieces
    parts = _by_marks(body, roles)
    if parts or roles or _CLAIMS.search(text):
        return parts or [text]
    if (both := _BOTH_AND.search(body)) and _SUMMED_UP.search(body, both.end()):
        return [f"{body[: both.start()].rpartition(',')[2]}{one}" for one in both.groups()]
    years = _SOME_YEARS.search(body)
    if not _SIDE_BY_SIDE.search(text) and not (years and years[2]):
        return [text]
    if years:
        return [f"{body[: years.start()]}{year}年{body[years.end() :]}" for year in re.findall(r"\d{4}", years[1])]
    quoted = [match[0] for match in _QUOTED.finditer(body)]
    if 2 <= len(quoted) <= 3 and len(pieces := _around_quotes(body, quoted)) > 1:
        return pieces
    return _enumerated(body) or _pair(body) or [text]


def _former_and_latter(text: str) -> list[str]:
    """Return what is asked of the former and of the latter, each with its name; empty where no pair of names stands before them."""
    asked = _FORMER_LATTER.search(text)
    if not asked or _CLAIMS.search(text):
        return []
    before = _OPENING.sub("", text[: asked.start()])
    names = [match[0] for match in _QUOTED.finditer(before)] or [one.strip(" ,:") for one in _AND.split(re.split(r"[,:。]|这[两二]", before)[0])]
    return [f"{name}{rest}".strip(" ?。") for name, rest in zip(names, asked.groups(), strict=True)] if len(names) == 2 and all(names) else []


def _counted_list(text: str) -> list[str]:
    """Return the things of a list that says how many they are, each with the topic before their number; empty where the two do not agree."""
    match = _COUNTED_LIST.match(text)
    if not match or _CLAIMS.search(text):
        return []
    for marks in ("、", "[;?]", "[,;、?]"):
        items = [re.sub("^(?:和|与|跟|以及|还有|再)", "", item.strip()) for item in re.split(marks, match[3]) if item.strip()]
        if len(items) == _MANY[match[2]] and all(map(content_terms, items)):
            topic = "" if _ASKER.match(match[1]) or not _nouns(match[1]) else match[1].rstrip("这那的有")
            return [re.sub("它们?", topic, item, count=1) if topic and "它" in item else f"{topic}{item}" for item in items]
    return []


def _by_marks(text: str, roles: bool) -> list[str]:
    """Return the parts between marks that each ask something, made whole; empty where there are not two."""
    listed = [piece.rpartition(":")[2].strip(" 。?") for piece in text.split(";")]
    if 2 <= len(listed) <= _MOST and all(map(_nouns, listed)):
        return listed
    pieces = [(piece.strip(), mark) for piece, mark in re.findall(r"([^?!。;,:]+)([?!。;,:]*)", text) if piece.strip()]
    sides = [re.split(r"、|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", piece) for piece, _ in pieces]
    pieces = [(part, mark) for (piece, mark), split in zip(pieces, sides, strict=True) for part in (split if all(map(_asks, split)) else [piece])]
    asking: list[str] = []
    theme = pending = ""
    apart = bool(_APART.search(text))
    joined = bool(_JOINED.search(text))
    closed, unasked = False, True  # the sentence before ended with a question mark; this one has asked nothing so far
    for place, (piece, mark) in enumerate(pieces):
        if _APART.search(piece) and not content_terms(_APART.sub("", piece)):
            continue
        later = any(_ASKING.search(one) for one, _ in pieces[place + 1 :])
        if _asks(piece) or apart or (joined and _ATTRIBUTE.search(piece)) or (asking and pending and _asks(pending + piece)) or ("?" in mark and unasked and len(content_terms(piece)) > 1 and not (later and _BACK.match(pieces[place + 1][0]))):
            asking.append(pending + piece)
            pending, closed, unasked = "", "?" in mark, False
        elif asking and later and not _CONNECTS.fullmatch(piece) and (pending or closed or _FURTHER.match(piece) or _WHEN.search(piece)):
            pending += f"{_FURTHER.sub('', piece) or piece},"
        elif asking:
            asking[-1] += "" if _CONNECTS.fullmatch(piece) or (not later and _ASIDE.match(piece)) else f",{piece}"
        else:
            pending = theme = theme + ("" if _OF_SELF.match(piece) or re.fullmatch("请问|请教|想问|问", piece) else _ANNOUNCED.sub("", piece))
        unasked = unasked or any(sign in mark for sign in "?!。;")
    if not 2 <= len(asking) <= _MOST:
        return []
    if roles and not any(map(_nouns, asking[1:])) and len({asked_for(piece) is Wants.ANYTHING for piece in asking}) == 1:
        return []
    first = _TOLD.sub("", asking[0]) or asking[0]
    rest = [_made_whole(piece, first, theme, goes_on=bool(re.search(rf"[,、]\s*{re.escape(piece)}", text))) for piece in asking[1:]]
    return [first, *rest] if all(rest) else []


def _asks(piece: str) -> bool:
    words = content_terms(piece) or _QUOTED.search(piece) or _BACK.search(piece) or any(role in piece for role in _ROLES) or TIME.search(piece)
    asks = _ASKING.search(piece) and (words or asked_for(piece) is not Wants.ANYTHING)
    return len(piece) >= _SHORTEST and not _REPEATS.fullmatch(piece) and bool(asks or (_TOLD.search(piece) and content_terms(_TOLD.sub("", piece))))


def _made_whole(piece: str, first: str, theme: str, *, goes_on: bool) -> str:
    """Return a later question with the topic of the first where it points back, goes on or names nothing itself.

    `goes_on` tells that only a comma stands before it: a short one cannot stand alone then.
    """
    if _FURTHER.match(piece) and len(_nouns(piece)) > 1:
        return _FURTHER.sub("", piece)
    piece = _TOLD.sub("", piece) or piece
    if (ellipsis := re.fullmatch(r"(?:那么?)?(.{1,16}?)呢", piece)) and not _ASKING.search(ellipsis[1]):
        return substitute(first, ellipsis[1])
    topic = theme or _topic(first)
    if match := _BACK.search(piece):
        return f"{piece[: match.start()]}{topic}{piece[match.end() :]}"
    own = _nouns(piece) if not _QUOTED.search(piece) else [piece, piece]
    goes_on = len(own) < 2 and bool((goes_on and len(piece) <= _BARE) or re.search("[又还也再]", piece))
    return topic + piece if theme or not own or goes_on or _GOING_ON.match(piece) else piece


def _topic(text: str) -> str:
    """Return what a question is about, as it says it: what stands before its time, its place or its word of asking.

    「智慧养老拿到过什么称号」: 智慧养老. Where that is no short noun phrase, all its nouns.
    """
    ends = [match.start() for pattern in (_ASKING, TIME) if (match := pattern.search(text))]
    words: list[tuple[str, str]] = []
    for word, tag in rjieba.tag(text[: min(ends, default=0)]):
        if words and word in _PREDICATE:
            break
        words.append((word, tag))
    while words and words[-1][1].startswith(("v", "u", "d", "p", "c", "x", "f", "r")) and words[-1][0] not in "”」』\"" and words[-1][1] != "vn" and words[-1][0][-1] not in "率比量额":
        words.pop()
    lead = "".join(word for word, _ in words)
    told = any(tag.startswith(("n", "l", "j", "eng", "z")) and tag != "ns" for _, tag in words) or len(words) > 1
    return lead if told and len(lead) <= _LONGEST_TOPIC else "".join(_nouns(text))


def _nouns(text: str) -> list[str]:
    """Return the nouns that a piece names itself, apart from words such as 目标 that only give it a role."""
    return [word for word in nouns(text) if word not in _ROLES]


def _around_quotes(text: str, quoted: list[str]) -> list[str]:
    """Return the question once for each quoted topic, with the words that stand before it alone."""
    starts = [text.index(one) for one in quoted]
    last = starts[-1] + len(quoted[-1])
    rest = _SIDE_BY_SIDE.sub(lambda match: match[0][1:] if match[0][0] == "各" else "", text[last:])
    before = [text[0 : starts[0]], *(text[a + len(q) : b] for a, b, q in zip(starts, starts[1:], quoted, strict=False))]
    own = [re.sub(rf"^(?:[、,]|{_AND.pattern})+", "", words) for words in before]
    return [f"{words}{one}{rest}" for words, one in zip(own, quoted, strict=True)]


def _enumerated(text: str) -> list[str]:
    """Return the question once for each topic of a list: 一个是…,一个是…; …、…和…这三处; two parts that 两边 sums up."""
    if match := _ONE_AND_ONE.match(text):
        rest = _SIDE_BY_SIDE.sub(lambda found: found[0][1:] if found[0][0] == "各" else "", match[5] or "")
        return [f"{''.join(_nouns(match[1]))}{topic},{rest}".strip(",") for topic in match.group(3, 4)]
    ones = [piece.strip(" ,。?") for piece in re.split(r"(?:^|[,:;—]+)\s*(?:一个是|另一个是|一是|二是|其一|其二)", text)[1:]]
    if 2 <= len(ones) <= _MOST and not any(map(_ASKING.search, ones)):
        return ones
    pieces = [piece.strip() for piece in re.split(r"[,;。?!]+", text) if piece.strip()]
    asking = [piece for piece in pieces if _ASKING.search(piece)]
    told = [piece for piece in pieces if piece not in asking and content_terms(piece) and not _COUNTED.match(piece)]
    if len(told) >= 2 and len(asking) <= 1 and (_BESIDE.match(told[1]) or (not asking and re.match("[同跟与和].{6}", told[1]))):
        return [told[0], re.sub("^[同跟与和]", "", _BESIDE.sub("", told[1]))]
    if len(told) == 2 and len(asking) == 1 and pieces[-1] == asking[0] and (both := _BOTH.match(asking[0])):
        return [f"{topic}{asking[0][both.end() :].replace('各', '', 1)}" for topic in told]
    for match in _LISTED.finditer(text):
        items = [item for item in re.split(r"、|和|与|以及", match[1]) if item]
        led = _LED.match(items[0]) if items else None  # 西海岸新区在养老、能源这两头
        if not 2 <= len(items) <= _MOST or not all(map(content_terms, items)):
            continue
        head = text[: match.start()].rstrip("—:,")
        if led:
            head, items = f"{head}{led[1]}", [led[2], *items[1:]]
        items[-1] = items[-1].rstrip("这那")
        rest = _SIDE_BY_SIDE.sub(lambda found: found[0][1:] if found[0][0] == "各" else "", _TELL.sub("", text[match.end() :]))
        about = head if led or _ASKING.search(head) else "".join(w for w, tag in rjieba.tag(head) if tag.startswith(("n", "l", "j", "vn")) and not is_asking(w))
        return [f"{about},{item}{rest.lstrip(',:;') if content_terms(rest) or _ASKING.search(rest) else ''}".strip(",") for item in items]
    return []


def _pair(text: str) -> list[str]:
    """Return the question once for each of the two topics that a conjunction joins."""
    for match in _AND.finditer(text):
        begin = max(text.rfind(mark, 0, match.start()) for mark in ",:;") + 1
        left = text[begin : match.start()].removeprefix("把").strip()
        after = text[match.end() :]
        end = re.search(rf"[,:;?。]|{_SIDE_BY_SIDE.pattern}|{_ASKING.pattern}|有(?=什么|何)|都?是$", after, re.I)
        right, rest = (after[: end.start()], after[end.start() :]) if end else (after, "")
        if not content_terms(left) or not content_terms(right):
            continue
        if _SCOPED.match(right) and "的" in left and not _SCOPED.match(left):
            right = f"{left[: left.index('的')]},{right}"
        elif "的" in right and "的" not in left:
            left += right[right.index("的") :]
        elif "的" in left and "的" not in right and text.startswith(left, begin):
            right = left[: left.rindex("的") + 1] + right
        rest = _SIDE_BY_SIDE.sub(lambda match: match[0][1:] if match[0][0] == "各" else "", rest).lstrip(",:;")
        head = text[:begin]
        rest = rest if content_terms(rest) or _ASKING.search(rest) else ""
        return [f"{head}{left}{rest}", f"{head}{right.strip()}{rest}"]
    return []
