"""The words of a question that carry its content, told from the words that only ask."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import rjieba

_CONTENT_TAGS = ("n", "v", "a", "eng", "l", "i", "j", "b", "s", "t", "m", "z")
_ENTITY_TAGS = ("ns", "nt", "nr", "nrt", "nz")
# Words of asking, telling and politeness. They say nothing about the topic in any question about any document.
_ASKING = frozenset(
    """
    请 请问 问 问问 想 想问 知道 了解 告诉 介绍 解释 说明 说 说说 讲 讲讲 谈 谈谈 谈到 列 列出 列举 看 看看 查 查查 找 帮 帮我 念 核实
    提 提到 提出 提及 涉及 出现 写 写到 写明 规定 要求 表述 理解 记得 记错 听说 据说 觉得 认为 应该 可以 可能 能 能够 能否 会 会不会 要 得 需要
    希望 准备 打算 计划 算 算不算 有没有 能不能 是不是 可不可以 要不要 哪几个 我要 有 没有 没 无 是 不是 不 叫 叫做 称 称为 名字 名称 叫什么 意思 内容 方面 情况 具体 详细 主要 分别 一共 总共 共
    到底 究竟 目前 现在 眼下 当前 如今 今后 以后 将来 未来 往后 接下来 下一步 已经 已 曾 时候 什么时候 事 事情 东西 问题 话 办法 措施 举措 动作 安排
    怎样 怎么 怎么样 如何 什么 哪 哪些 哪个 哪几 几 多少 多大 多久 谁 为什么 为何 吗 呢 吧 对 对吗 对吧 是吗 是吧 好 做 搞 弄 干 干嘛 干吗 干啥 用 来 去 到 给 让 被 把
    我 我们 你 你们 他 它 我市 市里 本市 咱 咱们 大家 人 个 这 那 这个 那个 这块 那块 块 里 里面 中 上 下 底下 规划 文件 全文 原文 整份 份 一下 条 点 项 节 达到
    有关 相关 关于 表述 表态 口径 提法 凡是 一律 回答 换 话题 继续 为 作为 进行 以及 等 等等 各 每 都 还 又 也 再 就 才 只 仅 很 更 最 真 真会 嘛 啊 呀 哦 啥 咋 多 成 成了 样 样子 一种 种 类 一类
    """.split()
)
_ENGLISH_ASKING = frozenset(
    """
    a an the of in on at to for from by with and or is are was were be been will would shall should can could do does did has have had what which
    who whom when where why how many much any there this that these those it its they their plan say says said about tell me please so far
    qingdao city i we you if not no yes as into over under between
    """.split()
)


_COUNT = re.compile(r"第?[几一二两三四五六七八九十百千万亿\d.%]+(?:条|点|项|个|节|章|块|处|种|类|次|年|家|座|位|名|级|段|句|部分|大部分|小点|月|日|天|下|起)?|20\d\d年?")


@dataclass(frozen=True)
class Term:
    """A content word of a question.

    Attributes:
        text: the word, lower case.
        entity: True for what the tagger takes for a proper name.
        place: True for the name of a place.
    """

    text: str
    entity: bool
    place: bool = False


def content_terms(text: str) -> list[Term]:
    """Return the content words of `text` in order, none twice."""
    terms: dict[str, Term] = {}
    for word, tag in rjieba.tag(text):
        word = word.strip().lower()
        if not word or word in _ASKING or word in _ENGLISH_ASKING or not tag.startswith(_CONTENT_TAGS):
            continue
        if _COUNT.fullmatch(word):
            continue  # a number is compared as a value, not as a word
        if len(word) == 1 and not word.isdigit() and tag[0] not in "nvaj":
            continue
        terms.setdefault(word, Term(word, tag in _ENTITY_TAGS and len(word) > 1, is_place(word, tag)))
    return list(terms.values())


@cache
def place_names() -> frozenset[str]:
    """Return the provinces, cities and countries of `places.txt`."""
    lines = (Path(__file__).parent / "places.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())


@cache
def _counties() -> dict[str, frozenset[str]]:
    lines = (Path(__file__).parent / "counties.txt").read_text(encoding="utf-8").splitlines()
    return {city: frozenset(names) for city, *names in (line.split() for line in lines if not line.startswith("#"))}


@cache
def county_names() -> frozenset[str]:
    """Return the districts, counties and county-level cities of `counties.txt`, as it writes them (胶州市, 市南区)."""
    return frozenset().union(*_counties().values())


@cache
def districts_of(title: str) -> frozenset[str]:
    """Return what people call the districts and counties of the city that a plan's title names (胶州, 即墨), two characters or more."""
    cities = [city for city in _counties() if city[:-1] in title]
    return frozenset(name[:-1] for city in cities for name in _counties()[city] if len(name) > 2)


_GENERIC = frozenset("中心 核心 老城 主城 工业 商业 居民 农业 生活 示范 试验 先行 办公".split())
"""What kind of area it is; no name."""


def is_place(word: str, tag: str) -> bool:
    """Return True for what the tagger takes for a place and is a known one or is called as places are; it takes 上门 for one too."""
    known = word in place_names() or word[:-1] in place_names()
    called = len(word) > 2 and word[-1] in "省市县区镇乡村州旗岛港湾" and word[:-1] not in _GENERIC
    return (tag == "ns" and (known or called)) or (tag == "nr" and called) or (tag == "n" and (word in county_names() or word in place_names()))


def partly_in(word: str, text: str) -> bool:
    """True where two neighbouring characters of a word stand in the text (数据开放 beside 开放水平)."""
    return any(word[i : i + 2] in text for i in range(len(word) - 1))


def nouns(text: str, tags: tuple[str, ...] = ("n", "eng", "l", "j")) -> list[str]:
    """Return the words of a text whose tags begin with one of `tags`, in order, without those that only ask."""
    return [word for word, tag in rjieba.tag(text) if tag.startswith(tags) and not is_asking(word)]


def is_asking(piece: str) -> bool:
    """True for a piece of a question that carries no content: a word of asking, a particle, a sign."""
    word = piece.strip().lower()
    return not any(sign.isalnum() for sign in word) or word in _ASKING or word in _ENGLISH_ASKING or word in _PARTICLES


_PARTICLES = frozenset("的了在着过和与跟或而但于之其此该所被把从对向由以及呢吗吧啊呀嘛哪几些么什多少怎样如何请问")


def is_english(text: str) -> bool:
    """True where a question is written in Latin letters rather than Han characters."""
    han = len(re.findall(r"[\u3400-\u9fff]", text))
    return len(re.findall(r"[A-Za-z]{2,}", text)) > 2 * han


TIME = re.compile(r"[一二两三四五几]年(?:后|前)|20\d\d年?(?:底|末)?|现在|目前|今后|将来|未来|以后|以前|过去|当前|明年|后年")
TIME_ONLY = re.compile(rf"^(?:到|在)?(?:{TIME.pattern})(?:的?(?:目标|时候|情况|数|计划))?$")
"""A time and nothing else."""


def substitute(last: str, replacement: str) -> str:
    """Return the last question asked about `replacement` instead.

    A time replaces the time, a noun the first run of nouns (before 的 its first word), anything longer all nouns.
    """
    if TIME_ONLY.match(replacement):
        kept = re.sub(r"(?:到|在)?(?:现在|目前|如今|当前|眼下|20\d\d年(?:底|末)?)", "", last)
        return f"{replacement}{kept}"
    if any(tag.startswith("v") for _, tag in rjieba.tag(replacement)):
        words = [word for word, tag in rjieba.tag(last) if is_asking(word) or not tag.startswith(("n", "eng", "l", "j", "i", "b", "s"))]
        return replacement + "".join(words).lstrip("的与和、,, ")
    nouns = first_nouns(last)
    subject = nouns[0] if replacement.endswith("的") and len(nouns) > 1 else "".join(nouns)
    return last.replace(subject, replacement, 1) if subject else f"{replacement}{last}"


def first_nouns(text: str) -> list[str]:
    """Return the first run of nouns, a city's name and words that only ask left out: what a question is about."""
    run: list[str] = []
    for word, tag in rjieba.tag(text):
        noun = tag.startswith(("n", "eng", "l", "j", "i", "b", "s")) and not is_place(word, tag) and not is_asking(word) and not _COUNT.fullmatch(word)
        if noun:
            run.append(word)
        elif run:
            break
    return run
