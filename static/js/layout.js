"use strict";

// The grid stays where it was scrolled to when the same rows are drawn again.
const scrolled = new Map();
const grid = () => document.getElementById("grid");

document.addEventListener("htmx:beforeSwap", () => {
  const shown = grid();
  if (shown) scrolled.set(shown.dataset.place, [shown.scrollTop, shown.scrollLeft]);
});

function settle() {
  const shown = grid();
  if (!shown) return;
  const place = scrolled.get(shown.dataset.place);
  if (place) [shown.scrollTop, shown.scrollLeft] = place;
  else showQuestions(shown);
}

// A wide sheet opens where it asks.
function showQuestions(shown) {
  const asks = shown.querySelector("thead th.r-question");
  if (!asks) return;
  const [at, around] = [asks.getBoundingClientRect(), shown.getBoundingClientRect()];
  if (at.right <= around.right) return;
  const before = at.left - around.left - shown.querySelector(".corner").offsetWidth;
  shown.scrollLeft += Math.min(at.right - around.right, before);
}

document.addEventListener("htmx:afterSettle", () => {
  settle();
  hide();
});
document.addEventListener("DOMContentLoaded", settle);

// The options of a cell, beside it: on hover, on focus, on a click; gone with Escape. Without scripts the mark is a
// link to the same options below the grid.
let peek = null;
let peeked = null;

function hide() {
  if (peek) peek.remove();
  if (peeked) peeked.removeAttribute("aria-describedby");
  peek = peeked = null;
}

function show(mark) {
  if (mark === peeked) return;
  hide();
  const list = document.getElementById(mark.dataset.list);
  if (!list) return;
  peeked = mark;
  peek = document.createElement("div");
  peek.className = "peek";
  peek.id = "peek";
  peek.setAttribute("role", "tooltip");
  for (const part of list.childNodes) peek.append(part.cloneNode(true));
  document.body.append(peek);
  mark.setAttribute("aria-describedby", "peek");
  place();
}

// Beside its cell, also when the grid is scrolled; gone when the cell is out of sight.
function place() {
  if (!peek) return;
  const at = peeked.getBoundingClientRect();
  const around = grid().getBoundingClientRect();
  if (at.bottom < around.top || at.top > around.bottom || at.right < around.left || at.left > around.right) {
    hide();
    return;
  }
  const size = peek.getBoundingClientRect();
  const right = at.right + 4;
  const left = right + size.width + 8 > window.innerWidth ? at.left - size.width - 4 : right;
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
document.addEventListener("scroll", place, { capture: true, passive: true });

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
