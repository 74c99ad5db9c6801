"use strict";

// The cell whose explanation is shown stays marked, also when only the explanation is loaded.
document.addEventListener("htmx:afterSwap", (event) => {
  const cell = event.detail.requestConfig && event.detail.requestConfig.elt;
  const board = document.querySelector("[data-board]");
  if (!board || !cell || !board.contains(cell)) return;
  for (const marked of board.querySelectorAll("a[aria-current]")) marked.removeAttribute("aria-current");
  cell.setAttribute("aria-current", "true");
  const why = document.getElementById("why");
  if (why && why.getBoundingClientRect().top > window.innerHeight - 64) why.scrollIntoView();
});
