"""From a question to the clauses that may answer it."""

from __future__ import annotations

from dataclasses import dataclass

from index.embedder import Embedder, Encoded
from index.plan import Clause, Plan
from index.store import PlanIndex


@dataclass(frozen=True)
class Retrieved:
    """A clause that the retriever found, best first.

    Attributes:
        plan: the plan it stands in.
        clause: the clause.
        score: higher is better; comparable within one question only.
        row: its row in the index.
    """

    plan: Plan
    clause: Clause
    score: float
    row: int = -1


class Retriever:
    """Dense, late and lexical rankings of one index, fused by their standard scores."""

    def __init__(self, index: PlanIndex, embedder: Embedder) -> None:
        self.index, self.embedder = index, embedder

    def retrieve(self, text: str, k: int = 8, encoded: Encoded | None = None) -> list[Retrieved]:
        """Return the `k` best clauses for the question `text`, best first.

        Args:
            text: the question.
            k: how many, at least 1.
            encoded: its vector and those of its pieces, where they are known already.
        """
        query = encoded or self.embedder.encode_tokens([text], query=True)[0]
        entries = self.index.entries
        return [
            Retrieved(entries[hit.row].plan, entries[hit.row].clause, hit.score, hit.row)
            for hit in self.index.search(text, query, k)
        ]
