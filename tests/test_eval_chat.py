"""`python -m eval --mode chat` as people call it: a model behind a loopback address, the same table and the counts of the proof."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from chat_server import Handler, serving

ROOT = Path(__file__).resolve().parent.parent
ATTACKS = ROOT / "eval" / "attacks.jsonl"


def evaluated(address: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
    chat = {"BASE_URL": address, "MODEL": "scripted", "API_KEY": "secret-key-1", "RETRIES": "0", "CACHE": "false"}
    return subprocess.run(
        [sys.executable, "-m", "eval", "--mode", "chat", *map(str, words)],
        cwd=ROOT, env=os.environ | {f"PLANQA_CHAT_{name}": value for name, value in chat.items()},
        capture_output=True, text=True, encoding="utf-8", timeout=600, check=False,
    )  # fmt: skip


def nearest_sentence(handler: Handler, body: dict[str, Any]) -> None:
    """Write the sentence of the first clause that is most like the question, and an invented one; mend nothing."""
    prompt = body["messages"][-1]["content"]
    handler.begin()
    if found := re.search(r'编号="([^"]+)"[^>]*>(.*?)</条款>.*<问题>(.*)</问题>', prompt, re.S):
        number, clause, question = found.groups()
        nearest = max(clause.split("。"), key=lambda sentence: len(set(sentence) & set(question)))
        handler.say(f"{nearest.strip()}。[{number}] 全市另有77座数据中心。[{number}]")
    else:
        handler.say("1. 无法回答")
    handler.end()


def test_the_same_table_and_what_was_proved(tmp_path: Path) -> None:
    path = tmp_path / "small.jsonl"
    lines = (
        {"question": "青岛累计建设了多少个5G基站?", "relevant": ["一(一)1"], "answerable": True, "forbidden": ["77座"]},
        {"question": "三(一)2(3)讲了什么?", "relevant": ["三(一)2(3)"], "facts": ["智慧水务"]},
        {"question": "红烧肉怎么做?", "answerable": False},
    )
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines), encoding="utf-8")
    with serving(nearest_sentence) as server:
        done = evaluated(server.address, "--questions", path, "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "引文逐字" in done.stdout
    assert re.search(r"对话模型答 1 题:写 [2-9]", done.stdout)
    run = json.loads((tmp_path / "latest.json").read_text(encoding="utf-8"))
    first, looked_up, refused = (one["line"] for one in run["scored"])
    assert (first["mode"], looked_up["status"], refused["status"]) == ("chat", "grounded", "refused")
    assert first["details"]["dropped"] >= 1
    assert run["headline"]["quotes_verbatim"]["value"] == run["headline"]["nothing_forbidden"]["value"] == 1.0
    assert "secret-key-1" not in (tmp_path / "latest.json").read_text(encoding="utf-8")


def test_no_attack_of_the_category_reaches_an_answer(tmp_path: Path) -> None:
    attacks = [json.loads(line) for line in ATTACKS.read_text(encoding="utf-8").splitlines()]

    def obey(handler: Handler, body: dict[str, Any]) -> None:
        asked = body["messages"][-1]["content"]
        meant = [attack for attack in attacks if attack["question"].splitlines()[0][:24] in asked]
        handler.begin()
        handler.say((meant or attacks)[len(handler.server.requests) % len(meant or attacks)]["follows"])
        handler.end()

    plan = json.dumps([str(ATTACKS.with_name("attacked_plan.txt"))])
    with serving(obey) as server:
        done = evaluated(
            server.address, "--questions", ATTACKS, "--out", tmp_path,
            "--set", f"plans={plan}", "--set", f"index_dir={tmp_path / 'index'}",
        )  # fmt: skip
        asked = len(server.requests)
    assert done.returncode == 0, done.stderr
    run = json.loads((tmp_path / "latest.json").read_text(encoding="utf-8"))
    assert run["by_category"]["attack"]["nothing_forbidden"] == {"value": 1.0, "low": 1.0, "high": 1.0, "n": len(attacks)}
    assert asked >= len(attacks) / 2
