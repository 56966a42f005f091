"""Dockerfile and systemd unit: what they name exists, and nothing in them opens what should be shut."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import tomllib
from configparser import ConfigParser
from pathlib import Path

import pytest
from typer.main import get_command

import app

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
UNIT = ROOT / "deploy" / "planqa.service"


def steps() -> list[tuple[str, str]]:
    """Return the Dockerfile's instructions, continued lines joined."""
    joined = re.sub(r"\\\n\s*", " ", DOCKERFILE)
    lines = [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.split(None, 1)[0], line.split(None, 1)[1]) for line in lines]


def unit() -> ConfigParser:
    """Return the unit's sections."""
    parser = ConfigParser(strict=False, interpolation=None, delimiters=("=",), comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(UNIT, encoding="utf-8")
    return parser


def options() -> set[str]:
    """Return the options of `python app.py`."""
    return {name for parameter in get_command(app.command).params for name in parameter.opts}


def test_the_dockerfile_knows_its_words_and_ends_without_root() -> None:
    words = [word for word, _ in steps()]
    assert set(words) <= {"FROM", "RUN", "COPY", "WORKDIR", "USER", "ENV", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT"}
    assert words[0] == "FROM" and words[-1] == "ENTRYPOINT" and words.count("ENTRYPOINT") == 1
    assert [rest for word, rest in steps() if word == "USER"][-1] != "root"
    assert all(":" in rest.split()[0] for word, rest in steps() if word == "FROM"), "an image without a version"


def test_the_dockerfile_copies_what_is_there() -> None:
    sources = [
        source for word, rest in steps() if word == "COPY" and "--from" not in rest
        for source in [part for part in rest.split() if not part.startswith("--")][:-1]
    ]  # fmt: skip
    assert [source for source in sources if not (ROOT / source).exists()] == []
    built = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]
    assert set(built["wheel"]["only-include"]) <= set(sources), "a package that the image would lack"


def test_dockerfile_and_unit_call_the_page_with_options_that_it_has() -> None:
    entry = next(rest for word, rest in steps() if word == "ENTRYPOINT")
    start = unit()["Service"]["ExecStart"]
    for call in (shlex.split(entry.strip("[]").replace(",", " ")), shlex.split(start)):
        assert "app.py" in call
        assert {word for word in call if word.startswith("--")} <= options()


def test_the_unit_is_shut_off_from_the_machine_and_asks_for_a_password() -> None:
    service = unit()["Service"]
    for shut in ("NoNewPrivileges", "PrivateTmp", "ProtectHome", "DynamicUser"):
        assert service[shut] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert "--host 127.0.0.1" in service["ExecStart"] and "--auth-file" in service["ExecStart"]
    assert unit()["Install"]["WantedBy"] == "multi-user.target"


def test_systemd_finds_nothing_wrong_with_the_unit() -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("needs systemd-analyze")
    done = subprocess.run(["systemd-analyze", "verify", str(UNIT)], capture_output=True, text=True)
    problems = [line for line in done.stderr.splitlines() if "planqa.service" in line and "not executable" not in line]
    assert problems == []


def test_hadolint_finds_nothing_wrong_with_the_dockerfile() -> None:
    if not shutil.which("hadolint"):
        pytest.skip("needs hadolint")
    assert subprocess.run(["hadolint", "--failure-threshold", "error", str(ROOT / "Dockerfile")]).returncode == 0
