"""`python -m qa --check-model`: whether address, model, streaming and Chinese work, on one screen."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

from qa.chat.faults import ChatFault, Fault, FaultKind
from qa.chat.model import ChatModel, LangChainModel, Message
from qa.settings import Settings

_TRIAL = (
    Message("system", "只根据材料回答,一句话,句末在方括号里写材料的编号。"),
    Message("user", '<条款 编号="一(一)1">累计建设5G基站超3万个。</条款>\n<问题>建设了多少5G基站?</问题>'),
)


@dataclass(frozen=True)
class Trial:
    """What one small question to the model showed.

    Attributes:
        text: what came back.
        pieces: in how many pieces.
        first: seconds to the first piece.
        whole: seconds to the last.
        fault: what went wrong, None if nothing did.
    """

    text: str
    pieces: int
    first: float
    whole: float
    fault: Fault | None = None


def trial(model: ChatModel, timeout: float) -> Trial:
    """Ask `model` one question that takes a moment, within `timeout` seconds."""
    began = time.monotonic()
    said: list[str] = []
    first = 0.0
    fault: Fault | None = None
    try:
        for piece in model.stream(_TRIAL, began + timeout):
            first = first or time.monotonic() - began
            said.append(piece)
            if sum(map(len, said)) > 400:
                break
        if not "".join(said).strip():
            raise ChatFault(FaultKind.EMPTY)
    except ChatFault as error:
        fault = error.fault
    return Trial("".join(said), len(said), first, time.monotonic() - began, fault)


def check_model(settings: Settings, model: ChatModel | None = None) -> tuple[str, bool]:
    """Return the screen, and whether the model can be used."""
    key = "已设置" if settings.chat_api_key.get_secret_value() else "未设置"
    lines = [
        f"地址    {settings.chat_base_url or '(未设置)'}",
        f"模型    {settings.chat_model or '(未设置)'}({settings.chat_provider})",
        f"密钥    {key}",
        f"限时    {settings.chat_timeout:g} 秒,重试 {settings.chat_retries} 次,条款预算 {settings.chat_context_budget} 字",
    ]
    if not settings.chat_model or (settings.chat_provider == "openai" and not settings.chat_base_url):
        fault = Fault(FaultKind.SETTINGS)
        return "\n".join([*lines, f"结论    ✗ 设置不完整 → {fault.mend}"]), False
    found = trial(model or LangChainModel(settings), settings.chat_timeout)
    return "\n".join(lines + _findings(found)), found.fault is None


def _findings(found: Trial) -> list[str]:
    if found.fault is not None:
        detail = f"({found.fault.detail})" if found.fault.detail else ""
        what = found.fault.line().split(":", 1)[1].split("。")[0]
        return [f"连接    ✗ {what}{detail}", f"怎么办  {found.fault.mend}"]
    streams = found.pieces > 1
    chinese = len(re.findall(r"[\u3400-\u9fff]", found.text)) >= 2 and "\ufffd" not in found.text
    right, marked = "3万" in found.text, bool(re.search(r"[\[【［]\s*一\(一\)1\s*[\]】］]", found.text))
    return [
        f"连接    ✓ {found.whole:.2f} 秒",
        f"流式    {'✓' if streams else '!'} 首字 {found.first:.2f} 秒,共 {found.pieces} 段"
        + ("" if streams else " → 服务一次给出全文,页面上看不到逐字出现"),
        f"中文    {'✓' if chinese else '!'} {_short(found.text)}" + ("" if chinese else " → 换一个会中文的模型"),
        f"依据    {'✓ 照材料回答' if right else '! 没有照材料回答 → 这样的句子不会通过核对;换更大的模型效果更好'}",
        f"编号    {'✓ 句末写了编号' if marked else '! 没有写编号 → 能由条款印证的句子会自动补上,其余去掉'}",
    ]


def _short(text: str) -> str:
    plain = re.sub(r"\s+", " ", text).strip()
    return plain if len(plain) <= 60 else plain[:60] + "…"
