"""What stands around the chat: the bar at the top, the drawer of conversations, the welcome, the page's head.

No Gradio here: the page that is shown while Gradio is still being imported is made of the same parts.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path

from index.plan import Plan
from page.message import suggestion
from page.panel import plan_panel
from page.suggestions import examples
from page.texts import TEXTS, both, spoken, zh

BROWSER = Path(__file__).parent / "browser"
"""Folder of scripts, style and icon; all are put into the page, none is fetched by it."""
_SCRIPTS = ("language.js", "plan.js", "chat.js")
_EARLY_SCRIPTS = ("language.js", "plan.js", "early.js")
_LABELLED = (
    ("#send", "send", ""), ("#stop", "stop", ""), ("#measure-run", "measure_run", ""),
    ("#ask textarea", "question_label", "aria-label"), ("#ask textarea", "question_hint", "placeholder"),
    ("#rooms [role=tab]:nth-child(1)", "tab_ask", ""), ("#rooms [role=tab]:nth-child(2)", "tab_measure", ""),
    ("#chat [role=log]", "tab_ask", "aria-label"),
    ("#chat .message.bot > div", "group", "role"), ("#chat .message.bot > div", "answer", "aria-label"),
    ("#chat .message.user > div", "group", "role"), ("#chat .message.user > div", "you", "aria-label"),
)  # fmt: skip
"""Gradio's own parts that change with the language: selector, text, attribute (empty for the text itself)."""
_QUIET = '<button type="button" class="quiet"'
_TOOLS = (
    f'{_QUIET} value="clear">{both("clear")}</button>'
    f'{_QUIET} value="export:md">{both("export")} Markdown</button>'
    f'{_QUIET} value="export:docx">{both("export")} Word</button>'
    f'{_QUIET} value="theme" {spoken("theme")}>◐</button>{_QUIET} value="language">{both("language")}</button>'
)


def welcome(plans: Sequence[Plan]) -> str:
    """Return what stands in the chat before the first question: what this is, and questions to begin with."""
    shown = examples(plans[0]) if plans else []
    asks = "".join(
        f'<li><span class="kind">{both(f"kind_{one.kind}")}</span><span class="zh">{suggestion(one.text)}</span>'
        f'<span class="en" lang="en">{suggestion(one.english)}</span></li>'
        for one in shown
    )
    return (
        f'<div class="welcome"><h2>{both("welcome")}</h2><p>{both("welcome_more")}</p>'
        f'<p class="caption">{both("examples")}</p><ul class="examples">{asks}</ul></div>'
    )


def bar(plans: Sequence[Plan]) -> str:
    """Return the bar at the top, the drawer with the conversations, and the line that says what happens."""
    name = "、".join(f"《{escape(plan.title)}》" for plan in plans)
    return (
        f'<a class="skip" href="#ask">{both("skip")}</a>'
        f'<header id="bar"><h1>{both("product")}</h1><p id="plan-name">{name}</p>'
        f'<p id="state" role="status" data-state="loading"></p><div class="bar-tools">'
        f'{_QUIET} id="read-plan">{both("plan")}</button>'
        f'{_QUIET} id="new-conversation">{both("new")}</button>'
        f'{_QUIET} id="open-conversations" aria-expanded="false" aria-controls="conversations">'
        f"{both('conversations')}</button>"
        f'<span class="wide">{_TOOLS}</span></div></header><p id="said" role="status" aria-live="polite"></p>'
        f'<aside id="conversations" {spoken("conversations")} hidden><div class="drawer-head">'
        f"<h2>{both('conversations')}</h2>"
        f'{_QUIET} id="close-conversations">{both("close")}</button></div><ul id="conversation-list"></ul>'
        f'<p class="caption">{both("kept_here")}</p><div class="drawer-tools">{_TOOLS}</div></aside>'
    )


def style() -> str:
    """Return the page's style sheet."""
    return (BROWSER / "page.css").read_text(encoding="utf-8")


def head(root_path: str, *, early: bool = False) -> str:
    """Return what goes into the page's head: style, texts and scripts, all inline.

    The style stands here since Gradio puts its own container before every selector of `css`, so that nothing there can
    depend on the body.
    """
    facts = f"window.planqa = {{words: {_json(TEXTS)}, labelled: {_json(_LABELLED)}, root: {_json(root_path)}}};"
    scripts = "\n".join(
        (BROWSER / name).read_text(encoding="utf-8") for name in (_EARLY_SCRIPTS if early else _SCRIPTS)
    )
    return f'<meta name="color-scheme" content="light dark"><style>{style()}</style><script>{facts}\n{scripts}</script>'


def _json(value: object) -> str:
    """Return JSON that may stand inside a script element."""
    return json.dumps(value, ensure_ascii=False).replace("</", "<\\/").replace("<!--", "<\\!--")


def early_page(plans: Sequence[Plan], root_path: str) -> str:
    """Return the page that is shown until the chat is there: the plan to read, and a box that keeps what is typed."""
    title = escape(f"{plans[0].title} · {zh('product')}" if plans else zh("product"))
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{head(root_path, early=True)}</head>'
        f'<body><div class="gradio-container early"><div id="top">{bar(plans)}</div><main id="desk">'
        f'<div id="talk"><div id="chat">{welcome(plans)}</div><form id="ask"><textarea rows="1" '
        f'{spoken("question_label")} placeholder="{zh("question_hint")}"></textarea>'
        f'<button type="submit" id="send">{both("send")}</button></form></div>'
        f'<div id="book"><div class="prose">{plan_panel(plans)}</div></div></main></div></body></html>'
    )
