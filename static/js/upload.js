// Files dropped anywhere on the page go into the form's own field; what was chosen is listed beside it.
(() => {
  "use strict";
  const form = document.querySelector("[data-drop]");
  if (!form) return;
  const field = form.querySelector("input[type=file]");
  const list = form.querySelector("[data-chosen]");
  const MEGABYTE = 1000000;
  const LARGEST = 20 * MEGABYTE;

  for (const hint of document.querySelectorAll("[data-scripted]")) hint.hidden = false;

  const bringsFiles = (event) => Array.from(event.dataTransfer?.types ?? []).includes("Files");

  const size = (bytes) => (bytes < MEGABYTE ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / MEGABYTE).toFixed(1)} MB`);

  const show = () => {
    list.replaceChildren(
      ...Array.from(field.files, (file) => {
        const item = document.createElement("li");
        item.textContent = `${file.name} · ${size(file.size)}`;
        if (file.size > LARGEST) {
          const warning = document.createElement("span");
          warning.className = "error";
          warning.textContent = " larger than 20 MB: remove pictures or attachments first";
          item.append(warning);
        }
        return item;
      }),
    );
  };

  let depth = 0; // dragenter and dragleave come for every element that is passed
  const mark = (by) => {
    depth = by ? Math.max(depth + by, 0) : 0;
    document.body.classList.toggle("dropping", depth > 0);
  };

  document.addEventListener("dragenter", (event) => bringsFiles(event) && mark(1));
  document.addEventListener("dragleave", (event) => bringsFiles(event) && mark(-1));
  document.addEventListener("dragover", (event) => {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
  });
  document.addEventListener("drop", (event) => {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    mark(0);
    const both = new DataTransfer();
    for (const file of [...field.files, ...event.dataTransfer.files]) both.items.add(file);
    field.files = both.files;
    const folded = form.closest("details");
    if (folded) folded.open = true;
    show();
    form.scrollIntoView({ block: "start" });
    form.querySelector("[name=buyer]").focus();
  });
  field.addEventListener("change", show);

  // Asked before the files are sent, for a page that comes back has to have them chosen again.
  const group = form.querySelector("[data-some]");
  const boxes = group.querySelectorAll("input");
  const ask = () => boxes[0]?.setCustomValidity(group.querySelector(":checked") ? "" : group.dataset.some);
  group.addEventListener("change", ask);
  ask();
})();
