// Toasts: leave by themselves, unless the pointer or the focus is on them; Undo counts down.
// A server answer may send one: HX-Trigger {"quayside:toast": {"text", "undo", "until"}}.
const region = document.getElementById("toasts");
const LINGER = 8_000;

function start(toast) {
  if (toast.dataset.started) return;
  toast.dataset.started = "yes";
  const undo = toast.querySelector("[data-undo] button");
  const ends = toast.dataset.until ? Date.parse(toast.dataset.until) : Date.now() + LINGER;
  const timer = setInterval(() => {
    const left = Math.ceil((ends - Date.now()) / 1000);
    if (undo && toast.dataset.until && left > 0) {
      undo.textContent = document.body.getAttribute("data-w-undo-in").replace("{n}", left);
    }
    if (left > 0) return;
    toast.querySelector("[data-undo]")?.remove(); // too late is too late
    if (toast.matches(":hover, :focus-within")) return;
    clearInterval(timer);
    toast.remove();
  }, 250);
}

function show({ text, undo, until }) {
  const toast = document.getElementById("toast-template").content.firstElementChild.cloneNode(true);
  toast.querySelector("span").textContent = text;
  const form = toast.querySelector("[data-undo]");
  if (undo) form.action = undo;
  else form.remove();
  if (until) toast.dataset.until = until;
  region.append(toast);
}

const startAll = () => region.querySelectorAll("[data-toast]").forEach(start);
new MutationObserver(startAll).observe(region, { childList: true });
startAll();
region.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) event.target.closest("[data-toast]").remove();
});
document.addEventListener("quayside:toast", (event) => show(event.detail));
