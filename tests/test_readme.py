import json
from pathlib import Path

from eval.readme import LATEST, table

ROOT = Path(__file__).parents[1]


def test_the_figures_in_both_readmes_are_those_of_the_last_run() -> None:
    run = json.loads(LATEST.read_text(encoding="utf-8"))
    assert table(run, english=False) in (ROOT / "README.md").read_text(encoding="utf-8")
    assert table(run, english=True) in (ROOT / "README.en.md").read_text(encoding="utf-8")


def test_the_plans_note_names_its_fingerprint() -> None:
    from index.parser import read_plan
    from index.settings import DEFAULT_PLAN

    assert read_plan(DEFAULT_PLAN).sha256 in (ROOT / "plans" / "README.md").read_text(encoding="utf-8")
