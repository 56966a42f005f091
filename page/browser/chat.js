// Asking: Enter, edit, retry, stop, copy, report, conversations kept in this browser, export.
(() => {
  const page = (window.planqa = window.planqa || {});
  const { $, all, element } = page;
  const KEY = "planqa.conversations";
  const MOST_KEPT = 50;
  const MOST_SENT = 250; // exchanges of one conversation; the server takes 300

  // ---- conversations: [{id, title, records, at}], newest first ----------------------------------------------------
  let current = page.stored("planqa.current") || "";
  let cut = null; // where the conversation is cut when an earlier question is asked again
  let pending = ""; // the question that is being answered, and how long the conversation was before it
  let length = 0;

  const read = () => { try { return JSON.parse(page.stored(KEY) || "[]").filter((one) => one && Array.isArray(one.records)); } catch { return []; } };
  /** Keep as many conversations as there is room for, the newest first. */
  const write = (list) => {
    for (let most = MOST_KEPT; most > 0; most = Math.floor(most / 2)) if (page.store(KEY, JSON.stringify(list.slice(0, most)))) return;
  };
  const found = () => read().find((one) => one.id === current);
  page.records = () => found()?.records || [];

  const asked = new URLSearchParams(location.search).get("q")?.trim() || "";
  if (asked) current = ""; // a question in the link begins a conversation of its own

  const choose = (id) => { current = id; page.store("planqa.current", id); cut = null; };

  /** Keep what the server gave back as the current conversation. */
  page.keep = (records) => {
    document.body.classList.remove("busy");
    pending = "";
    const list = read();
    let mine = list.find((one) => one.id === current);
    if (!records?.length) { if (mine) { mine.records = []; write(list); } return; }
    if (!mine) {
      choose(`${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`);
      mine = { id: current, title: "" };
    }
    mine.records = records;
    mine.at = new Date().toISOString();
    mine.title = mine.title || records[0].question.slice(0, 40);
    write([mine, ...list.filter((one) => one.id !== current)]);
    drawConversations();
    setTimeout(toLastQuestion, 60);
    const last = records[records.length - 1];
    page.say(last.notice ? page.word("error") : `${page.word("answered")}: ${page.word(`badge_${last.status || "refused"}`)}`);
  };

  const openConversation = (id) => { choose(id); $("#show-records")?.click(); closeDrawer(); drawConversations(); };

  const drawConversations = () => {
    const list = $("#conversation-list");
    if (!list) return;
    list.replaceChildren();
    const kept = read().filter((one) => one.records.length);
    if (!kept.length) list.append(element("li", "caption", page.word("no_conversations")));
    for (const one of kept) {
      const open = element("button", "conversation", one.title || "…");
      open.type = "button";
      if (one.id === current) open.setAttribute("aria-current", "true");
      open.addEventListener("click", () => openConversation(one.id));
      list.append(element("li", "", open, tool("rename", () => rename(one.id)), tool("delete", () => remove(one.id))));
    }
  };
  page.drawConversations = drawConversations;

  const tool = (key, act) => {
    const button = element("button", "quiet act", page.word(key));
    button.type = "button";
    button.addEventListener("click", act);
    return button;
  };
  const rename = (id) => {
    const list = read();
    const one = list.find((item) => item.id === id);
    const row = all("#conversation-list li")[list.filter((item) => item.records.length).indexOf(one)];
    const box = element("input", "rename");
    box.value = one.title;
    box.setAttribute("aria-label", page.word("rename"));
    row.firstChild.replaceWith(box);
    box.select();
    let done = false;
    const finish = (keep) => {
      if (done) return;
      done = true;
      if (keep && box.value.trim()) { one.title = box.value.trim().slice(0, 80); write(list); }
      drawConversations();
    };
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) finish(true);
      if (event.key === "Escape") { event.stopPropagation(); finish(false); }
    });
    box.addEventListener("blur", () => finish(true));
  };
  const remove = (id) => {
    write(read().filter((one) => one.id !== id));
    if (id === current) openConversation("");
    drawConversations();
  };

  let opener = null;
  const openDrawer = (from) => {
    opener = from;
    drawConversations();
    $("#conversations").hidden = false;
    from.setAttribute("aria-expanded", "true");
    $("#conversations button")?.focus();
  };
  const closeDrawer = () => {
    const drawer = $("#conversations");
    if (!drawer || drawer.hidden) return;
    drawer.hidden = true;
    opener?.setAttribute("aria-expanded", "false");
    opener?.focus();
  };

  // ---- asking ----------------------------------------------------------------------------------------------------
  /** Runs in the browser before a question goes out: what is sent is the conversation up to where it is asked anew. */
  page.sending = (text, records) => {
    const before = (cut === null ? records || [] : (records || []).slice(0, cut)).slice(-MOST_SENT);
    cut = null;
    pending = text;
    length = before.length;
    if (text.trim()) document.body.classList.add("busy");
    document.body.classList.remove("editing");
    return [text, before];
  };
  page.stopped = (records) => {
    document.body.classList.remove("busy");
    if (!pending) return [records || []];
    const question = pending;
    pending = "";
    const before = (records || []).slice(0, length); // without what had come in of its answer
    return [[...before, { question, notice: page.word("stopped") }]];
  };

  const box = () => $("#ask textarea");
  const type = (text) => {
    const area = box();
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(area, text);
    area.dispatchEvent(new Event("input", { bubbles: true }));
    return area;
  };
  page.ask = (text) => { type(text); setTimeout(() => $("#send").click(), 60); };

  // An input method's Enter chooses a word: it must not send. Safari ends the composition before the key, hence the clock.
  let composed = 0;
  document.addEventListener("compositionend", () => { composed = performance.now(); }, true);
  for (const kind of ["keydown", "keypress"]) {
    document.addEventListener(kind, (event) => {
      if (event.key !== "Enter" || !event.target.closest?.("#ask")) return;
      const composing = event.isComposing || event.keyCode === 229 || performance.now() - composed < 40;
      const answering = document.body.classList.contains("busy") && !event.shiftKey;
      if (composing || answering) event.stopImmediatePropagation();
      if (answering) event.preventDefault();
    }, true);
  }

  // ---- buttons in messages ---------------------------------------------------------------------------------------
  const citation = (record, number) => {
    const links = (record.statements[number].citations || []);
    return links.map((c) => {
      const title = $(`.document[data-plan="${c.plan || 0}"]`)?.dataset.title || "";
      return `「${page.quoteOf(c.plan || 0, [c.start, c.end]) || c.quote}」(《${title}》${c.label})`;
    }).join("\n");
  };

  const report = (place, button) => {
    const form = element("form", "report");
    const reason = element("input", "");
    reason.maxLength = 500;
    reason.placeholder = page.word("report_reason");
    reason.setAttribute("aria-label", page.word("report_reason"));
    const send = element("button", "quiet", page.word("report_send"));
    form.append(reason, send);
    button.parentNode.after(form);
    reason.focus();
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const records = page.records().slice(0, place + 1);
      const sent = await post("page/report", { records, reason: reason.value });
      form.remove();
      page.say(sent.ok ? page.word("reported") : page.word("error"), true);
      button.focus();
    });
  };

  const post = (path, body) =>
    fetch(`${page.root}/${path}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

  const exportTo = async (format) => {
    const one = found();
    if (!one?.records.length) return page.say(page.word("nothing_to_export"), true);
    const sent = await post("page/export", { records: one.records, title: one.title, format });
    if (!sent.ok) return page.say(page.word("error"), true);
    const link = element("a", "");
    link.href = URL.createObjectURL(await sent.blob());
    link.download = `${one.title.replace(/[\\/:*?"<>|\s]+/g, "_").slice(0, 40) || "planqa"}.${format}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    return undefined;
  };

  const acts = {
    ask: (text) => { cut = null; page.ask(text); },
    retry: (place) => { const text = page.records()[place].question; page.ask(text); cut = Number(place); },
    edit: (place) => {
      const area = type(page.records()[place].question);
      cut = Number(place);
      document.body.classList.add("editing");
      page.say(page.word("editing"), true);
      area.focus();
      area.select();
    },
    copy: (where) => { const [place, number] = where.split(":").map(Number); page.copy(citation(page.records()[place], number)); },
    report: (place, button) => report(Number(place), button),
    export: (format) => exportTo(format),
    clear: () => { if (current) remove(current); box()?.focus(); },
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button");
    if (!button) return;
    const act = /^(ask|retry|edit|copy|report|export|clear)(?::(.*))?$/s.exec(button.value || "");
    if (act) acts[act[1]](act[2], button);
    else if (button.id === "open-conversations") $("#conversations").hidden ? openDrawer(button) : closeDrawer();
    else if (button.id === "close-conversations") closeDrawer();
    else if (button.id === "new-conversation") { openConversation(""); box()?.focus(); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !$("#conversations")?.hidden) closeDrawer();
    if (event.key === "Escape" && document.body.classList.contains("editing")) {
      cut = null;
      document.body.classList.remove("editing");
      type("");
    }
  });

  // ---- is the search model there? --------------------------------------------------------------------------------
  const watch = async () => {
    let health = { state: "loading" };
    try { health = await (await fetch(`${page.root}/health`)).json(); } catch { /* the server is away: ask again */ }
    const line = $("#state");
    if (line) {
      line.dataset.state = health.state;
      const text = health.state === "failed" ? `${page.word("failed")}: ${health.detail || ""}` : page.word(health.state);
      if (line.textContent !== text) line.textContent = text;
    }
    if (health.state === "loading") setTimeout(watch, 700);
  };

  // ---- a new question moves to the top, so that its answer is read from its beginning ----------------------------
  let shown = 0;
  const followConversation = () => {
    const questions = all("#chat .question");
    if (questions.length === shown) return;
    shown = questions.length;
    toLastQuestion();
  };
  const toLastQuestion = () => all("#chat .question").pop()?.scrollIntoView({ block: "start" });

  // ---- beginning -------------------------------------------------------------------------------------------------
  const begin = () => {
    page.applyTheme();
    page.translate();
    page.planShown();
    drawConversations();
    watch();
    const draft = sessionStorage.getItem("planqa.draft");
    sessionStorage.removeItem("planqa.draft");
    if (draft) type(draft);
    if (asked) {
      const address = new URL(location.href);
      address.searchParams.delete("q");
      history.replaceState(history.state, "", address);
      setTimeout(() => page.ask(asked), 300);
    }
    new MutationObserver(() => { page.translate(); followConversation(); }).observe($(".gradio-container"), { childList: true, subtree: true });
  };
  const wait = setInterval(() => {
    if (!$("#plan-text") || !$("#ask textarea") || !$("#send")) return;
    clearInterval(wait);
    begin();
  }, 50);
})();
