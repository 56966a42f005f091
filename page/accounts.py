"""Accounts: a file of names and hashed passwords, and the check of those who come.

`python -m page.accounts FILE NAME` adds or changes one. There is no account by default.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
import sys
import tempfile
import threading
from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from index.errors import PlanError

_COST = {"n": 2**14, "r": 8, "p": 1}
"""scrypt: 16 MB and about 40 ms a try. Source: RFC 7914 section 2; OWASP Password Storage Cheat Sheet."""
SHORTEST = 8
"""Characters of a password."""


def hashed(password: str, salt: bytes | None = None) -> str:
    """Return `scrypt$<salt>$<hash>`, both in base64."""
    salt = salt or secrets.token_bytes(16)
    digest = hashlib.scrypt(password.encode(), salt=salt, n=_COST["n"], r=_COST["r"], p=_COST["p"], dklen=32)
    return f"scrypt${base64.b64encode(salt).decode()}${base64.b64encode(digest).decode()}"


def fits(password: str, entry: str) -> bool:
    """Say whether `password` is the one of the entry, in time that does not depend on where they differ."""
    salt = base64.b64decode(entry.split("$")[1])
    return hmac.compare_digest(hashed(password, salt), entry)


def read_accounts(path: Path) -> dict[str, str]:
    """Return entry by name.

    Raises:
        PlanError: the file cannot be read, is not of this kind, or is empty.
    """
    try:
        accounts = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _misfit(path, str(error)) from None
    if not isinstance(accounts, dict) or not accounts:
        raise _misfit(path, "没有账号 (no account)")
    for name, entry in accounts.items():
        if not isinstance(entry, str) or len(entry.split("$")) != 3 or not entry.startswith("scrypt$"):
            raise _misfit(path, f"{name!r} 的口令没有加密 (not hashed)")
    return accounts


def _misfit(path: Path, got: str) -> PlanError:
    return PlanError(
        expected=f"账号文件 (a file of accounts) {path}", got=got, next_step=f"python -m page.accounts {path} NAME"
    )


class Guard:
    """Lets in who has an account, by HTTP Basic or, for chat clients, `Bearer name:password`.

    Args:
        app: what is guarded.
        accounts: entry by name.
        open_paths: paths that need no account.
    """

    def __init__(self, app: ASGIApp, accounts: dict[str, str], open_paths: Collection[str] = ("/health",)) -> None:
        self._app, self._accounts, self._open_paths = app, accounts, open_paths
        self._seen: set[bytes] = set()
        self._key = secrets.token_bytes(32)
        self._nobody = hashed(secrets.token_hex(16))
        self._trying = threading.Semaphore(2)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 401."""
        if scope["type"] != "http" or scope["path"] in self._open_paths or await self._known(scope):
            await self._app(scope, receive, send)
            return
        body = {"error": "expected an account; got none that fits; next: sign in, or use Authorization: Basic"}
        await JSONResponse(body, 401, {"WWW-Authenticate": 'Basic realm="planqa", charset="UTF-8"'})(
            scope, receive, send
        )

    async def _known(self, scope: Scope) -> bool:
        from starlette.concurrency import run_in_threadpool

        header = next((value for key, value in scope["headers"] if key == b"authorization"), b"")
        if not header or len(header) > 2_000:
            return False
        mark = hmac.digest(self._key, header, "sha256")
        if mark in self._seen:
            return True
        if await run_in_threadpool(self._fits, header):
            self._seen.add(mark)
            return True
        return False

    def _fits(self, header: bytes) -> bool:
        kind, _, value = header.decode("latin-1").partition(" ")
        try:
            pair = (
                base64.b64decode(value).decode()
                if kind.lower() == "basic"
                else value
                if kind.lower() == "bearer"
                else ""
            )
        except ValueError:
            return False
        name, _, password = pair.partition(":")
        with self._trying:  # hashing is dear: two at a time, so that guessing cannot take the machine
            return fits(password, self._accounts.get(name, self._nobody)) and name in self._accounts


command = typer.Typer(add_completion=False)


@command.command()
def add(
    file: Annotated[Path, typer.Argument(help="账号文件")],
    name: Annotated[str, typer.Argument(help="账号名")],
) -> None:
    """写入一个账号(口令从终端或标准输入读取,只存散列)。"""
    password = typer.prompt("口令", hide_input=True) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if len(password) < SHORTEST or ":" in name or not name:
        print(f"口令至少 {SHORTEST} 个字符,账号名里不能有冒号", file=sys.stderr)
        raise typer.Exit(1)
    accounts = read_accounts(file) if file.exists() else {}
    write_accounts(file, accounts | {name: hashed(password)})
    print(f"{file}: {name}")


def write_accounts(path: Path, accounts: dict[str, str]) -> None:
    """Write the file whole or not at all, readable by its owner alone."""
    number, scratch = tempfile.mkstemp(dir=path.parent or Path(), prefix=path.name)
    with os.fdopen(number, "w", encoding="utf-8") as file:
        json.dump(accounts, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    Path(scratch).replace(path)


if __name__ == "__main__":
    command()
