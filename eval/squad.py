"""`python -m eval.squad FILE.json`: how well passages, sentences and short answers of a public set are found."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from eval.__main__ import run_command
from eval.squad_measures import SentenceRanking
from index.store import PlanIndex
from qa import Answerer, Question, Settings


def measure_squad(
    file: Annotated[Path, typer.Argument(help="Question set in SQuAD's format, such as CMRC 2018 or DRCD.")],
    limit: Annotated[int | None, typer.Option(help="Ask the first N questions only; all passages stay.", min=1)] = None,
    passages: Annotated[bool, typer.Option("--passages", help="Measure how passages are found, and no answers.")] = False,
    withhold: Annotated[bool, typer.Option(help="Take the passage that answers out: is it refused?")] = False,
    out: Annotated[Path | None, typer.Option(help="Folder for the JSON; default: eval/reports/local.")] = None,
) -> None:
    """Measure retrieval, answer sentences and short answers over a public set; print them and write two JSON files.

    One holds answers, so passages: like the set itself it is kept out of the repository. The other, `figures-NAME.json`,
    holds the figures alone.
    """
    from pydantic import TypeAdapter

    from eval.passage_index import passage_index
    from eval.passages import read_squad
    from eval.record import public_settings, versions
    from eval.run import REPORTS
    from eval.squad_measures import answer_sentences, answers, figures, retrieval, withheld
    from eval.table import figure_table, print_all, progress_bar
    from eval.writing import write_atomically
    from index.embedder import SentenceEmbedder

    known, settings = read_squad(file), Settings(mode="extractive")
    questions = known.questions[:limit]
    with progress_bar() as bar:
        task = bar.add_task("载入模型", total=None)

        def progress(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        embedder = SentenceEmbedder(settings.embedding_model, allow_download=settings.allow_download)
        bar.update(task, description="向量化")
        index = passage_index(known, embedder, progress)

        def over(searched: PlanIndex) -> Answerer:
            return Answerer(searched, embedder, settings)

        bar.reset(task, description="检索", total=len(questions))
        if withhold:
            asked = list(withheld(over, index, known, questions, progress))
        else:
            encoded = embedder.encode_tokens([question.text for question in questions], query=True)
            asked = list(retrieval(index, questions, encoded, progress))
            if not passages:
                bar.reset(task, description="排句")
                asked += answer_sentences(sentence_ranking(over(index)), questions, progress)
                bar.reset(task, description="答题")
                asked += answers(over(index), questions, progress)
    found = figures(asked)
    name = f"squad-{known.name}{'-withheld' if withhold else '-passages' if passages else ''}"
    print_all(figure_table(f"{name} · {len(questions)} 题 · {len(known.passages)} 段", found))
    record: dict[str, Any] = {
        "name": name, "date": datetime.now(UTC).isoformat(timespec="seconds"), "file": file.name,
        "passages_sha256": index.plans[0].sha256, "model": embedder.name, "settings": public_settings(settings),
        "versions": versions(), "figures": found, "asked": asked,
    }  # fmt: skip
    path = (out or REPORTS / "local") / f"{name}.json"
    write_atomically(path, TypeAdapter(dict[str, Any]).dump_json(record, indent=1))
    alone = {key: value for key, value in record.items() if key != "asked"} | {"n": len(questions)}
    write_atomically(path.with_name(f"figures-{name}.json"), TypeAdapter(dict[str, Any]).dump_json(alone, indent=1))
    typer.echo(path)


def sentence_ranking(answerer: Answerer) -> SentenceRanking:
    """Return the answerer's way from a question to the sentences that may answer it."""
    from qa.evidence import gather

    rows = {entry.clause.id: row for row, entry in enumerate(answerer.index.entries)}

    def rank(text: str, clause: str) -> tuple[list[str], list[str]]:
        compared = answerer.compare(Question(text))
        given = gather(answerer.index, answerer.scorer, compared.query, [rows[clause]], compared.favoured)
        return [one.text for one in given], [one.text for one in compared.evidence]

    return rank


if __name__ == "__main__":
    run_command(measure_squad, "eval.squad")
