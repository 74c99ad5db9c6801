/* The review queue by keyboard: the answer that has the focus is the one a key falls on. */
(() => {
  "use strict";

  const SWITCH = "desk-keys-off"; // one choice for all pages with single keys
  const form = document.querySelector("[data-queue]");
  if (!form) return;
  const items = Array.from(form.querySelectorAll(".queue > li"));
  const boxes = Array.from(form.querySelectorAll("input[name=ticked]"));
  const number = form.querySelector("[data-count]");
  const all = form.querySelector("[data-all]");
  const keys = document.getElementById("keys");
  let sent = false;

  const isOn = () => localStorage.getItem(SWITCH) === null;
  const isTyping = (element) =>
    element.matches("input:not([type=checkbox]):not([type=submit]):not([type=hidden]), textarea, select, [contenteditable]");
  const here = () => items.findIndex((item) => item.contains(document.activeElement));

  function go(to) {
    const item = items[Math.min(Math.max(to, 0), items.length - 1)];
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  }

  function show() {
    const ticked = boxes.filter((box) => box.checked).length;
    number.textContent = ticked ? ` (${ticked})` : "";
    all.textContent = ticked === boxes.length ? "Untick all" : `Tick all ${boxes.length}`;
  }

  const ACTS = {
    j: () => go(here() + 1),
    k: () => go(here() < 0 ? 0 : here() - 1),
    y: (item) => item && item.querySelector("button[name=one]")?.click(),
    e: (item) => item && item.querySelector("[data-change]")?.click(),
    x: (item) => item && item.querySelector("input[name=ticked]")?.click(),
    "?": () => {
      if (keys) keys.open = !keys.open;
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat && event.key === "y") return;
    if (isTyping(event.target) || !isOn() || !Object.hasOwn(ACTS, event.key)) return;
    event.preventDefault();
    ACTS[event.key](items[here()]);
  });

  // The page comes back at the answer after the one that was pressed; a second press before that does nothing.
  form.addEventListener("submit", (event) => {
    if (sent) {
      event.preventDefault();
      return;
    }
    sent = true;
    const item = event.submitter && event.submitter.closest("li");
    const next = item && (item.nextElementSibling || item.previousElementSibling);
    if (!next) return;
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "follows";
    field.value = next.id.replace("answer", "");
    form.append(field);
  });
  addEventListener("pageshow", () => {
    sent = false;
  });

  if (boxes.length) {
    all.hidden = false;
    all.addEventListener("click", () => {
      const tick = boxes.some((box) => !box.checked);
      for (const box of boxes) box.checked = tick;
      show();
    });
    form.addEventListener("change", show);
    show();
  }
  if (keys) {
    const box = document.getElementById("keys-on");
    keys.hidden = false;
    box.checked = isOn();
    box.addEventListener("change", () => {
      if (box.checked) localStorage.removeItem(SWITCH);
      else localStorage.setItem(SWITCH, "1");
    });
  }
  const follows = items.findIndex((item) => `#${item.id}` === location.hash);
  if (follows >= 0) go(follows);
})();
