"""The commands as scripts call them, in processes of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NO_NETWORK = """
import socket
real = socket.socket.connect
def connect(self, address):
    if self.family == socket.AF_UNIX or str(address[0]) in ("127.0.0.1", "::1", "localhost"):
        return real(self, address)
    raise AssertionError(f"a connection to {address} was tried")
socket.socket.connect = connect
socket.getaddrinfo = lambda host, *a, **k: (_ for _ in ()).throw(AssertionError(f"{host} was looked up"))
import sys, runpy
sys.argv = sys.argv[1:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, timeout=300
    )


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1 and "Traceback" not in done.stderr, done.stderr
    assert "expected" in lines[0] and "got" in lines[0] and "next" in lines[0]
    return lines[0]


def test_ask_in_the_terminal_without_network() -> None:
    done = run("-c", NO_NETWORK, "qa", "青岛累计建设了多少个5G基站?")
    assert done.returncode == 0, done.stderr
    assert "累计建设5G基站超3万个" in done.stdout and "[一(一)1]" in done.stdout


def test_json_and_batch_keep_contract_and_order(tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    asked = [
        {"id": "b", "question": "5G基站有多少个?"},
        {"id": "a", "question": "机柜呢?", "history": [
            {"role": "user", "content": "5G基站有多少个?"},
            {"role": "assistant", "content": "「累计建设5G基站超3万个」[一(一)1]"}]},
        {"id": "c", "question": ""},
    ]  # fmt: skip
    questions.write_text("\n".join(json.dumps(q, ensure_ascii=False) for q in asked), encoding="utf-8")
    done = run("-m", "qa", "--batch", str(questions), "--out", str(tmp_path / "answers.jsonl"))
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in (tmp_path / "answers.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["b", "a", "c"]
    assert "3万" in lines[0]["answer"] and "4万" in lines[1]["answer"] and lines[2]["abstained"]
    fields = {"id", "question", "answer", "citations", "abstained", "status", "mode", "elapsed_ms"}
    for line in lines:
        assert fields <= line.keys()
        for citation in line["citations"]:
            assert {"section", "label", "breadcrumb", "quote", "start", "end"} <= citation.keys()


def test_index_command_prints_clauses_seconds_and_model(tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_bytes("小规划\n一、目标\n到2025年建成4万个基站。\n".encode("gb18030"))
    done = run("-m", "index", str(plan), "--out", str(tmp_path / "index"))
    assert done.returncode == 0, done.stderr
    assert "1 clauses" in done.stdout and "multilingual-e5-small" in done.stdout and " s; saved in" in done.stdout
    assert (tmp_path / "index" / "manifest.json").is_file()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [("none.txt", None, "no such file"), ("empty.txt", b"", "empty"), ("binary.txt", bytes(range(256)) * 9, "neither")],
)
def test_a_plan_that_is_none_is_one_line(tmp_path: Path, name: str, content: bytes | None, says: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert says in one_line(run("-m", "index", str(tmp_path / name), "--out", str(tmp_path / "index")))
    assert not (tmp_path / "index").exists()


def test_bad_calls_exit_with_2_and_bad_questions_with_1(tmp_path: Path) -> None:
    assert run("-m", "qa").returncode == 2
    assert run("-m", "qa", "x", "--mode", "oracle").returncode == 2
    assert "in words" in one_line(run("-m", "qa", " "))
    missing = one_line(run("-m", "qa", "--batch", str(tmp_path / "no"), "--out", str(tmp_path / "a")))
    assert "no such file" in missing and "with questions" in missing
    assert "PLANQA_EMBEDDING_MODEL" in one_line(run("-m", "qa", "基站?", PLANQA_EMBEDDING_MODEL="no/such-model"))
