// Keys: / box, g o orders, g a approvals, j k rows, x tick, Enter open, ? sheet.
// [data-key="a"] presses a button or link. Inert in fields; <body data-shortcuts="off"> ends it all.
const GO = { o: "/orders/", a: "/approvals/", h: "/" };
const ROWS = "[data-row]";
let leading = false;

const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog[open]");
const here = () => document.querySelector(`${ROWS}.is-here`);

function move(by) {
  const rows = [...document.querySelectorAll(ROWS)];
  if (!rows.length) return;
  const from = rows.indexOf(here());
  const to = Math.min(Math.max(from + by, 0), rows.length - 1);
  rows[from]?.classList.remove("is-here");
  rows[to].classList.add("is-here");
  rows[to].scrollIntoView({ block: "nearest" });
  rows[to].querySelector("a.opens, a, button")?.focus({ preventScroll: true });
}

const KEYS = {
  "/": () => document.querySelector("[data-jump]")?.focus(),
  "?": () => document.getElementById("shortcuts")?.showModal(),
  g: () => { leading = true; setTimeout(() => { leading = false; }, 1200); },
  j: () => move(1),
  k: () => move(-1),
  x: () => here()?.querySelector("input[type=checkbox]")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (document.body.dataset.shortcuts === "off" || typing(event.target)) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (leading && GO[event.key]) {
    event.preventDefault();
    location.assign(GO[event.key]);
    return;
  }
  leading = false;
  const marked = document.querySelector(`[data-key="${CSS.escape(event.key)}"]:not(:disabled)`);
  if (!KEYS[event.key] && !marked) return;
  event.preventDefault();
  if (KEYS[event.key]) KEYS[event.key]();
  else marked.click();
});
