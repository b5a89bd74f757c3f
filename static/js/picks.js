// Ticked rows: <form data-picks> with checkboxes named "pick" and a [data-picks-bar].
// [data-picks-all] ticks what is shown; data-amount (minor units) adds up in [data-picks-sum].
const money = (minor, code) => new Intl.NumberFormat(document.documentElement.lang, {
  style: "currency", currency: code,
}).format(minor / 100);

function count(form) {
  const boxes = [...form.querySelectorAll("input[name=pick]:not(:disabled)")];
  const ticked = boxes.filter((box) => box.checked);
  const bar = form.querySelector("[data-picks-bar]");
  if (bar) {
    bar.hidden = ticked.length === 0;
    const words = document.body.dataset.wPicked.replace("{n}", ticked.length);
    bar.querySelector("[data-picks-count]").textContent = words;
    const sum = bar.querySelector("[data-picks-sum]");
    const total = ticked.reduce((all, box) => all + Number(box.dataset.amount ?? 0), 0);
    if (sum) sum.textContent = money(total, form.dataset.currency ?? "EUR");
  }
  const all = form.querySelector("[data-picks-all]");
  if (all) {
    all.checked = ticked.length > 0 && ticked.length === boxes.length;
    all.indeterminate = ticked.length > 0 && ticked.length < boxes.length;
  }
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-picks]");
  if (!form) return;
  if (event.target.matches("[data-picks-all]")) {
    for (const box of form.querySelectorAll("input[name=pick]:not(:disabled)")) {
      box.checked = event.target.checked;
    }
  }
  count(form);
});
const countAll = () => document.querySelectorAll("form[data-picks]").forEach(count);
document.addEventListener("htmx:load", countAll);
countAll();
