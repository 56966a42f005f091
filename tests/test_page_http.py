"""What programs ask of the page, over a real socket."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import httpx
import pytest
from page_fake import FakeAnswerer
from page_site import Site, ask, serve, visit
from playwright.sync_api import Browser, expect

from page.accounts import hashed, write_accounts
from page.asking import Limits
from page.options import Options


@pytest.fixture
def client(site: Site) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site.address, trust_env=False) as made:
        yield made


def test_health(client: httpx.Client) -> None:
    answer = client.get("/health")
    assert answer.status_code == 200 and answer.json()["state"] == "ready"
    assert "connect-src 'self'" in answer.headers["content-security-policy"]


def test_a_question_line_in_an_answer_line_out(client: httpx.Client, site: Site) -> None:
    history = [{"role": "user", "content": "你好"}, {"role": "assistant", "content": "请问"}]
    answer = client.post("/api/ask", json={"id": "q7", "question": "5G基站?", "history": history})
    line = answer.json()
    assert answer.status_code == 200
    assert (line["id"], line["status"], line["abstained"], line["mode"]) == ("q7", "grounded", False, "extractive")
    (citation,) = line["citations"]
    assert (citation["section"], citation["quote"]) == ("一(一)1", "累计建设5G基站超3万个")
    source = site.answerer.plans[0].source
    assert source[citation["start"] : citation["end"]] == citation["quote"]
    (asked,) = [question for question in site.answerer.asked if question.id == "q7"]
    assert [turn.content for turn in asked.history] == ["你好", "请问"]


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'{"question": 5}', b'{"question": ""}', b'{"question": "  "}', b'{"q": "x"}', b"\xff\xfe",
     b'{"question": "x", "history": [{"role": "system", "content": "x"}]}',
     json.dumps({"question": "\u957f" * 5_000}).encode(), b'"' + b"x" * 300_000 + b'"'],
)  # fmt: skip
def test_bad_input_is_4xx_with_one_line(client: httpx.Client, body: bytes) -> None:
    answer = client.post("/api/ask", content=body, headers={"Content-Type": "application/json"})
    assert 400 <= answer.status_code < 500
    assert isinstance(answer.json()["error"], str) and "\n" not in answer.json()["error"]
    assert answer.json()["error"].startswith("expected")


def test_a_fault_is_500_with_one_line_and_no_traceback(client: httpx.Client) -> None:
    answer = client.post("/api/ask", json={"question": "怎么死机?"})
    assert answer.status_code == 500 and "Traceback" not in answer.text and "as asked" not in answer.text


def test_the_plan_as_a_model(client: httpx.Client) -> None:
    assert client.get("/v1/models").json()["data"][0]["id"] == "planqa"
    messages = [{"role": "system", "content": "x"}, {"role": "user", "content": [{"type": "text", "text": "水务?"}]}]
    whole = client.post("/v1/chat/completions", json={"model": "planqa", "messages": messages, "temperature": 0}).json()
    assert whole["object"] == "chat.completion" and whole["choices"][0]["finish_reason"] == "stop"
    content = whole["choices"][0]["message"]["content"]
    assert content.endswith("「探索建设数字孪生流域、智慧水库等应用场景」[三(一)2(3)]")
    streamed = client.post("/v1/chat/completions", json={"model": "planqa", "messages": messages, "stream": True})
    assert streamed.headers["content-type"].startswith("text/event-stream")
    events = [line.removeprefix("data: ") for line in streamed.text.splitlines() if line]
    assert events[-1] == "[DONE]"
    parts = [json.loads(event)["choices"][0] for event in events[:-1]]
    assert "".join(part["delta"].get("content", "") for part in parts) == content
    assert parts[-1]["finish_reason"] == "stop"
    wrong = client.post("/v1/chat/completions", json={"messages": [{"role": "assistant", "content": "x"}]})
    assert wrong.status_code == 400 and wrong.json()["error"]["message"].startswith("expected")


def test_the_plan_as_a_model_for_the_openai_client(site: Site) -> None:
    openai = pytest.importorskip("openai")
    with httpx.Client(trust_env=False) as plain:
        client = openai.OpenAI(base_url=f"{site.address}/v1", api_key="none", http_client=plain)
        asked = [{"role": "user", "content": "5G基站?"}]
        whole = client.chat.completions.create(model="planqa", messages=asked)
        assert whole.choices[0].message.content == "规划写明:「累计建设5G基站超3万个」[一(一)1]"
        stream = client.chat.completions.create(model="planqa", messages=asked, stream=True)
        assert "".join(chunk.choices[0].delta.content or "" for chunk in stream) == whole.choices[0].message.content


def test_gradios_client_gets_the_answer_line(site: Site) -> None:
    gradio_client = pytest.importorskip("gradio_client")
    client = gradio_client.Client(site.address, verbose=False, analytics_enabled=False)
    line = client.predict("5G基站?", api_name="/ask")
    client.close()
    assert line["citations"][0]["section"] == "一(一)1"


def test_questions_a_minute_are_limited_by_address() -> None:
    options = Options(limits=Limits(a_minute=3))
    with (
        serve(FakeAnswerer(), options=options) as served,
        httpx.Client(base_url=served.address, trust_env=False) as client,
    ):
        answers = [client.post("/api/ask", json={"question": "基站"}) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 61
        assert client.get("/health").status_code == 200


def test_a_full_queue_turns_away_and_nobody_gets_anothers_answer() -> None:
    options = Options(limits=Limits(waiting=4, at_once=2, a_minute=0))
    with serve(FakeAnswerer(held=True), options=options) as served:

        def ask(number: int) -> tuple[int, str]:
            answer = httpx.post(f"{served.address}/api/ask", json={"id": str(number), "question": f"基站{number}"},
                                trust_env=False, timeout=30)  # fmt: skip
            return answer.status_code, answer.json().get("id", "")

        with ThreadPoolExecutor(12) as people:
            asked = {people.submit(ask, number): number for number in range(12)}
            next(done for done in as_completed(asked) if done.result()[0] == 503)
            served.answerer.released.set()
            answers = {number: done.result() for done, number in asked.items()}
    codes = [code for code, _ in answers.values()]
    assert set(codes) == {200, 503} and codes.count(200) >= 6
    assert all(said == str(number) for number, (code, said) in answers.items() if code == 200)


def test_accounts_guard_everything_but_health(tmp_path: Path) -> None:
    file = tmp_path / "accounts.json"
    write_accounts(file, {"wang": hashed("correct horse")})
    with serve(FakeAnswerer(), options=Options(accounts=file)) as served:
        with httpx.Client(base_url=served.address, trust_env=False) as client:
            assert client.get("/health").status_code == 200
            for path in ("/", "/x/health", "/config", "/v1/models", "/gradio_api/info"):
                refused = client.get(path)
                assert refused.status_code == 401 and refused.headers["www-authenticate"].startswith("Basic")
            asked = {"question": "基站"}
            assert client.post("/api/ask", json=asked).status_code == 401
            assert client.post("/api/ask", json=asked, auth=("wang", "wrong")).status_code == 401
            assert client.post("/api/ask", json=asked, auth=("nobody", "correct horse")).status_code == 401
            assert client.post("/api/ask", json=asked, auth=("wang", "correct horse")).status_code == 200
            assert client.get("/", auth=("wang", "correct horse")).status_code == 200
            bearer = {"Authorization": "Bearer wang:correct horse"}
            assert client.get("/v1/models", headers=bearer).status_code == 200
            broken = {"Authorization": "Basic " + base64.b64encode(b"\xff\xff").decode()}
            assert client.get("/v1/models", headers=broken).status_code == 401


def test_behind_a_prefix_paths_work_with_and_without_it(chromium: Browser) -> None:
    with serve(FakeAnswerer(), options=Options(root_path="/plan")) as served:
        with httpx.Client(base_url=served.address, trust_env=False) as client:
            for prefix in ("", "/plan"):
                assert client.get(f"{prefix}/health").json()["state"] == "ready"
                assert client.get(f"{prefix}/").status_code == 200
        with visit(chromium, served, "/plan/") as page:
            ask(page, "5G基站有多少?")
            expect(page.locator(".answer .short")).to_have_text("超3万个")
            fetched = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
            assert [url for url in fetched if "gradio_api" in url and "/plan/" not in url] == []


def test_export_and_report_addresses(client: httpx.Client) -> None:
    records = [{"question": "基站?", "status": "refused"}]
    made = client.post("/page/export", json={"records": records, "title": "一", "format": "docx"})
    assert made.status_code == 200 and made.content[:2] == b"PK"
    assert client.post("/page/export", json={"records": [{"question": 5}]}).status_code == 400
    assert client.post("/page/report", json={"records": []}).status_code == 400
    assert client.post("/page/report", json={"records": records, "reason": "x"}).json()["id"].startswith("report-")
