"""A real HTTP server on loopback that speaks the chat protocol: as scripted, or badly in one chosen way."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = str | Callable[["Handler", dict[str, Any]], None]
"""A text to be streamed, or what to do with the connection."""


class ChatServer(ThreadingHTTPServer):
    """Plays its replies in order, the last one again and again; keeps what was asked."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, *replies: Reply) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.replies = list(replies)
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.open_streams = 0
        self.stopping = threading.Event()

    @property
    def address(self) -> str:
        """Base address as a setting has it."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients hang up on purpose here."""


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    server: ChatServer

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        """Play the next reply."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(body)
        self.server.keys.append(self.headers.get("Authorization", ""))
        reply = self.server.replies[min(len(self.server.requests), len(self.server.replies)) - 1]
        if callable(reply):
            reply(self, body)
        else:
            self.begin()
            for first in range(0, len(reply), 5):
                self.say(reply[first : first + 5])
            self.end()

    def begin(self) -> None:
        """Open the stream."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def raw(self, data: bytes) -> None:
        """Send one HTTP chunk."""
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def say(self, text: str, finish: str | None = None) -> None:
        """Send one event with a piece of the answer."""
        choice = {"index": 0, "delta": {"content": text} if text else {}, "finish_reason": finish}
        event = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": [choice]}
        self.raw(f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode())

    def end(self, finish: str = "stop") -> None:
        """Close the stream as it should be."""
        self.say("", finish)
        self.raw(b"data: [DONE]\n\n")
        self.wfile.write(b"0\r\n\r\n")

    def status(self, code: int, message: str, headers: dict[str, str] | None = None) -> None:
        """Answer with an error as such servers write it."""
        body = json.dumps({"error": {"message": message, "type": "error", "code": code}}).encode()
        self.send_response(code)
        for name, value in {
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            **(headers or {}),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def fails(code: int, message: str = "no", **headers: str) -> Reply:
    """Return the reply that is an HTTP error."""
    return lambda handler, _: handler.status(
        code, message, {name.replace("_", "-"): value for name, value in headers.items()}
    )


def stops_midway(handler: Handler, _: dict[str, Any]) -> None:
    """Break the connection inside the answer."""
    handler.begin()
    handler.say("累计建设5G基站超3万个。[一(一)1] 网络")
    handler.connection.shutdown(socket.SHUT_RDWR)


def ends_without_reason(handler: Handler, _: dict[str, Any]) -> None:
    """Close the stream cleanly, but in the middle of the answer."""
    handler.begin()
    handler.say("累计建设5G基站超3万个。[一(一)1] 网络")
    handler.wfile.write(b"0\r\n\r\n")


def breaks_utf8(handler: Handler, _: dict[str, Any]) -> None:
    """Send half a Chinese character."""
    handler.begin()
    handler.raw(
        b'data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"\xe5\x9f'
    )
    handler.raw(b'"},"finish_reason":null}]}\n\n')
    handler.end()


def never_ends(handler: Handler, _: dict[str, Any]) -> None:
    """Say the same for ever."""
    handler.begin()
    handler.server.open_streams += 1
    try:
        while not handler.server.stopping.is_set():
            handler.say("数字青岛建设数字青岛建设")
    finally:
        handler.server.open_streams -= 1


def never_breaks_the_line(handler: Handler, _: dict[str, Any]) -> None:
    """Send one line of an event that has no end."""
    handler.begin()
    handler.raw(b"data: ")
    while not handler.server.stopping.is_set():
        handler.raw(b"x" * 65536)


def is_silent(handler: Handler, _: dict[str, Any]) -> None:
    """Take the request and say nothing."""
    handler.server.stopping.wait(20)


def drips_comments(handler: Handler, _: dict[str, Any]) -> None:
    """Keep the connection alive with comments, without a word of an answer."""
    handler.begin()
    while not handler.server.stopping.is_set():
        handler.raw(b": keep-alive\n\n")
        time.sleep(0.05)


@contextmanager
def serving(*replies: Reply) -> Iterator[ChatServer]:
    """Serve while the block runs."""
    server = ChatServer(*replies)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server
    finally:
        server.stopping.set()
        server.shutdown()
        server.server_close()
