"""What can go wrong with a chat model, told in one line: what happened, and what the operator can do."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class FaultKind(Enum):
    """What went wrong; the value is what scripts read."""

    REFUSED = "connection refused"
    UNRESOLVED = "unknown host"
    UNREACHABLE = "unreachable"
    UNAUTHORISED = "unauthorised"
    NO_MODEL = "no such model"
    BUSY = "too many requests"
    SERVER = "server error"
    REJECTED = "request rejected"
    OVERFLOW = "context overflow"
    CUT = "stream stopped"
    GARBLED = "broken text"
    ENDLESS = "endless answer"
    EMPTY = "empty answer"
    NOT_PROSE = "not prose"
    SILENT = "timeout"
    SETTINGS = "settings"
    OTHER = "other"


@dataclass(frozen=True)
class _Words:
    chinese: str
    english: str
    mend: str


_WORDS = {
    FaultKind.REFUSED: _Words("连接被拒绝", "the connection was refused", "确认服务已启动,PLANQA_CHAT_BASE_URL 的端口无误"),
    FaultKind.UNRESOLVED: _Words("找不到主机名", "its host name is unknown", "检查 PLANQA_CHAT_BASE_URL 里的主机名和 DNS"),
    FaultKind.UNREACHABLE: _Words("连不上服务", "it cannot be reached", "检查 PLANQA_CHAT_BASE_URL、网络和代理"),
    FaultKind.UNAUTHORISED: _Words("密钥未被接受", "the key was not accepted", "检查 PLANQA_CHAT_API_KEY"),
    FaultKind.NO_MODEL: _Words(
        "服务上没有这个模型或地址", "it has no such model or address", "检查 PLANQA_CHAT_MODEL,地址一般以 /v1 结尾"
    ),
    FaultKind.BUSY: _Words("服务繁忙,请求过多", "it is too busy", "稍后再试,或提高服务的限额"),
    FaultKind.SERVER: _Words("服务内部出错", "it met an internal error", "查看模型服务的日志"),
    FaultKind.REJECTED: _Words("服务不接受这个请求", "it rejected the request", "检查模型名、温度和 PLANQA_CHAT_STRUCTURED"),
    FaultKind.OVERFLOW: _Words(
        "条款超出模型的上下文长度", "the clauses exceed its context", "调低 PLANQA_CHAT_CONTEXT_BUDGET,或加大模型的上下文"
    ),
    FaultKind.CUT: _Words("回答中途断开", "its answer stopped midway", "查看模型服务和中间代理的日志"),
    FaultKind.GARBLED: _Words("回答含有损坏的文字", "its answer is broken text", "确认服务以 UTF-8 输出"),
    FaultKind.ENDLESS: _Words("回答过长,已停止接收", "its answer did not end", "换用对话(instruct)模型,或调高 PLANQA_CHAT_ANSWER_LIMIT"),
    FaultKind.EMPTY: _Words("回答是空的", "its answer is empty", "换一个模型,或检查服务的对话模板"),
    FaultKind.NOT_PROSE: _Words("回答不是文字而是代码或 JSON", "its answer is code or JSON, not prose", "换一个模型,或设置 PLANQA_CHAT_STRUCTURED"),
    FaultKind.SILENT: _Words("限时内没有答完", "it did not answer in time", "调高 PLANQA_CHAT_TIMEOUT,或换更快的模型"),
    FaultKind.SETTINGS: _Words("设置不完整", "its settings are incomplete", "设置 PLANQA_CHAT_BASE_URL 和 PLANQA_CHAT_MODEL"),
    FaultKind.OTHER: _Words("出了意外的错误", "it met an unexpected error", "运行 python -m qa --check-model"),
}  # fmt: skip
RETRYABLE = (FaultKind.BUSY, FaultKind.SERVER)


@dataclass(frozen=True)
class Fault:
    """One thing that went wrong.

    Attributes:
        kind: what it is.
        detail: what is known beyond that, for the operator; never a key, never more than 200 characters.
        retry_after: seconds that the server asks to wait; None where it does not say.
    """

    kind: FaultKind
    detail: str = ""
    retry_after: float | None = None

    @property
    def mend(self) -> str:
        """What the operator can do."""
        return _WORDS[self.kind].mend

    def line(self, english: bool = False) -> str:
        """Return the line that the reader of the answer sees."""
        wait = f"{self.retry_after:g}" if self.retry_after else ""
        if english:
            asked = f" (it asks to wait {wait} s)" if wait else ""
            return f"(The chat model was not used: {_WORDS[self.kind].english}{asked}. Quoted from the plan.)"
        asked = f",要求 {wait} 秒后再试" if wait else ""
        return f"(未使用聊天模型:{_WORDS[self.kind].chinese}{asked}。以上直接引自规划原文。)"


class ChatFault(Exception):
    """The chat model cannot be used for this answer; the extractive answer takes its place."""

    def __init__(self, kind: FaultKind, detail: str = "", retry_after: float | None = None) -> None:
        self.fault = Fault(kind, detail[:200], retry_after)
        super().__init__(f"{kind.value}: {detail[:200]}")


_OVERFLOW = re.compile(
    r"context[ _-]?(?:length|window|size)|exceed_context|maximum context|max_model_len|n_ctx|too many tokens|prompt is too long|"
    r"input (?:is )?too long|上下文",
    re.IGNORECASE,
)
_CUT_NAMES = ("RemoteProtocolError", "ReadError", "IncompleteRead", "ClientPayloadError")


def fault_of(error: BaseException) -> ChatFault:
    """Return what `error`, raised by any provider's client, means.

    Clients are told apart by what they carry (an HTTP status, a cause), not by their classes: each provider has its own.
    """
    if isinstance(error, ChatFault):
        return error
    chain = list(_causes(error))
    return _by_status(error, chain) or _by_cause(error, chain)


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    todo: list[BaseException | None] = [error]
    while todo:
        one = todo.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        todo += [one.__cause__, one.__context__]
        if isinstance(one, BaseExceptionGroup):
            todo += list(one.exceptions)


def _by_status(error: BaseException, chain: list[BaseException]) -> ChatFault | None:
    status = next((s for one in chain if isinstance(s := getattr(one, "status_code", None), int)), None)
    said = _said(error)
    overflowed = any("ContextOverflow" in type(one).__name__ for one in chain)
    if overflowed or (status in (None, 400, 413, 422, 500) and _OVERFLOW.search(said)):
        return ChatFault(FaultKind.OVERFLOW, said)
    if status is None:
        return None
    kind = {401: FaultKind.UNAUTHORISED, 403: FaultKind.UNAUTHORISED, 404: FaultKind.NO_MODEL, 429: FaultKind.BUSY}.get(
        status
    )
    if kind is None:
        kind = FaultKind.SERVER if status >= 500 else FaultKind.REJECTED
    return ChatFault(kind, f"HTTP {status} {said}", _retry_after(error))


def _by_cause(error: BaseException, chain: list[BaseException]) -> ChatFault:
    names = {type(one).__name__ for one in chain}
    said = _said(error)
    if any(isinstance(one, UnicodeDecodeError | json.JSONDecodeError) for one in chain):
        return ChatFault(FaultKind.GARBLED, said)
    if any(isinstance(one, socket.gaierror) for one in chain) or re.search(
        r"getaddrinfo|Name or service not known|nodename nor", said
    ):
        return ChatFault(FaultKind.UNRESOLVED, said)
    if any(isinstance(one, ConnectionRefusedError) for one in chain):
        return ChatFault(FaultKind.REFUSED, said)
    if any(isinstance(one, TimeoutError) for one in chain) or any("Timeout" in name for name in names):
        return ChatFault(FaultKind.SILENT, said)
    if names.intersection(_CUT_NAMES) or any(isinstance(one, ConnectionResetError | BrokenPipeError) for one in chain):
        return ChatFault(FaultKind.CUT, said)
    if any("Connect" in name for name in names) or any(isinstance(one, OSError) for one in chain):
        return ChatFault(FaultKind.UNREACHABLE, said)
    return ChatFault(FaultKind.OTHER, f"{type(error).__name__}: {said}")


def _said(error: BaseException) -> str:
    return re.sub(r"\s+", " ", str(error))[:200]


def _retry_after(error: BaseException) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", None)
    try:
        return max(0.0, float(headers["retry-after"])) if headers is not None else None
    except (KeyError, TypeError, ValueError):
        return None  # a date instead of seconds, or nothing at all
