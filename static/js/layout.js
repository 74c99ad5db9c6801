"use strict";

// The grid stays where it was scrolled to when the same rows are drawn again.
const scrolled = new Map();
const grid = () => document.getElementById("grid");

document.addEventListener("htmx:beforeSwap", () => {
  const shown = grid();
  if (shown) scrolled.set(shown.dataset.place, [shown.scrollTop, shown.scrollLeft]);
});

document.addEventListener("htmx:afterSettle", () => {
  const shown = grid();
  const place = shown && scrolled.get(shown.dataset.place);
  if (place) [shown.scrollTop, shown.scrollLeft] = place;
  hide();
});

// The options of a cell, beside it: on hover, on focus, on a click; gone with Escape. Without scripts the mark is a
// link to the same options below the grid.
let peek = null;

function hide() {
  if (peek) peek.remove();
  peek = null;
}

function show(mark) {
  hide();
  const list = document.getElementById(mark.dataset.list);
  if (!list) return;
  peek = document.createElement("div");
  peek.className = "peek";
  peek.id = "peek";
  peek.setAttribute("role", "tooltip");
  for (const part of list.childNodes) peek.append(part.cloneNode(true));
  document.body.append(peek);
  mark.setAttribute("aria-describedby", "peek");
  const at = mark.getBoundingClientRect();
  const size = peek.getBoundingClientRect();
  const left = Math.min(at.right + 4, window.innerWidth - size.width - 8);
  const top = Math.min(at.top, window.innerHeight - size.height - 8);
  peek.style.left = `${Math.max(left, 8)}px`;
  peek.style.top = `${Math.max(top, 8)}px`;
}

const markOf = (target) => (target instanceof Element ? target.closest("a.options") : null);

document.addEventListener("mouseover", (event) => {
  const mark = markOf(event.target);
  if (mark) show(mark);
  else if (peek && !peek.contains(event.target) && !markOf(document.activeElement)) hide();
});
document.addEventListener("focusin", (event) => {
  const mark = markOf(event.target);
  if (mark) show(mark);
  else hide();
});
document.addEventListener("click", (event) => {
  const mark = markOf(event.target);
  if (!mark) return;
  event.preventDefault();
  mark.focus();
  show(mark);
});
document.addEventListener("scroll", hide, { capture: true, passive: true });

// Escape closes the options, then the panel, and goes back to the line that was picked. Arrows move along the heads.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    if (peek) return hide();
    const close = document.getElementById("panel-close");
    if (!close) return;
    const picked = document.querySelector("#grid [aria-current]");
    if (picked) picked.focus({ preventScroll: true });
    close.click();
    return;
  }
  const head = event.target instanceof Element ? event.target.closest("#grid th a") : null;
  if (!head || event.ctrlKey || event.metaKey || event.altKey) return;
  const along = head.id.startsWith("c-") ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
  const way = along.indexOf(event.key);
  if (way < 0) return;
  const heads = [...document.querySelectorAll(head.id.startsWith("c-") ? "#grid thead th a" : "#grid tbody th a")];
  const next = heads[heads.indexOf(head) + (way ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
});
