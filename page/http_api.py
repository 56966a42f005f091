"""What programs ask: `/health`, `/api/ask`, and the plan as a model for chat clients (`/v1/…`)."""

from __future__ import annotations

import json
import logging
import time
import uuid
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, Field

from index.errors import PlanError
from page.asking import Desk, TurnedAway
from qa.answer import Answer, Question, Turn

log = logging.getLogger("planqa.page")
MODEL = "planqa"
"""Name under which chat clients see the plan."""
_LONGEST = 200_000
_STATUS = {"rate": 429, "queue": 503, "loading": 503}


class TurnLine(BaseModel):
    """One message of what was said before."""

    role: Literal["user", "assistant"]
    content: Annotated[str, Field(max_length=_LONGEST)]


class QuestionLine(BaseModel):
    """A question line, as the command line's batches have them."""

    question: Annotated[str, Field(max_length=_LONGEST)]
    id: Annotated[str, Field(max_length=200)] = ""
    history: Annotated[list[TurnLine], Field(max_length=1_000)] = []


class Part(BaseModel):
    """A part of a message; only text counts."""

    type: str
    text: str = ""


class ChatMessage(BaseModel):
    """A message of the chat protocol."""

    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: Annotated[str, Field(max_length=_LONGEST)] | list[Part] | None = ""

    @property
    def text(self) -> str:
        """Its text, parts joined."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class ChatRequest(BaseModel):
    """What a chat client sends; fields about sampling are taken and change nothing."""

    messages: Annotated[list[ChatMessage], Field(min_length=1, max_length=1_000)]
    model: str = MODEL
    stream: bool = False


def add_addresses(server: FastAPI, desk: Desk) -> None:
    """Add the addresses and the one way in which they say what is wrong."""
    routes = APIRouter()

    @routes.get("/health")
    def health() -> Response:
        fields = {"state": desk.state, "detail": desk.detail, "loaded_after_s": round(desk.seconds, 2)}
        return JSONResponse(fields, 503 if desk.state == "failed" else 200, {"Cache-Control": "no-store"})

    @routes.post("/api/ask")
    def ask(line: QuestionLine, request: Request) -> dict[str, Any]:
        history = tuple(Turn(turn.role, turn.content) for turn in line.history)
        return desk.ask(Question(line.question, history, line.id), _address(request)).line()

    @routes.get("/v1/models")
    def models() -> dict[str, Any]:
        return {"object": "list", "data": [{"id": MODEL, "object": "model", "created": 0, "owned_by": "planqa"}]}

    @routes.post("/v1/chat/completions")
    def complete(chat: ChatRequest, request: Request) -> Response:
        said = [message for message in chat.messages if message.role in ("user", "assistant")]
        if not said or said[-1].role != "user":
            raise PlanError(expected="a last message of role user", got="none", next_step="put the question last")
        history = tuple(Turn("user" if m.role == "user" else "assistant", m.text) for m in said[:-1])
        answer = desk.ask(Question(said[-1].text, history), _address(request))
        if chat.stream:
            return StreamingResponse(_chunks(answer, chat.model), media_type="text/event-stream")
        return JSONResponse(_completion(answer, chat.model))

    server.include_router(routes)
    _say_errors_plainly(server)


def _say_errors_plainly(server: FastAPI) -> None:
    @server.exception_handler(PlanError)
    async def plan_error(request: Request, error: PlanError) -> JSONResponse:
        turned_away = isinstance(error, TurnedAway)
        status = _STATUS[error.reason] if isinstance(error, TurnedAway) else 400
        headers = {"Retry-After": str(error.retry_after)} if isinstance(error, TurnedAway) else None
        return _error(request, str(error), status, "rate_limit" if turned_away else "invalid_request", headers)

    @server.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"] if part != "body") or "the body"
        return _error(
            request,
            f"expected a question line in JSON; got {place}: {first['msg']}; next: mend it",
            422,
            "invalid_request",
        )

    @server.exception_handler(Exception)
    async def unforeseen(request: Request, error: Exception) -> JSONResponse:
        log.error("request failed", exc_info=error, extra={"event": "error", "path": request.url.path})
        return _error(request, "expected an answer; got a fault of this server; next: see its log", 500, "server_error")


def _error(request: Request, line: str, status: int, kind: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """Return one clear line; chat clients get it in the shape that they read."""
    as_chat = "/v1/" in request.url.path
    body: dict[str, Any] = {"error": {"message": line, "type": kind, "code": status} if as_chat else line}
    return JSONResponse(body, status, headers)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _frame(kind: str, model: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{uuid.uuid4().hex}", "object": kind, "created": int(time.time()), "model": model}


def _completion(answer: Answer, model: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": answer.text}
    asked, said = len(answer.question.text), len(answer.text)
    return _frame("chat.completion", model) | {
        "choices": [{"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}],
        "usage": {"prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said},
        "planqa": answer.line(),
    }


def _chunks(answer: Answer, model: str) -> Iterator[str]:
    """Give the answer statement by statement: each is proved before it is sent, so none is ever taken back."""
    frame = _frame("chat.completion.chunk", model)

    def event(delta: dict[str, str], finish: str | None = None, **more: Any) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return f"data: {json.dumps(frame | {'choices': [choice]} | more, ensure_ascii=False)}\n\n"

    yield event({"role": "assistant", "content": ""})
    for place, statement in enumerate(answer.statements):
        yield event({"content": ("\n" if place else "") + str(statement)})
    yield event({}, "stop", planqa=answer.line())
    yield "data: [DONE]\n\n"
