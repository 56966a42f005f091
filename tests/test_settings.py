"""Where settings come from, and what is said of those that do not fit."""

import os
from pathlib import Path

import pytest

from index.errors import PlanError
from index.settings import IndexSettings, take_flags
from qa.settings import Settings


def test_an_argument_goes_before_the_environment_and_that_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "planqa.toml").write_text('chat_model = "file"\nquestion_limit = 10\nchat_timeout = 5\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLANQA_QUESTION_LIMIT", "20")
    settings = Settings(chat_timeout=7)
    assert (settings.chat_model, settings.question_limit, settings.chat_timeout) == ("file", 20, 7)
    assert IndexSettings().embedding_model == settings.embedding_model


def test_a_flag_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANQA_CHAT_MODEL", "")
    take_flags(["chat_model=qwen=3"])
    assert Settings().chat_model == "qwen=3"
    with pytest.raises(PlanError, match="--set NAME=VALUE"):
        take_flags(["chat_model"])


@pytest.mark.parametrize("written", ["a.txt", '["a.txt"]', f"a.txt{os.pathsep}"])
def test_a_plan_is_set_by_its_path(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("PLANQA_PLANS", written)
    assert Settings().plans == (Path("a.txt"),)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("CHAT_TIMEOUT", "soon", "chat_timeout.*'soon'"), ("PLANS", "[a.txt", "setting plans .*no JSON list of paths"), ("PLANS", "", "no path of a plan"), ("DISABLED", "x", "settings that can be read"), ("MODE", "x", "mode")],
)
def test_a_value_that_does_not_fit_is_one_line(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    monkeypatch.setenv(f"PLANQA_{name}", value)
    with pytest.raises(PlanError, match=said) as error:
        Settings()
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there_or_is_no_toml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANQA_SETTINGS", str(tmp_path / "none.toml"))
    with pytest.raises(PlanError, match=r"none\.toml"):
        Settings()
    (tmp_path / "none.toml").write_text("chat_model = ", encoding="utf-8")
    with pytest.raises(PlanError, match="settings that can be read"):
        Settings()
    (tmp_path / "none.toml").write_text('chat_modle = "x"', encoding="utf-8")
    with pytest.raises(PlanError, match="chat_modle"):
        Settings()
