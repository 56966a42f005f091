"""Plan and index as LangChain's own types, for chains of other people. Nothing inside the product uses them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from langchain_core.vectorstores import VectorStore
from langchain_core.vectorstores.utils import maximal_marginal_relevance
from pydantic import ConfigDict, Field

from index.embedder import Embedder, Vectors
from index.errors import PlanError
from index.retriever import Retriever
from index.spans import Entry
from index.store import PlanIndex


def to_document(entry: Entry, several: bool, **more: Any) -> Document:
    """Return a clause as a document.

    Args:
        entry: clause and plan.
        several: whether several plans are loaded; the id then begins with the plan's title.
        more: further metadata.
    """
    clause = entry.clause
    metadata = {
        "section": clause.id,
        "label": clause.label,
        "breadcrumb": " › ".join(clause.breadcrumb),
        "start": clause.start,
        "end": clause.end,
        "plan": entry.plan.title,
        **more,
    }
    return Document(clause.text, id=_id(entry, several), metadata=metadata)


def _id(entry: Entry, several: bool) -> str:
    return f"{entry.plan.title}:{entry.clause.id}" if several else entry.clause.id


class PlanEmbeddings(Embeddings):
    """The index's embedding model as LangChain's."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return a vector of length 1 for each text."""
        return [[float(number) for number in row] for row in self._embedder.encode_documents(texts)]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question, of length 1."""
        return [float(number) for number in self._embedder.encode_queries([text])[0]]


class PlanRetriever(BaseRetriever):
    """The product's own retrieval: vectors, pieces and words of clauses, sentences and parts, fused.

    Documents hold whole clauses; their metadata has section, label, breadcrumb, start, end, plan and score (fused, higher
    is better, comparable within one question only).

    Attributes:
        retriever: what is asked.
        k: how many clauses, at least 1.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)
    retriever: Retriever
    k: int = Field(8, ge=1)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **_: Any
    ) -> list[Document]:
        several = len(self.retriever.index.plans) > 1
        found = self.retriever.retrieve(query, self.k)
        return [to_document(Entry(one.plan, one.clause), several, score=one.score) for one in found]


class PlanVectorStore(VectorStore):
    """The clauses as a vector store: a clause is as near as its nearest sentence.

    It reads; a plan is parsed and indexed with `python -m index`, because a clause without its number cannot be cited.
    """

    def __init__(self, index: PlanIndex, embedder: Embedder) -> None:
        self.index, self.embedder = index, embedder
        self._rows = {_id(entry, len(index.plans) > 1): row for row, entry in enumerate(index.entries)}

    @property
    def embeddings(self) -> Embeddings:
        """The embedding model of the index."""
        return PlanEmbeddings(self.embedder)

    def similarity_search(self, query: str, k: int = 4, **kwargs: Any) -> list[Document]:
        """Return the `k` clauses nearest to `query`, best first."""
        return [document for document, _ in self.similarity_search_with_score(query, k, **kwargs)]

    def similarity_search_with_score(self, *args: Any, **kwargs: Any) -> list[tuple[Document, float]]:
        """Return the `k` (default 4) clauses nearest to `query`, each with its cosine in [-1, 1], best first."""
        return self._search(*args, **kwargs)

    def _search(self, query: str, k: int = 4, **_: Any) -> list[tuple[Document, float]]:
        return self._nearest(self.embedder.encode_queries([query])[0], k)

    def similarity_search_by_vector(self, embedding: list[float], k: int = 4, **_: Any) -> list[Document]:
        """Return the `k` clauses nearest to a vector of length 1, best first."""
        return [document for document, _score in self._nearest(np.array(embedding, np.float32), k)]

    def max_marginal_relevance_search(
        self, query: str, k: int = 4, fetch_k: int = 20, lambda_mult: float = 0.5, **_: Any
    ) -> list[Document]:
        """Return `k` of the `fetch_k` nearest clauses that differ from each other.

        Args:
            query: the question.
            k: how many.
            fetch_k: from how many.
            lambda_mult: 1 for nearness alone, 0 for difference alone.
        """
        vector = self.embedder.encode_queries([query])[0]
        rows = np.argsort(-self._cosines(vector), kind="stable")[:fetch_k]
        vectors = self.index.vectors["clause"].vectors[rows]
        chosen = maximal_marginal_relevance(vector, list(vectors), lambda_mult, k)
        return [self._document(int(rows[place])) for place in chosen]

    def get_by_ids(self, ids: Sequence[str], /) -> list[Document]:
        """Return the clauses with these ids; those that do not exist are left out."""
        return [self._document(self._rows[one]) for one in ids if one in self._rows]

    def add_texts(
        self,
        texts: Iterable[str],
        metadatas: list[dict[str, Any]] | None = None,
        *,
        ids: list[str] | None = None,
        **_: Any,
    ) -> list[str]:
        """Refuse: see the class.

        Raises:
            PlanError: always.
        """
        raise _read_only("text added to a PlanVectorStore")

    def delete(self, ids: list[str] | None = None, **_: Any) -> bool | None:
        """Refuse: see the class.

        Raises:
            PlanError: always.
        """
        raise _read_only("a deletion from a PlanVectorStore")

    @classmethod
    def from_texts(
        cls, texts: list[str], embedding: Embeddings, metadatas: list[dict[str, Any]] | None = None, *,
        ids: list[str] | None = None, **_: Any,
    ) -> PlanVectorStore:  # fmt: skip
        """Refuse: see the class.

        Raises:
            PlanError: always.
        """
        raise _read_only("loose texts")

    def _select_relevance_score_fn(self) -> Callable[[float], float]:
        return lambda cosine: (1.0 + cosine) / 2.0

    def _document(self, row: int) -> Document:
        return to_document(self.index.entries[row], len(self.index.plans) > 1)

    def _nearest(self, vector: Vectors, k: int) -> list[tuple[Document, float]]:
        cosines = self._cosines(vector)
        return [(self._document(int(row)), float(cosines[row])) for row in np.argsort(-cosines, kind="stable")[:k]]

    def _cosines(self, vector: Vectors) -> Vectors:
        """Return the cosine of every clause's nearest sentence, float32 (clauses,)."""
        best = np.full(len(self.index.entries), -1.0, np.float32)
        np.maximum.at(best, self.index.levels["sentence"].owners, self.index.vectors["sentence"].vectors @ vector)
        return best


def _read_only(got: str) -> PlanError:
    return PlanError(
        expected="plans, whose clauses have numbers that can be cited",
        got=got,
        next_step="build an index with `python -m index PLAN…` or PlanIndex.build(plans, embedder)",
    )
