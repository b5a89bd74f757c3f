// <span data-qty>: − and + step the number; data-unit (minor units) × quantity shows in data-total.
// Only an answer to the eye: price, tier and stock are the server's.
function show(field) {
  const total = field.dataset.total && document.querySelector(field.dataset.total);
  const quantity = Number(field.value);
  if (!total || !Number.isInteger(quantity) || quantity < 0) return;
  total.textContent = new Intl.NumberFormat(document.documentElement.lang, {
    style: "currency", currency: total.dataset.currency ?? "EUR",
  }).format((quantity * Number(field.dataset.unit)) / 100);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-qty] [data-step]");
  if (!button) return;
  const field = button.parentElement.querySelector("input");
  const step = Number(field.step) || 1;
  const least = field.min === "" ? 0 : Number(field.min);
  const most = field.max === "" ? Infinity : Number(field.max);
  const next = (Number(field.value) || 0) + step * Number(button.dataset.step);
  field.value = Math.min(Math.max(next, least), most);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
});
document.addEventListener("input", (event) => {
  if (event.target.matches("[data-qty] input[data-unit]")) show(event.target);
});
