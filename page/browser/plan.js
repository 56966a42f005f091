// The plan panel: open a clause, mark a quote by its range in the source, go back, outline, search.
(() => {
  const page = (window.planqa = window.planqa || {});
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const narrow = () => matchMedia("(max-width: 900px)").matches;

  page.$ = $;
  page.all = all;

  // ---- addresses -------------------------------------------------------------------------------------------------
  const folded = (text) => text.normalize("NFKC").replace(/[\s、.。．]/g, "").toLowerCase();

  /** Read `#c-三(一)2(3)@10-20`, `#c1-…` or what a person writes, `#三、(一)2.(3)`. */
  page.readLink = (hash) => {
    let text;
    try { text = decodeURIComponent(hash.replace(/^#/, "")); } catch { return null; }
    const ours = /^c(\d*)-(.+?)(?:@(\d+)-(\d+))?$/s.exec(text);
    const place = ours ? Number(ours[1] || 0) : 0;
    const wanted = ours ? ours[2] : text.replace(/@\d+-\d+$/, "");
    if (!wanted) return null;
    const sections = all(`.document[data-plan="${place}"] .clause`);
    const section = sections.find((one) => one.dataset.id === wanted) || sections.find((one) => folded(one.dataset.id) === folded(wanted));
    if (!section) return null;
    const range = /@(\d+)-(\d+)$/.exec(text);
    return { place, section, range: range ? [Number(range[1]), Number(range[2])] : null };
  };

  /** The verbatim source text of a range, taken from the panel. */
  page.quoteOf = (place, [from, to]) =>
    pieces(place, from, to).map(({ element, first, last }) => signs(element).slice(first, last).join("")).join("\n");

  const signs = (element) => Array.from(element.textContent);

  const pieces = (place, from, to) =>
    all(`.document[data-plan="${place}"] [data-s]`)
      .map((element) => ({ element, start: Number(element.dataset.s), end: Number(element.dataset.e) }))
      .filter(({ start, end }) => start < to && from < end)
      .map(({ element, start, end }) => ({ element, first: Math.max(from, start) - start, last: Math.min(to, end) - start }));

  // ---- marks -----------------------------------------------------------------------------------------------------
  const unmark = () => {
    for (const mark of all("#plan mark")) {
      const parent = mark.parentNode;
      mark.replaceWith(document.createTextNode(mark.textContent));
      parent.normalize();
    }
    for (const open of all("#plan .clause.open")) open.classList.remove("open");
  };

  const mark = (place, range) => {
    const marks = [];
    for (const { element, first, last } of pieces(place, ...range)) {
      const text = signs(element);
      const before = document.createTextNode(text.slice(0, first).join(""));
      const after = document.createTextNode(text.slice(last).join(""));
      const quote = document.createElement("mark");
      quote.textContent = text.slice(first, last).join("");
      element.replaceChildren(before, quote, after);
      marks.push(quote);
    }
    return marks;
  };

  // ---- open and back ---------------------------------------------------------------------------------------------
  const scrollTo = (element) => {
    const view = $("#plan-text");
    const top = element.getBoundingClientRect().top - view.getBoundingClientRect().top + view.scrollTop;
    view.scrollTo({ top: Math.max(0, top - view.clientHeight * 0.22), behavior: calm() ? "auto" : "instant" });
  };

  const show = ({ place, section, range }) => {
    unmark();
    section.closest("details")?.setAttribute("open", "");
    section.classList.add("open");
    const marks = range ? mark(place, range) : [];
    document.body.classList.add("reading");
    scrollTo(marks[0] || section);
    section.focus({ preventScroll: true });
    $("#plan-back").hidden = false;
    inView();
    page.say(`${page.word("opened")} ${section.dataset.id}`);
  };

  const places = []; // where one was before each opened clause: element that had the focus, scroll of the plan

  /** Open what a link names; returns false where the plan has no such section. */
  page.open = (hash, from) => {
    const target = page.readLink(hash);
    if (!target) return false;
    places.push({ from, top: $("#plan-text").scrollTop, reading: document.body.classList.contains("reading") });
    const suffix = target.place ? `c${target.place}-` : "";
    history.pushState({ planqa: places.length, hash }, "", `#${suffix}${target.section.dataset.id}`);
    if ($("#desk").offsetParent) show(target);
    else { $("#rooms [role=tab]")?.click(); setTimeout(() => show(target), 80); } // the plan stands behind the other tab
    return true;
  };

  const goBack = () => {
    const was = places.pop();
    unmark();
    $("#plan-back").hidden = places.length === 0;
    if (!was) return;
    document.body.classList.toggle("reading", was.reading);
    $("#plan-text").scrollTop = was.top;
    if (was.from?.isConnected) {
      was.from.focus();
      was.from.scrollIntoView({ block: "nearest" });
    } else $("#ask textarea")?.focus();
  };

  window.addEventListener("popstate", (event) => {
    const depth = event.state?.planqa || 0;
    if (depth < places.length) {
      while (places.length > depth + 1) places.pop();
      goBack();
    } else if (location.hash) {
      const target = page.readLink(event.state?.hash || location.hash);
      if (target) show(target);
    }
  });

  page.back = () => (places.length && history.state?.planqa ? history.back() : goBack());
  page.closePlan = () => {
    if (places.length && narrow()) page.back();
    else document.body.classList.remove("reading");
  };

  // ---- number in view --------------------------------------------------------------------------------------------
  const inView = () => {
    const view = $("#plan-text");
    if (!view) return;
    const line = view.getBoundingClientRect().top + view.clientHeight * 0.25;
    let current = null;
    for (const section of all(".clause", view)) {
      if (section.getBoundingClientRect().top > line) break;
      current = section;
    }
    $("#plan-here").textContent = current ? current.dataset.id : "";
    for (const link of all("#outline a[aria-current]")) link.removeAttribute("aria-current");
    if (!current) return;
    const hash = current.querySelector("a.address").getAttribute("href");
    all("#outline a").find((link) => link.getAttribute("href") === hash)?.setAttribute("aria-current", "location");
  };
  let waiting = false;
  const onScroll = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; inView(); });
  };

  // ---- outline ---------------------------------------------------------------------------------------------------
  const toggleOutline = (open) => {
    const nav = $("#outline");
    nav.hidden = open === undefined ? !nav.hidden : !open;
    $("#plan-outline").setAttribute("aria-expanded", String(!nav.hidden));
    if (!nav.hidden) $("[aria-current]", nav)?.scrollIntoView({ block: "nearest" });
  };

  // ---- search ----------------------------------------------------------------------------------------------------
  const plainSign = (sign) => { const one = sign.normalize("NFKC").toLowerCase(); return Array.from(one).length === 1 ? one : sign; };

  page.search = (wanted) => {
    const box = $("#hits");
    const needle = Array.from(wanted.trim()).map(plainSign).join("");
    unmark();
    box.replaceChildren();
    box.hidden = !needle;
    if (!needle) return;
    const found = new Map();
    let count = 0;
    for (const element of all("#plan-text [data-s]")) {
      const text = signs(element);
      const hay = text.map(plainSign).join("");
      for (let at = hay.indexOf(needle); at >= 0 && count < 500; at = hay.indexOf(needle, at + needle.length)) {
        const first = Array.from(hay.slice(0, at)).length;
        const section = element.closest(".clause");
        const key = section?.dataset.id || "";
        if (!found.has(key)) found.set(key, { section, hits: [] });
        found.get(key).hits.push({ element, first, last: first + Array.from(needle).length, text });
        count += 1;
      }
    }
    box.append(hitHead(count));
    for (const [id, { section, hits }] of found) box.append(hitGroup(id, section, hits));
  };

  const element = (tag, classes, ...inside) => {
    const made = document.createElement(tag);
    made.className = classes;
    made.append(...inside);
    return made;
  };
  page.element = element;

  const hitHead = (count) => element("p", "caption", count ? `${count} ${page.word("hits")}` : page.word("no_hits"));

  const hitGroup = (id, section, hits) => {
    const group = element("div", "hit-group", element("p", "hit-section", id || page.word("front")));
    for (const { element: line, first, last, text } of hits) {
      const start = Number(line.dataset.s);
      const button = element("button", "hit", text.slice(Math.max(0, first - 12), first).join(""),
        element("b", "", text.slice(first, last).join("")), text.slice(last, last + 18).join(""));
      button.type = "button";
      button.addEventListener("click", () => {
        const place = Number(line.closest(".document").dataset.plan);
        if (section) page.open(`#c${place || ""}-${section.dataset.id}@${start + first}-${start + last}`, button);
        else { line.closest("details")?.setAttribute("open", ""); unmark(); scrollTo(mark(place, [start + first, start + last])[0]); }
      });
      group.append(button);
    }
    return group;
  };

  // ---- hovering a citation ---------------------------------------------------------------------------------------
  const card = () => {
    let box = $("#cite-card");
    if (!box) {
      box = element("div", "");
      box.id = "cite-card";
      box.setAttribute("role", "tooltip");
      document.body.append(box);
    }
    return box;
  };
  const hover = (link) => {
    const target = page.readLink(link.getAttribute("href"));
    const box = card();
    if (!target) return;
    const { section, range, place } = target;
    const parts = [element("p", "card-place", `${section.dataset.label}  ${section.dataset.crumbs}`)];
    if (range) parts.push(element("p", "card-quote", `「${page.quoteOf(place, range)}」`));
    if (section.dataset.numbered === "no") parts.push(element("p", "caption", page.word("unnumbered")));
    box.replaceChildren(...parts);
    box.classList.add("shown");
    link.setAttribute("aria-describedby", "cite-card");
    const at = link.getBoundingClientRect();
    box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - box.offsetWidth - 8))}px`;
    const above = at.top - box.offsetHeight - 8;
    box.style.top = `${above > 8 ? above : at.bottom + 8}px`;
  };
  const leave = () => card().classList.remove("shown");

  // ---- listeners -------------------------------------------------------------------------------------------------
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    if (link && page.open(link.getAttribute("href"), link)) {
      event.preventDefault();
      leave();
      if (link.closest("#outline") && (narrow() || true)) toggleOutline(false);
      if (link.classList.contains("address")) page.copy(`${location.href}`);
      return;
    }
    const button = event.target.closest?.("button");
    if (!button) return;
    if (button.id === "plan-back") page.back();
    else if (button.id === "plan-close") page.closePlan();
    else if (button.id === "plan-outline") toggleOutline();
    else if (button.id === "plan-print") window.print();
    else if (button.id === "read-plan") document.body.classList.add("reading");
    else if (button.classList.contains("fold")) {
      const open = button.getAttribute("aria-expanded") !== "true";
      button.setAttribute("aria-expanded", String(open));
      button.closest("li").classList.toggle("folded", !open);
    }
  });
  for (const kind of ["mouseover", "focusin"]) {
    document.addEventListener(kind, (event) => {
      const link = event.target.closest?.("a.cite, a.clause-link");
      if (link) hover(link); else leave();
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    leave();
    if (!$("#outline")?.hidden) { toggleOutline(false); $("#plan-outline").focus(); }
    else if (event.target.closest?.("#plan") && places.length) page.back();
  });
  let typing;
  document.addEventListener("input", (event) => {
    if (event.target.id !== "plan-search") return;
    clearTimeout(typing);
    typing = setTimeout(() => page.search(event.target.value), 120);
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "plan-search" || event.isComposing) return;
    if (event.key === "Enter") { page.search(event.target.value); $("#hits .hit")?.click(); }
    if (event.key === "Escape") { event.target.value = ""; page.search(""); }
  });

  page.planShown = () => {
    $("#plan-text").addEventListener("scroll", onScroll, { passive: true });
    inView();
    if (location.hash.length > 1) {
      const target = page.readLink(location.hash);
      if (target) show(target);
    }
  };
})();
