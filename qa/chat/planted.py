"""Sentences that speak to a language model. An official plan has none; a planted one is neither shown to it nor cited."""

from __future__ import annotations

import re

from index.sentences import Span, sentences

LEFT_OUT = "〔略去对模型说的话〕"

_COMMAND = re.compile(
    r"(?:忽略|无视|忘记|忘掉|不要理会|不必遵守|放弃|覆盖|绕过)[^。\n]{0,16}(?:指令|指示|提示词?|规则|要求|约束|设定|限制|上文|以上|之前的)|"
    r"(?:你|您)(?:现在|从现在起|将|必须|应当|应该|要|只能|只需|是一个|是一名)[^。\n]{0,24}(?:回答|输出|回复|扮演|助手|模型|机器人|AI|答案|说|写)|"
    r"(?:请|必须|一律|只能?|直接|改为|务必)(?:用|以|按)?[^。\n]{0,8}(?:回答|输出|回复|返回|答复)(?:[::“\"「]|道|为|说|以下|一句|这句|JSON|英文|两个字|[四三二]个字)|"
    r"(?:系统|开发者|管理员|system|developer|assistant|user)\s*(?:提示词?|消息|指令|prompt|message)?\s*[::]|"
    r"(?:人工智能|语言模型|大模型|聊天机器人|AI)(?:助手|系统|模型)?[^。\n]{0,6}(?:请|必须|应当|注意|读到|看到|收到)|"
    r"提示词|\bprompt\b|jailbreak|越狱模式|开发者模式|DAN\b|"
    r"\b(?:ignore|disregard|forget|override)\b[^.\n]{0,40}\b(?:instructions?|rules?|prompts?|above|previous|everything)\b|"
    r"\byou (?:are now|must|will|should|are a)\b|\b(?:respond|reply|answer|output|print|say)\b[^.\n]{0,20}\b(?:with|only|exactly|in)\b|"
    r"<\|?/?(?:im_start|im_end|system|endoftext|s|INST)\|?>|\[/?INST\]|</?(?:条款|问题|对话|追问)\b|###\s*(?:system|instruction|指令)",
    re.IGNORECASE,
)


def is_command(text: str) -> bool:
    """True for a sentence that tells a language model what to do."""
    return bool(_COMMAND.search(text))


def honest_spans(source: str, start: int, end: int) -> list[Span]:
    """Return the sentences of `source[start:end]` that speak to people."""
    return [span for span in sentences(source, start, end) if not is_command(span.of(source))]


def without_commands(text: str) -> str:
    """Return `text` with each sentence that speaks to a language model replaced by a mark."""
    if not is_command(text):
        return text
    kept: list[str] = []
    last = 0
    for span in sentences(text):
        kept.append(text[last : span.start])
        kept.append(LEFT_OUT if is_command(span.of(text)) else span.of(text))
        last = span.end
    return "".join(kept) + text[last:]
