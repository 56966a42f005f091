"""`python -m eval` as people call it: the real answerer over the bundled plan, a small set, files, compare, gate."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from index.bundled import ADAPTED_NAME, bundled_version

QUESTIONS = (
    {"question": "累计建设5G基站多少个?", "relevant": ["一(一)1"], "facts": ["超3万个"], "answerable": True},
    {"question": "三(一)2(3)讲了什么?", "relevant": ["三、(一)2.(3)"], "facts": ["智慧水务"]},
    {"question": "红烧肉怎么做?", "answerable": False},
)


def called(module: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).resolve().parent.parent
    return subprocess.run(
        [sys.executable, "-m", module, *map(str, words)],
        cwd=root, capture_output=True, text=True, encoding="utf-8", timeout=600, check=False,
    )  # fmt: skip


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "small.jsonl"
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in QUESTIONS), encoding="utf-8")
    return path


def test_a_run_its_files_and_what_is_compared_with_it(questions: Path, tmp_path: Path) -> None:
    out, gate = tmp_path / "reports", tmp_path / "gate.json"
    first = called("eval", "--questions", questions, "--out", out, "--write-gate", gate)
    assert first.returncode == 0, first.stderr
    assert "引文逐字" in first.stdout
    run = json.loads((out / "latest.json").read_text(encoding="utf-8"))
    assert [one["line"]["status"] for one in run["scored"]] == ["grounded", "grounded", "refused"]
    assert run["headline"]["correct"]["value"] == run["headline"]["quotes_verbatim"]["value"] == 1.0
    assert run["record"]["model"] == bundled_version(ADAPTED_NAME)
    assert len(run["record"]["plans"][0]["sha256"]) == 64
    assert "</html>" in (out / "latest.html").read_text(encoding="utf-8")

    stored = json.loads(gate.read_text(encoding="utf-8"))
    stored["figures"]["facts_met"] = {"value": 1.2, "low": 1.1, "high": 1.3, "n": 2}
    gate.write_text(json.dumps(stored), encoding="utf-8")
    again = called("eval", "--questions", questions, "--out", out, "--compare", out / "latest.json", "--gate", gate)
    assert again.returncode == 1
    assert again.stderr.strip().splitlines()[-1].startswith("error: expected no figure below gate.json's")
    assert "facts_met 1.000 (held 1.200 ± 0.100)" in again.stderr
    assert "由对转错 0" in again.stdout


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--questions", "none.jsonl"], 1, "error: expected a readable UTF-8 question file"),
        (["--compare", "none.json"], 1, "error: expected"),
        (["--split", "half"], 2, "half"),
        (["--nothing"], 2, "--nothing"),
    ],
)
def test_a_call_that_does_not_fit_says_so_without_a_traceback(words: list[str], status: int, said: str) -> None:
    done = called("eval", *words)
    assert done.returncode == status
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_set_that_is_no_squad(tmp_path: Path) -> None:
    (tmp_path / "set.json").write_text("{}")
    done = called("eval.squad", tmp_path / "set.json")
    assert done.returncode == 1
    assert done.stderr.strip().startswith("error: expected a question set in SQuAD's format")
