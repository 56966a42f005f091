"""A follow-up question made whole: what it leaves out is taken from what was said before."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import rjieba

from index.numerals import ordinal
from index.plan import Plan, Section
from index.section import parse_rungs
from qa.answer import Turn
from qa.values import Wants, asked_for, values
from qa.wording import TIME, TIME_ONLY, content_terms, first_nouns, is_asking, nouns, substitute

_NEW_TOPIC = re.compile(r"^(?:(?:行|好|嗯|那|得)?[,。 ]*[^,。?]{0,12}?(?:(?:先)?放下(?:不说)?|先放一边|先不(?:说|管|聊|谈|提)(?:这个|这些|那个)?(?=[了吧,。 ]|$)|(?<!开)放一?放(?=[了吧,。 ]|$)|先到这)(?:了|吧)?[,。 ]*(?:我?(?:再)?换一?个(?:话题|问题|事)?[::,]+)?|(?:(?:行|好|嗯|那|得)[了吧]?[,。 ]+)?我?(?:再)?换一?个(?:话题|问题|[::,])|另外(?:一(?:个问题|件事|个事))?(?!那?[一几两三四五个]|的)|对了|顺便|(?:(?:清楚|知道|明白)了|好的?|谢谢)?[,。 ]*我?(?:再|想再)问(?:一?个|点)?(?:别的|不相干的|不相关的|其他的?|另外的|新的)|新问题|不说(?:这个|那个)了|by the way|another question)[,,。:: ]*", re.I)
_NEXT_TO = r"(?:面|边|头)?(?:紧?挨着|紧接着|紧跟着?)?(?:再)?(?:看|翻|数|说|讲|走)?(?:的|那|这){0,2}一?(?:条|节|点|项|段|款|小点|小节|个?目标|个?原则|个?任务|个(?=$|[?。,呢吧吗讲说是]))"
_FIRST_TOPIC = re.compile(r"^(?:那|再)?(?:我们|咱们?)?(?:还是)?(?:回到|说回|绕回|转回|回头说)(?:去)?(?:头一?个?|第一个|最(?:开始|初|早|先|前面?)的?(?:[说问讲聊提谈][到过]?的?)?|开头的?|刚开始的?|一开始的?)(?:那|这)?个?(?:话题|问题|事)?[,:。]*")
"""What goes back to the first thing that was asked."""
_SENTENCE = re.compile(r"^(?:那|请|再|麻烦)*(?:看|说|念|翻)?(?:(?P<back>[上前])|[下后])一?句(?:话)?(?:又|是|呢|讲|说|写|$|[?。,])")
"""What asks for the sentence beside the one quoted last."""
_BEFORE = re.compile(rf"[上前]{_NEXT_TO}|previous (?:clause|section|one)", re.I)
_AFTER = re.compile(rf"[下后]{_NEXT_TO}|next (?:clause|section|one)", re.I)
_OF_NEIGHBOUR = re.compile(
    r"^(?:那么?|请|再)*往?(?P<way>[上前下后])(?:面|边|头)?(?:再)?(?:数|看|翻|推)?(?:的|那|这){0,2}(?P<count>[一两二三四五六七八九\d])?(?:条|节|点|项|段|小点|小节)(?:目标|原则|任务)?"
    r"(?:,?那一?[条节点项段])?(?:里头?|里面|中|当中)?(?:的?(?:提到|讲到|说到|写到|说|讲|写))?的?(?P<rest>[^,。?]{4,}.*)$"
)
"""What asks for something in the clause before or after the one cited last."""
_MORE = re.compile(r"^(?:请)?(?:再)?(?:具体|详细|仔细|展开|多)(?:一?点|些|一下|说说?|讲讲?|介绍)*(?:说|讲|谈)?(?:说|讲|谈)?[吗呢?。]*$|^(?:还有(?:呢|吗|别的吗|什么)|继续|然后呢|接着说|more details?|go on|elaborate)[?。]*$", re.I)
_SOURCE = re.compile(r"^(?:这|那|该)?(?:句|段)?(?:话|个|条|些)?(?:是)?(?:出自|来自|在|是)?(?:哪|什么)(?:一)?(?:节|条|章|部分|段|里|处)(?:里)?(?:说|讲|写|提|来)?(?:的)?[?。]*$|^(?:那)?(?:它的?|这条的?)?(?:标题|题目|出处|原文|编号|章节号?)(?:呢|是什么|是啥|叫什么)?[?。]*$")
_JUMP = re.compile(r"(?:往|再往)?([上前下后回])(?:面|头)?(?:跳|数|推|翻|倒|退)?(?:去|来)?(?:\1|([两二三四五六七八九\d]))(?:个)?(?:条|点|项|节|段|小点)")
_REST = re.compile(r"^(?:那)?(?:还有(?=那?[几两三四][个条项点])|另外|其他|其它|别的|剩下的?|其余的?)(?:那)?(?:几|两|三|四)?(?:个|条|项|些|点)?(?:呢|是什么|有哪些)?[?。]*$")
_MISTYPED = re.compile(
    r"^(?:(?:.{0,6}错了?|更正|不对|不好意思)[,,。 ]*(?:应该?是|要的是|是|我(?:是|想|要)?(?:说|问)的?是?|改成|换成)?|"
    r".{1,8}[,,。 ]+(?:我?要的是|应该?是|我(?:想)?(?:说|问)的是|改成|换成))(.{1,30}?)[。?]*$"
)
_WHICH = re.compile(r"(前面|前一|第一|头一|上面|后面|后一|第二|最后)(?:那|的)?一?(?:个|条|项|点|节|者)")
_SAME_PLACE = re.compile(r"^(?:那|(?:再|请)?(?:看|说|讲|翻)?(?:看|说|讲|到)?(?:跟|和|与)?(?:它|这[条项个点节])?(?:同一?(?:层级|级别|级|层)|并列|平级)|(?:这|那|同)一?[节条章部]分?(?:里|中|下)?(?:面)?|其中|里面)?的?(?=(?:倒数)?第)")
_WHY = re.compile(r"^(?:那)?(?:这)?(?:是)?(?:图个?(?:什么|啥)|为什么|为何|为啥|原因(?:是什么|呢)?|凭什么|why)(?:呢|这样|这么做|要这样|要这么做)?[?。]*$", re.I)
_WHY_FIRST = re.compile("^(?:那)?(?:图个?(?:什么|啥)|为什么|为何|为啥)(?:呢)?[?,。]")
"""Why, and then in more words (图什么呢?搞这些是为了什么)."""
_WHY_SO = re.compile("^(?:那)?(?:图个?(?:什么|啥)|为什么|为何|为啥|凭什么|干嘛)(?:要|得|非|只|就|偏|定|卡|限|订|设|选|搞|弄|把|成|在)*(?:这(?:个数|么|样)|此)")
"""Why it is as it was told (为啥要卡这个数)."""
_AGREES = re.compile("吧|对[吗么不]|没错")
"""What asks for agreement."""
_CORRECTION = re.compile(r"^(?:[^,。]{1,8}[,。 ]+)?(?:我?(?:想)?(?:问|说|指|要)的?)?(?:并)?不是(?:说|问)?(.{1,12}?)[,,。;；\s]+(?:我?(?:问|说|指|要|想问|想知道)?的?)?是?(?:说|问)?(.{1,20}?)[。?]*$")
_RATHER = re.compile(r"^(?:[^,。]{1,8},)?我?(?:要?说|要?问|要|指|想问|想要|想知道)的?是(.{1,20}?)[,,。;；\s]+(?:而)?(?:不是|不要|不问|别说)(.{1,20}?)[。?]*$")
_ELLIPSIS = re.compile(r"^(?:那么?|还有|至于|换成|如果是|那如果)?[,,]?\s*(.{1,20}?)(?:方面|这块|那块|的话)?(?:又)?(?:呢|如何|怎么样|怎样)[?。]*$|^(?:and )?(?:what|how) about (.+?)\??$", re.I)
_ELLIPSIS_FIRST = re.compile(r"^(?:那么?|还有|至于)?[,,]?\s*([^,。?]{1,12}?)(?:方面|这块|那块)?呢[?,,。]\s*(.{2,20}?)[?。]*$")
"""Another topic, and after it what is asked of it (挂号呢?也说说; 感知那张呢?要打造成啥)."""
_ROLE_LEFT_OUT = re.compile(r"目标|计划|打算|安排|任务")
"""What is asked for instead of what was asked, where only a time is named beside it."""
_PLACED = re.compile(r"这(?:一)?[条段点项款节句]|这个|它")
_STRUCTURE = re.compile(r"(?:归|挂|放|排|列|落|摆)(?:在|到)?(?:哪|什么|第几)|属于(?:哪|什么)|隶属|上级|(?:哪|什么)(?:个|一)?(?:标题|部分|大类|章节?)|第几(?:条|节|点|项|个)")
"""What is asked of a section's place in the outline."""
_STARTS = re.compile(r"^(?:那么?|那它|它们?|他们|这[个些项件条套种类家座张批]|那[些项件套种]|[里内]头|里面|该|其中|其|此|上述|前者|后者|同一|and\b|it\b|they\b|that\b)")
_DEMONSTRATIVE = re.compile(r"^(?:[里内]头|里面|那它|它们?|他们|这[个些项件条套种类家座张批]|那[些项件套种]|该|其中|其(?!他|它|余)|此|上述|前者|后者)")
_PRONOUN = re.compile(r"(?:它们?|这[个些项件套种类家座张批]|这一[条点项]|该(?:项|平台|系统|条|工程)|其中|上述|前者|后者|同一[节条章部]|\bit\b|\bthey\b|\bthem\b)")
_POINTS = re.compile(rf"(?:那|它|那?这一?[条节项点段])(?:的)?[上前下后]{_NEXT_TO}")
"""How a question begins that asks for what stands beside the section cited last."""
_RELATIONAL = re.compile("(?:目的|效果|结果|作用|意义|好处|原因|理由|依据|进度|规模|范围|期限|背景|思路|做法)(?:又|都|究竟|到底)?(?:是|呢|如何|怎么?样|何在|在哪|有哪|有什么|有多|多大|$|[?。,])")
"""Nouns that are always of something: a question that begins with one and names nothing else leans on what was said."""
_THEN = re.compile(r"^[嗯哦噢啊喔 ,。.…]*那(?![个些年天次种条项家里])")
"""How a question begins that follows from the answer before."""
_TELL = re.compile("[,。](?:都|全|再)?(?:报|列|说|讲|念|数)[^,。?]{0,4}[?。]*$")
"""The end of a question that only asks to be told."""
_OPEN = re.compile("什么|哪|多少|几|谁|怎么")
_ANNOUNCEMENT = 8
"""Characters of what announces another topic where nothing was said before, at most (换个话题:)."""
_BRIEF, _MAY_LEAN = 14, 18
"""Characters up to which a question without a subject of its own leans whatever noun it has, and at most: a longer one only where
the last question has its nouns that the plan has."""
_SHORT = 16
"""Characters of a question that may lean on the one before, at most."""
_CITED = re.compile(r"\[([^\[\]]{1,40})\]")
_SPAN = r"(?:[一二两三四五六七八九十]|\d{1,2})"
_SHIFTED = re.compile(
    rf"^(?:那么?)?(?:再|又)?(?:往)?(?:(?P<back>前|早|提前)|后|过|晚|推后)(?:推|数|面)?(?P<count>{_SPAN})年(?:后|之后|以后)?(?:呢|的?(?:目标|情况)(?:呢|如何)?)?[?。]*$|"
    rf"^(?:那么?)?(?P<span>{_SPAN})年(?:(?P<before>之?前|以前)|之?后|以后)(?:呢|的?(?:目标|情况)(?:呢|如何)?)?[?。]*$|"
    r"^(?:那么?)?(?:第二年|次年|下一年|后一年|转年|(?P<last>前一年|上一年))(?:呢)?[?。]*$"
)
"""A follow-up that moves on by so many years."""
_ITEM = re.compile(r"^(?:(?:请|麻烦)?(?:展开|具体|详细)?(?:讲讲|说说|讲|说|看看|介绍一下|介绍)?)?(?:那)?(?:其中)?的?(?:第([一二三四五六七八九十\d]{1,2})|(最后一?|末一?)|(头一?))(?:个|条|项|点)(.*)$")
_NUMBERED_ITEM = re.compile(r"(?:^|[\s;;,,。/])\(?(\d{1,2}|[一二三四五六七八九十]{1,2})\)?[.、)]\s*[「]?([^;;。,」\n/\[]{2,40})")
_COUNTED_ITEMS = re.compile(r"共\d+[项条个点][::]\s*[「]?([^。\n\[]+)")
_QUOTE = re.compile(r"[「“]([^」”]{6,})[」”]")


@dataclass(frozen=True)
class Resolved:
    """A question that stands on its own.

    Attributes:
        text: the question made whole; equal to what was asked where nothing was left out.
        base: the section from which a bare `第三条` counts.
        section: the section that was asked for outright (上一条), to be shown as a look-up.
        near: ids of the clauses cited last, favoured where the question leans on them.
        beside: ids of the sections of their rung, theirs among them, favoured where the same is asked of another topic.
        more: more of the last clauses is wanted (具体一点), without what was quoted already.
        leaning: it is about the clauses cited last and no others.
        sentence: a quote of the last answer, and whether the sentence after (1) or before it (-1) is asked for.
        said: the last answer, whose quotes are not repeated.
        likely: it stands beside a part that is answered for sure.
        told: quotes in the answers to earlier parts of the same question, whose sentences are passed over.
    """

    text: str
    base: Section | None = None
    section: Section | None = None
    near: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    more: bool = False
    sentence: tuple[str, int] | None = None
    leaning: bool = False
    said: str = ""
    likely: bool = False
    told: tuple[str, ...] = ()


def resolve(plan: Plan, text: str, history: tuple[Turn, ...], clean: Callable[[str], str]) -> Resolved:
    """Return `text` made whole from `history`.

    Only what the words of the question point back to is taken over; a question that stands on its own inherits nothing.

    Args:
        plan: its outline says what comes next and before.
        text: normalised question.
        history: earlier turns, oldest first.
        clean: normalises an earlier message.
    """
    asked = [clean(turn.content) for turn in history if turn.role == "user"]
    said = [clean(turn.content) for turn in history if turn.role == "assistant"]
    if not asked or _NEW_TOPIC.match(text):
        left = _NEW_TOPIC.sub("", text)
        return Resolved(left if left and (asked or len(text) - len(left) <= _ANNOUNCEMENT) else text)
    if len(asked) > 1 and (back := _FIRST_TOPIC.match(text)) and text[back.end() :]:
        return resolve(plan, text[back.end() :], history[: [turn.role for turn in history].index("user", 1)], clean)
    last, answer = asked[-1], said[-1] if said else ""
    if len(asked) > 1 and _ELLIPSIS.match(last):  # left something out itself
        last = resolve(plan, last, history[: _last_question(history)], clean).text
    cited = _cited_sections(plan, answer)
    near = tuple(section.id for section in cited)
    siblings = plan.section(cited[0].parent) if cited and cited[0].parent else None
    base = cited[0] if cited and cited[0].children else siblings
    if len(cited) > 1 and (match := _WHICH.search(text)):
        chosen = cited[0] if match[1] in ("前面", "前一", "第一", "头一", "上面") else cited[-1]
        return Resolved(text, section=chosen, near=(chosen.id,))
    if item := _listed_item(text, answer):
        return Resolved(item, base=base, near=near)
    if cited and (jump := _JUMP.search(text)) and len(content_terms(text)) <= 3:
        count = ordinal(jump[2]) if jump[2] else 2
        return Resolved(text, section=_neighbour(plan, cited[0], -count if jump[1] in "上前回" else count), near=near)
    if cited and _REST.match(text):
        return Resolved(last, near=near, more=True, said=answer)
    if cited and (pointed := _PLACED.search(text)) and _STRUCTURE.search(text):
        return Resolved(f"{text[: pointed.start()]}{cited[0].title}{text[pointed.end() :]}", base=base)
    if cited and (sentence := _SENTENCE.match(text)) and (quotes := _QUOTE.findall(answer)):
        return Resolved(text, near=near, said=answer, sentence=(quotes[-1], -1 if sentence["back"] else 1))
    of_plan = [term for term in content_terms(text) if len(term.text) > 1 and term.text in plan.plain.lower()]
    if cited and (len(of_plan) <= 1 or _POINTS.match(text) or len(content_terms(text)) <= 2 or (len(text) <= _SHORT and len(_nouns(text)) <= 1)):
        for pattern, step in ((_BEFORE, -1), (_AFTER, 1)):
            if found := pattern.search(text):
                at = cited[0]
                while not at.title and "节" in found[0] and (above := plan.section(at.parent) if at.parent else None):
                    at = above  # an item without a heading is no 节
                return Resolved(text, section=_neighbour(plan, at, step), near=near)
    if (why := _WHY_FIRST.match(text)) and _PRONOUN.search(text, why.end()):
        text = text[why.end() :]
    if cited and (beside_it := _OF_NEIGHBOUR.match(text)) and _OPEN.search(beside_it["rest"] + ("什么" if "啥" in beside_it["rest"] else "")):
        count = ordinal(beside_it["count"]) if beside_it["count"] else 1
        if there := _neighbour(plan, cited[0], -count if beside_it["way"] in "上前" else count):
            return Resolved(beside_it["rest"], near=(there.id,), leaning=True)
    if cited and _MORE.match(text):
        return Resolved(last, near=near, more=True, said=answer)
    if _WHY.match(text):
        return Resolved(f"{_statement(last)}为什么", near=near, more=True)
    if match := _CORRECTION.match(text) or _RATHER.match(text):
        first, second = match[1].strip(), match[2].strip()
        wrong, right = (second, first) if match.re is _RATHER else (first, second)
        return Resolved(last.replace(wrong, right) if wrong in last else f"{right}{last}" if right.endswith("的") else substitute(last, right), base=base)
    if (match := _SAME_PLACE.match(text)) and base:
        return Resolved(text[match.end() :], base=base)
    if cited and _SOURCE.search(text):
        return Resolved(text, section=cited[0], near=near)
    if match := _MISTYPED.match(text):
        if re.fullmatch(r"\(?\d{1,2}\)?|第.{1,2}[条点项]", match[1]) and base:
            return Resolved(f"第{match[1].strip('()第条点项')}条讲什么", base=base)
        return Resolved(f"{match[1]}讲什么" if parse_rungs(match[1]) else substitute(last, match[1]), base=base)
    if shifted := _shifted(text, last, answer):
        return Resolved(shifted, base=base)
    if match := re.match(rf"^(?:[^,。?]{{1,10}}[吧啊嗯了哦][,。])?(?:那么?|再往后|再|往后)*[,]?({TIME_ONLY.pattern[1:-1]})呢[,,]?", text):
        if _ROLE_LEFT_OUT.search(match[1]) and not text[match.end() :].strip("?。"):
            return Resolved(f"{''.join(first_nouns(last)) or ''.join(_topic(last))}{match[1]}", base=base)
        rest = text[match.end() :].strip("?。")
        counted = asked_for(last) in (Wants.NUMBER, Wants.PERCENT)  # of another time there may be no number
        topic = "".join(_topic(last))
        return Resolved(f"{topic}{match[1]}{rest}" if rest else f"{topic}{match[1]}的目标是什么" if counted else substitute(last, match[1]), base=base)
    if match := _ELLIPSIS_FIRST.match(text):
        return Resolved(f"{match[1]}{match[2]}" if _OPEN.search(match[2]) or "啥" in match[2] or (values(match[2]) and _AGREES.search(match[2])) else substitute(last, match[1]), base=base)
    if match := _ELLIPSIS.match(text):
        if parse_rungs((match[1] or "").strip()):
            return Resolved(f"{match[1]}讲什么", base=base)
        if match[2]:
            about = re.sub(r"\babout\b.*$", "", last).strip()
            return Resolved(f"{about} about {match[2]}" if about != last else f"{last} {match[2]}", base=base)
        if _OPEN.search(match[1]):  # asks something of its own, and leaves out of what
            topic = "".join(word for word in _topic(last) if not TIME.fullmatch(word))
            return Resolved(topic + text, base=base)
        beside = tuple(one.id for one in plan.children(siblings.id)) if siblings else ()
        return Resolved(substitute(last, match[1].strip(" ,,")), base=base, beside=beside)
    if cited and leans(text) and (len(text) <= _BRIEF or all(noun in last for noun in _nouns(text) if noun in plan.plain)):
        return Resolved("".join(_topic(last)) + text, base=base, near=near, leaning=True)
    if cited and len(text) <= _SHORT and _WHY_SO.match(text):
        return Resolved("".join(_topic(last)) + text, base=base, near=near, leaning=True)
    if _STARTS.match(text) or _PRONOUN.search(text):
        topic = "".join(_topic(last))
        own = _own_topic(text)
        leaning = bool(near) and (not own or _DEMONSTRATIVE.match(text) is not None)
        if (subject := "".join(first_nouns(last))) and (pronoun := re.search("它们?", text)):
            text = f"{text[: pronoun.start()]}{subject}{text[pronoun.end() :]}"
        return Resolved(text if own else f"{topic}{_STARTS.sub('', text)}", base=base, near=near, leaning=leaning)
    continues = len(of_plan) <= 2 and (len(text) <= _SHORT or _THEN.match(text))
    return Resolved(text, base=base, near=near if continues else ())


def _shifted(text: str, last: str, answer: str) -> str:
    """Return the last question asked about the year that `text` moves on to (再往后两年呢); empty where it does not."""
    match = _SHIFTED.match(text)
    years = re.findall(r"(?<!\d)(?:19|20)\d{2}(?=年)", last) or re.findall(r"(?<!\d)(?:19|20)\d{2}(?=年)", answer)
    if not match or not years:
        return ""
    step = ordinal(match["count"] or match["span"] or "一")
    back = match["back"] or match["before"] or match["last"]
    year = f"{int(years[0]) + (-step if back else step)}年"
    return last.replace(f"{years[0]}年", year) if years[0] in last else substitute(last, year)


def _last_question(history: tuple[Turn, ...]) -> int:
    """Return the place of the last question in `history`."""
    return max(place for place, turn in enumerate(history) if turn.role == "user")


def leans(text: str) -> bool:
    """True for a short question without a subject of its own: it begins with no noun and names at most one."""
    text = _TELL.sub("", text)
    words = [(word, tag) for word, tag in rjieba.tag(text) if word.strip() and tag != "x"]
    if re.match("是(?!不是|否)", text):
        return len(text) <= _SHORT
    if _RELATIONAL.match(text) and len(text) <= _SHORT and len(_nouns(text)) <= 1:
        return True
    begins = bool(words) and (is_asking(words[0][0]) or words[0][1].startswith(("d", "v", "r", "p", "c", "u", "a", "m")))
    return len(text) <= _MAY_LEAN and begins and len(_nouns(text)) <= 1 and not any(tag == "ns" for _, tag in words)


def _nouns(text: str) -> list[str]:
    return nouns(text, ("n", "eng", "l", "j", "t", "s"))


def _cited_sections(plan: Plan, answer: str) -> list[Section]:
    found = [plan.find(written) for written in _CITED.findall(answer)]
    if not found:
        quotes = _QUOTE.findall(answer)
        found = [s for s in plan.sections if s.clause and any(quote.rstrip("。") in s.clause.plain for quote in quotes)]
    return [section for section in found if section is not None]


def _listed_item(text: str, answer: str) -> str:
    """Return what the last answer listed at the place that `text` names (第三个, 最后一个), with the rest of the question."""
    match = _ITEM.match(text)
    if not match:
        return ""
    listed = [words.strip() for _, words in _NUMBERED_ITEM.findall(answer)]
    if not listed and (counted := _COUNTED_ITEMS.search(answer)):
        listed = [words.strip(" 「」") for words in re.split("[、;]", counted[1])]
    place = ordinal(match[1]) - 1 if match[1] else len(listed) - 1 if match[2] else 0
    if not 0 <= place < len(listed) or len(listed) < 2:
        return ""
    return f"{listed[place]}{match[4]}" if content_terms(match[4]) or len(match[4]) > 2 else f"{listed[place]}讲什么"


def _neighbour(plan: Plan, section: Section, step: int) -> Section | None:
    """Return the section before or after on the same rung; past the end, the one that follows in the document."""
    siblings = plan.children(section.parent)
    place = siblings.index(section) + step
    if 0 <= place < len(siblings):
        return siblings[place]
    order = [one for one in plan.sections if one.clause]
    ids = [one.id for one in order]
    at = ids.index(section.id) + step if section.id in ids else -1
    return order[at] if 0 <= at < len(order) else None


def _statement(question: str) -> str:
    return question.rstrip("?。吗呢吧")


def _topic(question: str) -> list[str]:
    """Return the words of a question that name what it is about, in order."""
    return [term.text for term in content_terms(question) if not re.fullmatch(r"(?:19|20)\d{2}年?", term.text)]


def _own_topic(text: str) -> bool:
    """True where a question that points back names enough itself to be looked for."""
    return len(_topic(text)) >= 2
