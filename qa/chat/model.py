"""The chat model. The only file of the chat that knows LangChain."""

from __future__ import annotations

import ipaddress
import json
import threading
import time
import weakref
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol
from urllib.parse import urlsplit

from qa.chat.background import iterate, run_later
from qa.chat.faults import RETRYABLE, ChatFault, FaultKind, fault_of
from qa.settings import Settings

_MOST_BYTES = 4_000_000
"""Of one response, in bytes: more than any answer, little enough to hold."""
_LONGEST_WAIT = 5.0
"""Seconds that a reader waits for a busy server before the extractive answer is the better one."""


@dataclass(frozen=True)
class Message:
    """One message of a prompt."""

    role: Literal["system", "user", "assistant"]
    text: str


class ChatModel(Protocol):
    """What the generator needs of a chat model."""

    def stream(self, messages: Sequence[Message], deadline: float, structured: bool = False) -> Iterator[str]:
        """Yield the answer in pieces, as they come.

        Args:
            messages: the prompt.
            deadline: `time.monotonic()` by which the answer has to be whole.
            structured: ask for one JSON object of `STATEMENTS_SCHEMA` instead of prose.

        Raises:
            ChatFault: anything at all went wrong.
        """


class LangChainModel:
    """A chat model behind LangChain's `init_chat_model`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._built: Any = None

    def stream(self, messages: Sequence[Message], deadline: float, structured: bool = False) -> Iterator[str]:
        """Yield the answer in pieces; a busy or broken server is asked again before the first piece.

        Raises:
            ChatFault: anything at all went wrong.
        """
        for attempt in range(self._settings.chat_retries + 1):
            began = False
            try:
                for piece in iterate(lambda: self._pieces(messages, structured), deadline):
                    began = True
                    yield piece
                return
            except Exception as error:  # every provider's client has errors of its own
                fault = fault_of(error)
                wait = fault.fault.retry_after if fault.fault.retry_after is not None else 0.5 * 2**attempt
                last = attempt == self._settings.chat_retries
                if began or last or not _worth_waiting(fault, wait, deadline):
                    raise fault from error
            time.sleep(wait)

    async def _pieces(self, messages: Sequence[Message], structured: bool) -> AsyncIterator[str]:
        from langsmith.run_helpers import tracing_context

        model = self._model()
        prompt = [(_ROLES[message.role], message.text) for message in messages]
        with tracing_context(enabled=False):  # a plan and its questions go to the model that was chosen, nowhere else
            if structured:
                shaped = model.with_structured_output(STATEMENTS_SCHEMA, method=self._settings.chat_structured)
                yield json.dumps(await shaped.ainvoke(prompt), ensure_ascii=False)
                return
            finished = ""
            async for chunk in model.astream(prompt):
                finished = _finish(chunk.response_metadata) or finished
                if text := str(chunk.text):
                    yield text
        if finished == "content_filter":
            raise ChatFault(FaultKind.REJECTED, "the server's content filter stopped the answer")
        if not finished and self._settings.chat_provider == "openai":
            raise ChatFault(FaultKind.CUT, "the stream ended without a finish reason")

    def _model(self) -> Any:
        with self._lock:
            if self._built is None:
                arguments = _arguments(self._settings)
                if client := arguments.get("http_async_client"):
                    weakref.finalize(self, run_later, client.aclose)
                self._built = _build(self._settings, arguments)
            return self._built


_ROLES = {"system": "system", "user": "human", "assistant": "ai"}
STATEMENTS_SCHEMA = {
    "title": "Statements",
    "description": "回答问题的句子,每句注明所依据的条款编号。",
    "type": "object",
    "properties": {
        "statements": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"text": {"type": "string"}, "sections": {"type": "array", "items": {"type": "string"}}},
                "required": ["text", "sections"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["statements"],
    "additionalProperties": False,
}


def _worth_waiting(fault: ChatFault, wait: float, deadline: float) -> bool:
    return fault.fault.kind in RETRYABLE and wait <= _LONGEST_WAIT and time.monotonic() + wait < deadline


def _finish(metadata: dict[str, Any]) -> str:
    return str(metadata.get("finish_reason") or metadata.get("stop_reason") or metadata.get("done_reason") or "")


def _build(settings: Settings, arguments: dict[str, Any]) -> Any:
    try:
        from langchain.chat_models import init_chat_model

        return init_chat_model(settings.chat_model, model_provider=settings.chat_provider, **arguments)
    except ImportError as error:
        package = "planqa[chat]" if settings.chat_provider == "openai" else f"langchain-{settings.chat_provider}"
        raise ChatFault(FaultKind.SETTINGS, f"a package is not installed: pip install '{package}' ({error})") from error
    except ValueError as error:
        raise ChatFault(FaultKind.SETTINGS, str(error).splitlines()[0]) from error


def _arguments(settings: Settings) -> dict[str, Any]:
    arguments: dict[str, Any] = {"temperature": settings.chat_temperature}
    if settings.chat_base_url:
        arguments["base_url"] = settings.chat_base_url
    key = settings.chat_api_key.get_secret_value()
    if settings.chat_provider != "openai":
        return arguments | ({"api_key": key} if key else {})
    return arguments | {
        "api_key": key or "none",  # never the OPENAI_API_KEY that happens to be in the environment
        "timeout": settings.chat_timeout,
        "max_retries": 0,
        "stream_chunk_timeout": 0,
        "use_responses_api": False,
        "http_async_client": _http_client(settings),
    }


def _http_client(settings: Settings) -> Any:
    """Return a client that takes no more than `_MOST_BYTES` of a response, and no proxy to this machine itself."""
    import openai

    async def limit(response: Any) -> None:
        kind = next(one for one in type(response.stream).__mro__ if one.__name__ == "AsyncByteStream")
        response.stream = type("Limited", (_Limited, kind), {})(response.stream)

    return openai.DefaultAsyncHttpxClient(
        event_hooks={"response": [limit]},
        trust_env=not _is_local(settings.chat_base_url),
        timeout=settings.chat_timeout,
    )


def _is_local(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class _Limited:
    """A response's bytes, up to `_MOST_BYTES`."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        taken = 0
        async for chunk in self._stream:
            taken += len(chunk)
            if taken > _MOST_BYTES:
                raise ChatFault(FaultKind.ENDLESS, f"more than {_MOST_BYTES} bytes")
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()
