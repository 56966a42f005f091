// While the chat is still being opened: keep what is typed, take a question along, look whether the chat is there.
(() => {
  const { $ } = window.planqa;
  const page = window.planqa;
  let wanted = "";

  const go = () => {
    const address = new URL(location.href);
    if (wanted) address.searchParams.set("q", wanted);
    else sessionStorage.setItem("planqa.draft", $("#ask textarea").value);
    location.replace(address);
    if (address.href === location.href) location.reload();
  };
  const ask = (text) => {
    wanted = text.trim();
    if (wanted) { $("#ask textarea").value = wanted; $("#send").disabled = true; page.say(page.word("loading_answer"), true); }
  };
  const watch = async () => {
    let state = "opening";
    try { state = (await (await fetch(`${page.root}/health`)).json()).state; } catch { /* not yet */ }
    $("#state").textContent = page.word("opening");
    if (state === "opening") setTimeout(watch, 400); else go();
  };
  document.addEventListener("DOMContentLoaded", () => {
    page.applyTheme();
    page.translate();
    page.planShown();
    watch();
    $("#ask").addEventListener("submit", (event) => { event.preventDefault(); ask($("#ask textarea").value); });
    $("#ask textarea").addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) { event.preventDefault(); ask(event.target.value); }
    });
    document.addEventListener("click", (event) => {
      const value = event.target.closest?.("button")?.value || "";
      if (value.startsWith("ask:")) ask(value.slice(4));
    });
  });
})();
