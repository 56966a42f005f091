"""One way between the rooms, and one file for each large library."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]
MAY_KNOW = {
    "index": {"index"},
    "qa": {"index", "qa"},
    "eval": {"index", "qa", "eval"},
    "page": {"index", "qa", "eval", "page"},
    "app": {"index", "qa", "page"},
}
ONLY_IN = {
    "faiss": {"index/vectors.py"},
    "sentence_transformers": {"index/embedder.py"},
    "pickle": set(),
}
ROOMS = set(MAY_KNOW)


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def sources() -> list[Path]:
    return [*(path for room in ("index", "qa", "eval", "page") for path in (ROOT / room).rglob("*.py")), ROOT / "app.py"]


def test_rooms_know_only_the_rooms_below() -> None:
    for path in sources():
        room = path.relative_to(ROOT).parts[0].removesuffix(".py")
        known = imports(path) & ROOMS
        assert known <= MAY_KNOW[room], f"{path} knows {known - MAY_KNOW[room]}"


def test_large_libraries_stay_in_their_files() -> None:
    for path in sources():
        name = path.relative_to(ROOT).as_posix()
        for library, files in ONLY_IN.items():
            assert library not in imports(path) or name in files, f"{name} imports {library}"
        assert "gradio" not in imports(path) or name.startswith(("page/", "app.py")), f"{name} imports gradio"


def test_langchain_stays_at_the_edge() -> None:
    users = {p.relative_to(ROOT).as_posix() for p in sources() if imports(p) & {"langchain", "langchain_core", "langchain_openai"}}
    assert users <= {"index/langchain.py", "qa/chat/model.py"}, users
