// A little more comfort; everything works without. Copying, keys, the help, and what sends itself.
"use strict";

for (const button of document.querySelectorAll("[data-copies]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const label = button.textContent;
    await navigator.clipboard.writeText(button.dataset.copies);
    button.textContent = button.dataset.said;
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}

for (const chosen of document.querySelectorAll("[data-sends]")) {
  chosen.addEventListener("change", () => chosen.form.requestSubmit());
}

const help = document.getElementById("keys");
for (const opener of document.querySelectorAll("[data-opens]")) {
  opener.hidden = false;
  opener.addEventListener("click", () => help.showModal());
}

// The grid: one day can have the focus, the arrows move it.
const grid = document.querySelector("table.weeks");
const days = grid ? [...grid.querySelectorAll("td")] : [];
const WEEK = 7;

function focusDay(at) {
  if (at < 0) return turn("earlier");
  if (at >= days.length) return turn("later");
  for (const day of days) day.tabIndex = -1;
  days[at].tabIndex = 0;
  days[at].focus();
  return true;
}

function turn(where) {
  const link = document.querySelector(`[data-turn="${where}"]`);
  if (link) link.click();
  return Boolean(link);
}

function step(key) {
  const forward = getComputedStyle(grid).direction === "rtl" ? -1 : 1;
  return { ArrowLeft: -forward, ArrowRight: forward, ArrowUp: -WEEK, ArrowDown: WEEK }[key];
}

if (grid) {
  grid.setAttribute("role", "grid");
  const today = days.findIndex((day) => day.classList.contains("now"));
  days[Math.max(today, 0)].tabIndex = 0;
  grid.addEventListener("keydown", (event) => {
    const at = days.indexOf(event.target.closest("td"));
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    let done = true;
    if (step(event.key)) focusDay(at + step(event.key));
    else if (event.key === "Home") focusDay(at - (at % WEEK));
    else if (event.key === "End") focusDay(at - (at % WEEK) + WEEK - 1);
    else if (event.key === "PageUp") turn("earlier");
    else if (event.key === "PageDown") turn("later");
    else if (event.key === "Enter" && event.target === days[at]) days[at].querySelector("a, summary")?.focus();
    else if (event.key === "Escape") days[at].focus();
    else done = false;
    if (done) event.preventDefault();
  });
}

const KEYS = {
  n: () => {
    const next = document.getElementById("next");
    if (!next) return location.assign("/");
    next.tabIndex = -1;
    next.focus();
    next.scrollIntoView({ block: "start" });
  },
  d: () => {
    const today = days.findIndex((day) => day.classList.contains("now"));
    if (today >= 0) focusDay(today);
    else if (!turn("today")) location.assign("/");
  },
  "/": () => document.querySelector("input[type=search]")?.focus(),
  "?": () => help.showModal(),
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, dialog[open]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});

// Search while typing: what does not fit is hidden; Enter asks the server, which looks at other names too.
document.querySelector("input[type=search]")?.addEventListener("input", (event) => {
  const wanted = event.target.value.trim().toLocaleLowerCase();
  for (const chip of document.querySelectorAll("table.weeks li")) {
    chip.hidden = !chip.textContent.toLocaleLowerCase().includes(wanted);
  }
});
