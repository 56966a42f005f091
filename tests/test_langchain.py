"""The index in LangChain's own types, in a chain as people write one."""

from __future__ import annotations

import asyncio

import pytest
from chat_world import answerer
from langchain_core.runnables import RunnableLambda, RunnablePassthrough

from index.errors import PlanError
from index.langchain import PlanEmbeddings, PlanRetriever, PlanVectorStore

STATIONS = "青岛累计建设了多少个5G基站?"


@pytest.fixture(scope="module")
def store() -> PlanVectorStore:
    return PlanVectorStore(answerer().index, answerer().embedder)


@pytest.fixture(scope="module")
def retriever() -> PlanRetriever:
    return PlanRetriever(retriever=answerer().search.retriever, k=3)


def test_documents_carry_what_a_citation_needs(retriever: PlanRetriever) -> None:
    found = retriever.invoke(STATIONS)
    assert len(found) == 3
    best = found[0]
    assert best.id == best.metadata["section"] == "一(一)1"
    assert best.metadata["label"] == "一、(一)1."
    assert best.metadata["breadcrumb"] == "发展现状与面临形势 › 发展现状 › 数字基础设施不断夯实"
    assert answerer().plan.source[best.metadata["start"] : best.metadata["end"]] == best.page_content
    assert [one.metadata["section"] for one in found] == [
        r.clause.id for r in answerer().search.retriever.retrieve(STATIONS, 3)
    ]
    scores = [one.metadata["score"] for one in found]
    assert scores == sorted(scores, reverse=True)


def test_retriever_stands_in_a_chain(retriever: PlanRetriever) -> None:
    told = RunnableLambda(lambda given: f"{given['question']}|{given['clauses'][0].metadata['section']}")
    chain = {"clauses": retriever, "question": RunnablePassthrough()} | told
    assert chain.invoke(STATIONS) == f"{STATIONS}|一(一)1"
    assert asyncio.run(chain.ainvoke(STATIONS)) == f"{STATIONS}|一(一)1"


def test_scores_are_cosines_of_the_nearest_sentence(store: PlanVectorStore) -> None:
    sentence = answerer().index.levels["sentence"]
    row = next(i for i, text in enumerate(sentence.texts) if "5G基站超3万个" in text)
    vector = answerer().index.vectors["sentence"].vectors[row]
    assert store.similarity_search_by_vector([float(one) for one in vector], 1)[0].metadata["section"] == "一(一)1"
    (best, cosine), (_, second) = store.similarity_search_with_score(STATIONS, 2)
    asked = answerer().embedder.encode_queries([STATIONS])[0]
    nearest = (answerer().index.vectors["sentence"].vectors @ asked).max()
    assert second <= cosine == pytest.approx(float(nearest), abs=1e-5)
    assert best.metadata["section"] == "一(一)1"
    ((_, relevance),) = store.similarity_search_with_relevance_scores(STATIONS, 1)
    assert relevance == pytest.approx((1 + cosine) / 2)


def test_as_retriever_plain_and_diverse(store: PlanVectorStore) -> None:
    assert store.as_retriever(search_kwargs={"k": 2}).invoke(STATIONS) == store.similarity_search(STATIONS, 2)
    diverse = store.as_retriever(search_type="mmr", search_kwargs={"k": 4, "fetch_k": 10}).invoke(STATIONS)
    assert len({one.id for one in diverse}) == 4


def test_by_ids(store: PlanVectorStore) -> None:
    assert [one.metadata["label"] for one in store.get_by_ids(["三(一)2(3)", "九"])] == ["三、(一)2.(3)"]


def test_embeddings_are_the_index_s_own(store: PlanVectorStore) -> None:
    made = store.embeddings
    assert isinstance(made, PlanEmbeddings)
    assert sum(one * one for one in made.embed_query("基站")) == pytest.approx(1, abs=1e-3)
    assert len(made.embed_documents(["甲", "乙"])) == 2


def test_loose_texts_are_turned_away(store: PlanVectorStore) -> None:
    with pytest.raises(PlanError, match="numbers that can be cited"):
        PlanVectorStore.from_texts(["甲"], store.embeddings)
    with pytest.raises(PlanError, match="python -m index"):
        store.add_texts(["甲"])
    with pytest.raises(PlanError, match="deletion"):
        store.delete(["一(一)1"])
