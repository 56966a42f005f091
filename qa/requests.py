"""What is no question about a plan: small talk, sums, opinions, errands, and orders to the system."""

from __future__ import annotations

import re

from index.plan import Plan
from qa.wording import content_terms, is_english

_ORDER = re.compile(
    r"你(?:现在|从现在起|以后)?(?:就)?(?:是|扮演|充当|假装|变成)(?:一个|一位|一名|另一个|我的)|(?:忽略|无视|忘掉|忘记|跳过|绕过|不用管|别管)[^,。]{0,14}(?:指令|规则|提示|设定|限制|要求|之前|上面|以上|规划)|"
    r"系统提示|提示词|开发者模式|越狱|角色扮演|ignore (?:all|any|the|previous|your)|system prompt|pretend (?:to|you)|act as|jailbreak|developer mode|"
    r"(?:从现在起|以后|接下来)[^,。]{0,8}(?:一律|都要|必须|只能)(?:回答|回复|说|输出)",
    re.I,
)
_ERRAND = re.compile(
    r"(?:写|编|作|画|唱|创作|生成|起草|续写|改写|改编)(?:成|出|个|一|首|篇|段|份|副|张)+[^,。?]{0,16}(?:诗|绝句|律诗|文案|歌|词|故事|作文|文章|说唱|脚本|代码|程序|笑话|段子|对联|小说|邮件|剧本|口号|新闻稿|演讲稿)|"
    r"翻译成|译成|翻成(?:英|法|日|德|俄|韩)|translate .* (?:in)?to|write (?:me )?(?:a|an|some) |(?:讲|说)个?(?:笑话|故事|段子)|帮我(?:订|买|预订|挂号|叫车|打电话|写|算)|(?:帮|给|替)我?把[^,。?]{1,16}(?:删|清空|关掉|重启|卸载|转发|发给|上传|下载|保存|打印)",
    re.I,
)
_SUM = re.compile(
    r"\d+(?:\.\d+)?\s*(?:乘以?|加上?|减去?|除以|[+*/×÷^]|-(?=\s*\d))\s*\d+(?:\.\d+)?\s*(?:=|等于|是多少|得多少|\?|$)|[^,。?]{1,12}(?:除以|乘以)[^。?]{1,24}(?:等于|多少|得几)|根号\s*\d|平方根|(?:约)?等于(?:多少|几)|解(?:一下)?方程|what is \d+ ?[-+*/x] ?\d+",
    re.I,
)
_OPINION = re.compile(r"你(?:个人|自己|本人)?(?:觉得|觉着|认为|估计|预测|猜(?=[^到])|判断|怎么看|看好|喜欢|推荐|感觉|支持|反对|赞成)|支持还是反对|打(?:个|几)?分|评价一下你|(?:凭|按|依)(?:你的?|良心)|给(?:我)?(?:个|点)?建议|(?:价|费|价格|费用)[^,。?]{0,6}(?:会不会|会|能不能)?[^,。?]{0,8}[涨跌降](?=$|[吗么?。,价了起])|划算|do you (?:think|like|believe)|your opinion", re.I)
_GREETING = re.compile(
    r"^(?:(?:你|您|大家|早上|上午|中午|下午|晚上)好(?:呀|啊|哇)?|早安|晚安|嗨|哈喽|喂|在吗|在不在|hi|hello|hey|thanks?|thank you|谢谢(?:你|您)?|多谢|再见|拜拜|辛苦了|好的)(?=[\s,,。!!?~]|$)", re.I
)
_CHAT = re.compile(r"(?:陪我|跟我|和我)?聊(?:一?会儿?|聊|个)?天|陪我(?:唠|聊|说|玩|坐|待)|无聊|吃了(?:吗|没|么)|你(?:今年)?(?:叫什么|是谁|几岁|多大|会做什么|会什么|是机器人|是人)|who are you|how are you|心情(?:不好|很差)|好累|(?:安慰|夸夸|哄哄|骂骂?)我", re.I)
_WEATHER = re.compile(r"(?:[今明昨后]天|今晚|明早|周末)[^,。?]{0,8}?(?:下不下[雨雪]|(?:会|要)?下[雨雪](?=[吗么不没?。]|$)|天气|气温|多少度|几度|带伞)|(?:现在|外面|今天)?天气(?:怎么样|如何)[?。]?$|weather (?:today|tomorrow)", re.I)
"""The weather of a day."""
_REMARK = 6
"""Words that follow a greeting, at most, in English: more ask something."""
_SECTION = re.compile(r"[上下前后这那][一]?[条节点项个段]")


def is_no_question(plan: Plan, text: str) -> bool:
    """True where `text` wants something else than what the plan says.

    Greetings before a question do not count; orders, errands, sums, opinions and the weather count wherever they stand.
    """
    if any(pattern.search(text) for pattern in (_ORDER, _ERRAND, _SUM, _OPINION, _WEATHER)):
        return True
    rest = _GREETING.sub("", text)
    greeted = rest != text and not _SECTION.search(rest) and not (is_english(rest) and len(rest.split()) > _REMARK)
    small_talk = greeted or _CHAT.search(rest) is not None
    source = plan.plain.lower()
    return small_talk and not any(len(term.text) > 1 and term.text in source for term in content_terms(rest))
