// The button over ticked rows says what it does: "Approve 5 for €1,284.20". And where prices could
// not be read again in time, the greyed button comes back: the server knows what was shown.
const bar = (form) => form.querySelector("[data-approve-many]");

function label(form) {
  const ticked = [...form.querySelectorAll("input[name=pick]:checked:not(:disabled)")];
  const minor = ticked.reduce((all, box) => all + Number(box.dataset.amount), 0);
  const sum = new Intl.NumberFormat(document.documentElement.lang, {
    style: "currency", currency: form.dataset.currency || "EUR",
  }).format(minor / 100);
  if (ticked.length) {
    bar(form).textContent = form.dataset.approve.replace("{n}", ticked.length).replace("{sum}", sum);
  }
}

function labelAll() {
  for (const form of document.querySelectorAll("form[data-approve]")) label(form);
}
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-approve]");
  if (form) setTimeout(() => label(form)); // after picks.js has ticked the rest
});
document.addEventListener("htmx:load", labelAll);
labelAll();

for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(name, (event) => {
    if (!event.target.matches("[data-reading]")) return;
    const button = document.querySelector("#decision .decide button");
    button?.removeAttribute("aria-disabled");
    button?.removeAttribute("disabled");
    event.target.querySelector(".asks-unsure")?.classList.remove("asks-unsure");
  });
}

// Undo of several lasts as long as undo does; then it goes.
for (const form of document.querySelectorAll("form[data-until]")) {
  setTimeout(() => form.remove(), Math.max(0, Date.parse(form.dataset.until) - Date.now()));
}
