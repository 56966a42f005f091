// Words in two languages, dark and light, short messages, copying.
(() => {
  const page = (window.planqa = window.planqa || {});
  const stored = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  const store = (key, value) => { try { localStorage.setItem(key, value); return true; } catch { return false; } }; // full, or a private window

  page.stored = stored;
  page.store = store;
  page.language = () => (document.documentElement.dataset.words === "en" ? "en" : "zh");
  page.word = (key) => (page.words[key] || [key, key])[page.language() === "en" ? 1 : 0];

  const setAttribute = (element, written) => {
    const cut = written.indexOf("=");
    element.setAttribute(written.slice(0, cut), written.slice(cut + 1));
  };

  /** Put attributes and Gradio's own labels into the chosen language; what is text changes by style alone. */
  page.translate = () => {
    const language = page.language();
    document.documentElement.lang = language === "en" ? "en" : "zh-CN";
    for (const element of document.querySelectorAll(`[data-${language}]`)) setAttribute(element, element.dataset[language]);
    for (const element of document.querySelectorAll("[data-hint-zh]")) setAttribute(element, element.dataset[language === "en" ? "hintEn" : "hintZh"]);
    for (const [selector, key, attribute] of page.labelled) {
      for (const element of document.querySelectorAll(selector)) {
        if (attribute === "role") element.setAttribute("role", key);
        else if (attribute) element.setAttribute(attribute, page.word(key));
        else if (element.textContent !== page.word(key)) element.textContent = page.word(key);
      }
    }
  };

  page.setLanguage = (language) => {
    document.documentElement.dataset.words = language;
    store("planqa.language", language);
    page.translate();
  };

  const first = stored("planqa.language") || (/^zh\b/i.test(navigator.language || "zh") ? "zh" : "en");
  document.documentElement.dataset.words = first;

  page.setTheme = (theme) => {
    document.body.classList.toggle("dark", theme === "dark");
    document.documentElement.style.colorScheme = theme;
    store("planqa.theme", theme);
  };
  page.applyTheme = () => {
    const theme = stored("planqa.theme") || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    document.body.classList.toggle("dark", theme === "dark");
    document.documentElement.style.colorScheme = theme;
  };

  /** Say something to a screen reader, and show it for a moment where `visible`. */
  page.say = (text, visible = false) => {
    const line = document.querySelector("#said");
    if (!line) return;
    line.textContent = text;
    line.classList.toggle("shown", visible);
    clearTimeout(page.saying);
    page.saying = setTimeout(() => line.classList.remove("shown"), 2400);
  };

  page.copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch { // no clipboard on plain http or without permission
      const box = document.createElement("textarea");
      box.value = text;
      document.body.append(box);
      box.select();
      document.execCommand("copy");
      box.remove();
    }
    page.say(page.word("copied"), true);
  };

  document.addEventListener("click", (event) => {
    const wanted = event.target.closest?.("button")?.value;
    if (wanted === "language") page.setLanguage(page.language() === "en" ? "zh" : "en");
    if (wanted === "theme") page.setTheme(document.body.classList.contains("dark") ? "light" : "dark");
  });
})();
