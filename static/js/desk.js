/* The review desk by keyboard. Every key stands for a link or button of the page that carries it in data-key. */
(() => {
  "use strict";

  const SWITCH = "desk-keys-off";
  const work = () => document.getElementById("desk-work");
  const list = () => document.getElementById("desk-list");
  let waiting = 0;

  const isOn = () => localStorage.getItem(SWITCH) === null;
  const isTyping = (element) =>
    element.matches("input:not([type=checkbox]):not([type=submit]):not([type=hidden]), textarea, select, [contenteditable]");

  function target(key) {
    for (const element of document.querySelectorAll("[data-key]")) {
      if (element.dataset.key.split(" ").includes(key)) return element;
    }
    return null;
  }

  function leave(field) {
    field.blur();
    const question = document.getElementById("desk-question");
    if (question) question.focus({ preventScroll: true });
  }

  function toggleKeys() {
    const keys = document.getElementById("desk-keys");
    keys.open = !keys.open;
    if (keys.open) keys.querySelector("summary").focus();
  }

  document.addEventListener("keydown", (event) => {
    const at = event.target;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = at.closest && at.closest("[data-form]");
      if (form) {
        event.preventDefault();
        form.requestSubmit();
      }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") {
      if (isTyping(at)) leave(at);
      else close(event);
      return;
    }
    if (isTyping(at) || !isOn()) return;
    if (event.key === "?") {
      event.preventDefault();
      toggleKeys();
      return;
    }
    press(target(event.key), event);
  });

  /* Close what is open below the question; text that was not saved takes a deliberate Cancel. */
  function close(event) {
    const cancel = target("Escape");
    if (cancel && cancel.closest("[data-form]").dataset.changed) cancel.focus();
    else press(cancel, event);
  }

  /* Leave in sight the requirements whose id or title has every word. */
  function narrow(field) {
    const words = field.value.toLowerCase().split(/\s+/);
    for (const group of work().querySelectorAll(".requirements fieldset")) {
      let any = false;
      for (const line of group.querySelectorAll("label")) {
        const fits = words.every((word) => line.textContent.toLowerCase().includes(word)) || line.querySelector(":checked");
        line.hidden = !fits;
        any = any || fits;
      }
      group.hidden = !any;
    }
  }

  document.addEventListener("input", (event) => {
    if (event.target.id === "map_narrow") {
      narrow(event.target);
      return;
    }
    const form = event.target.closest("[data-form]");
    if (form) form.dataset.changed = "yes";
  });

  // Going back swaps the question as going on does.
  document.addEventListener("htmx:historyCacheMiss", (event) => {
    if (!work()) return;
    event.preventDefault();
    htmx.ajax("GET", location.pathname + location.search, { target: "#desk-work", swap: "outerHTML settle:0ms" });
  });

  function press(element, event) {
    if (!element) return;
    event.preventDefault();
    if (element.matches("input, textarea, select")) {
      element.focus();
      element.select();
      return;
    }
    // A decision falls on the answer in sight, never on one that is just being swapped out.
    if (waiting && !element.matches("[rel=next], [rel=prev]")) return;
    element.click();
  }

  document.addEventListener("htmx:beforeRequest", () => { waiting += 1; });
  document.addEventListener("htmx:afterRequest", () => { waiting = Math.max(0, waiting - 1); });
  document.addEventListener("htmx:configRequest", (event) => {
    // Tells the server which page of the list is in sight, so that it is sent only when it changes.
    if (list()) event.detail.headers["HX-Desk-Page"] = list().dataset.page;
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (!event.detail.elt || event.detail.elt.id !== "desk-work") return;
    mark();
    focus();
  });

  /* Scrolls the list alone: the page stays where it is. */
  function reveal(line) {
    const box = list().getBoundingClientRect();
    const place = line.getBoundingClientRect();
    if (place.top < box.top) list().scrollTop -= box.top - place.top;
    else if (place.bottom > box.bottom) list().scrollTop += place.bottom - box.bottom;
  }

  function mark() {
    const here = work().dataset.question;
    for (const line of list().querySelectorAll("[aria-current]")) line.removeAttribute("aria-current");
    const line = list().querySelector(`[data-question="${here}"]`);
    if (line) {
      line.setAttribute("aria-current", "true");
      reveal(line);
    }
    list().dataset.page = work().dataset.page;
  }

  /* Scroll the list, never the page, so that the question stays where it is; the next line shows as well. */
  function keepInSight(line) {
    const [at, around] = [line.getBoundingClientRect(), list().getBoundingClientRect()];
    if (at.top - at.height < around.top) list().scrollTop -= around.top - at.top + at.height;
    else if (at.bottom + at.height > around.bottom) list().scrollTop += at.bottom - around.bottom + at.height;
  }

  /* What was swapped in takes the focus: a form its first field, else the question. */
  function focus() {
    const finder = work().querySelector("[data-narrow]");
    if (finder) {
      finder.hidden = false;
      finder.querySelector("input").focus();
      return;
    }
    const wrong = work().querySelector("[data-form] .error");
    const form = wrong ? wrong.closest("[data-form]") : work().querySelector("[data-form]");
    const field = form && (form.querySelector("input:checked") || form.querySelector("textarea, select, input:not([type=hidden])"));
    if (field) field.focus();
    else {
      const question = document.getElementById("desk-question");
      if (question) question.focus({ preventScroll: innerWidth > 1023 });
    }
  }

  function start() {
    const box = document.getElementById("desk-keys-on");
    if (box) {
      box.closest("[data-switch]").hidden = false;
      box.checked = isOn();
      box.addEventListener("change", () => {
        if (box.checked) localStorage.removeItem(SWITCH);
        else localStorage.setItem(SWITCH, "1");
      });
    }
    const current = list() && list().querySelector("[aria-current]");
    if (current) reveal(current);
    if (work() && work().querySelector("[data-form]")) focus();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
