// Files dropped on the frame become those of its field; without this script the field alone does it.
(() => {
  "use strict";
  const frame = document.querySelector("[data-drop]");
  if (!frame) return;
  const field = frame.querySelector("input[type=file]");
  const says = frame.querySelector("[data-drop-says]");
  const tell = () => {
    const names = Array.from(field.files, (file) => file.name);
    says.textContent = names.length ? names.join(", ") : "Or drop them anywhere on this frame.";
  };
  for (const name of ["dragenter", "dragover"]) {
    frame.addEventListener(name, (event) => {
      event.preventDefault();
      frame.classList.add("over");
    });
  }
  frame.addEventListener("dragleave", () => frame.classList.remove("over"));
  frame.addEventListener("drop", (event) => {
    event.preventDefault();
    frame.classList.remove("over");
    if (event.dataTransfer.files.length) {
      field.files = event.dataTransfer.files;
      tell();
    }
  });
  field.addEventListener("change", tell);
})();
