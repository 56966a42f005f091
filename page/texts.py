"""What the page says, in Chinese and English.

Both languages are in the page and the one that is not chosen is hidden, so that switching needs no round trip and works
inside answers too.
"""

from __future__ import annotations

from html import escape

TEXTS: dict[str, tuple[str, str]] = {
    "product": ("问规划", "Ask the plan"),
    "tab_ask": ("问答", "Ask"),
    "tab_measure": ("评测", "Measure"),
    "welcome": ("问这份规划,答案逐句标明条款号", "Ask this plan; every sentence names its clause"),
    "welcome_more": (
        "点条款号,原文会翻到那一条并标出依据;原文没有的,会直接说没有。",
        "Click a clause number to see the sentence marked in the text. What the plan does not say is not made up.",
    ),
    "examples": ("可以这样问", "For example"),
    "kind_fact": ("数据", "Figure"),
    "kind_list": ("包括哪些", "List"),
    "kind_measure": ("怎么做", "Measure"),
    "kind_lookup": ("查条款", "Look up"),
    "kind_structure": ("看结构", "Outline"),
    "question_label": ("您的问题", "Your question"),
    "question_hint": ("输入问题,回车发送,Shift+回车换行", "Type a question. Enter sends, Shift+Enter breaks the line"),
    "send": ("发送", "Send"),
    "stop": ("停止", "Stop"),
    "edit": ("修改再问", "Edit and ask again"),
    "editing": ("修改后发送,此后的问答会重来;Esc 取消", "Sending replaces what came after; Esc cancels"),
    "retry": ("重新回答", "Answer again"),
    "you": ("您问", "You asked"),
    "answer": ("答", "Answer"),
    "searching": ("正在查找原文…", "Searching the plan…"),
    "loading": ("正在载入检索模型,可以先读规划、先提问…", "Loading the search model; you can read and ask already…"),
    "loading_answer": ("检索模型载入后马上回答…", "Will answer as soon as the search model is loaded…"),
    "opening": ("正在打开问答,可以先读规划…", "Opening the chat; you can read the plan already…"),
    "ready": ("可以提问", "Ready"),
    "failed": ("没有载入成功", "Loading failed"),
    "stopped": ("已停止,没有给出回答。", "Stopped; no answer was given."),
    "answered": ("已回答", "Answered"),
    "error": ("没有回答成", "No answer"),
    "badge_grounded": ("每句都有原文依据", "Every statement proved"),
    "badge_corrected": ("与问题的说法不同,以原文为准", "Corrected: the plan says otherwise"),
    "badge_refused": ("规划原文没有说到", "Not in the plan"),
    "cited": ("引用的条款", "Cited clauses"),
    "retrieved": ("查到但没有引用", "Retrieved, not cited"),
    "rejected": ("没有通过核对,不作为回答", "Failed the check, not part of the answer"),
    "nearest": ("最接近的条款(不是答案)", "Nearest clauses (not an answer)"),
    "unnumbered": ("这份原文没有给这一段编号", "This source gives the passage no section number"),
    "sources": ("出处", "Sources"),
    "followups": ("接着问", "Ask next"),
    "copy": ("复制", "Copy"),
    "copied": ("已复制", "Copied"),
    "report": ("报告有误", "Report an error"),
    "report_reason": ("哪里不对?(可不填)", "What is wrong? (optional)"),
    "report_send": ("提交", "Submit"),
    "reported": ("已记下,谢谢", "Noted, thank you"),
    "mode_extractive": ("原文摘录", "Quoted from the plan"),
    "mode_chat": ("语言模型撰写,已逐句核对", "Written by a language model, each sentence checked"),
    "seconds": ("秒", "s"),
    "plan": ("规划原文", "The plan"),
    "outline": ("目录", "Outline"),
    "search": ("在原文中查找", "Search the text"),
    "hits": ("处", "hits"),
    "no_hits": ("原文里没有", "No hits"),
    "back": ("返回", "Back"),
    "print": ("打印", "Print"),
    "top_of_plan": ("回到开头", "To the top"),
    "front": ("网页导语(不属于规划正文)", "Front matter of the web page (not part of the plan)"),
    "quoted_passages": ("网页另引的规划段落(没有编号)", "Passages that the web page quotes (unnumbered)"),
    "here": ("当前条款", "Clause in view"),
    "opened": ("已打开条款", "Opened clause"),
    "link_clause": ("这一条的链接", "Link to this clause"),
    "heading_only": ("这份原文到此为止,本节没有正文。", "The source ends here; this section has no text."),
    "conversations": ("对话", "Conversations"),
    "new": ("新对话", "New conversation"),
    "rename": ("改名", "Rename"),
    "delete": ("删除", "Delete"),
    "clear": ("清空", "Clear"),
    "no_conversations": ("还没有对话", "No conversations yet"),
    "kept_here": ("对话只保存在这个浏览器里", "Conversations are kept in this browser only"),
    "export": ("导出", "Export"),
    "close": ("关闭", "Close"),
    "language": ("English", "中文"),
    "theme": ("深色 / 浅色", "Dark / light"),
    "nothing_to_export": ("还没有可导出的回答", "Nothing to export yet"),
    "measure_title": ("回答有多可靠", "How good the answers are"),
    "measure_none": ("还没有评测结果。", "No evaluation yet."),
    "measure_run": ("运行评测", "Run the evaluation"),
    "measure_running": ("正在评测", "Evaluating"),
    "measure_busy": ("已有一次评测在运行", "An evaluation is already running"),
    "measure_kinds": ("按问题类型", "By kind of question"),
    "measure_wrong": ("答错的题", "Wrong cases"),
    "measure_when": ("运行时间", "Run at"),
    "measure_questions": ("题", "questions"),
    "interval": ("95% 区间", "95% interval"),
    "expected": ("应答", "Expected"),
    "came": ("实答", "Answered"),
    "skip": ("跳到输入框", "Skip to the question"),
}


def zh(key: str) -> str:
    """Return the Chinese words."""
    return TEXTS[key][0]


def both(key: str) -> str:
    """Return both languages as markup; the style shows the one that is chosen."""
    chinese, english = TEXTS[key]
    return f'<span class="zh">{escape(chinese)}</span><span class="en" lang="en">{escape(english)}</span>'


def spoken(key: str, attribute: str = "aria-label") -> str:
    """Return an attribute in Chinese with what the browser script needs to put it into English.

    Only for markup that is not sanitised on its way (`data-` is stripped inside messages).
    """
    chinese, english = (escape(words, quote=True) for words in TEXTS[key])
    return f'{attribute}="{chinese}" data-zh="{attribute}={chinese}" data-en="{attribute}={english}"'
