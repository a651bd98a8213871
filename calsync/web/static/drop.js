// Files dropped anywhere on the page go into the form, which sends itself. Without this, the button does.
"use strict";

const zone = document.querySelector("[data-drops]");
const chosen = zone?.querySelector("input[type=file]");

function carriesFiles(event) {
  return [...(event.dataTransfer?.types ?? [])].includes("Files");
}

if (zone && chosen) {
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    zone.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) zone.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    zone.classList.remove("over");
    chosen.files = event.dataTransfer.files;
    if (chosen.files.length) chosen.form.requestSubmit();
  });
}
