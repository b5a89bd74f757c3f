// Adds up while quantities are typed: total, active tier, how many more reach the next one, and
// the button's number. Only an answer to the eye; the server adds up again and decides.
const form = document.querySelector("[data-buy]");
const out = (name) => form.querySelector(`[data-out="${name}"]`);
const tiers = form ? JSON.parse(form.dataset.tiers) : [];
const locale = document.documentElement.lang;
const plain = (text) => text.normalize("NFKC").replace(/\s/g, "");

function money(amount, currency) {
  const text = new Intl.NumberFormat(locale, { style: "currency", currency }).format(amount);
  return text.replace("CN¥", "¥");
}
const company = (yuan) => (form.dataset.rate
  ? money(yuan * Number(form.dataset.rate), form.dataset.currency) : money(yuan, form.dataset.there));

function wanted() {
  return [...form.querySelectorAll(".variant-qty")]
    .map((field) => [Number(plain(field.value) || 0), Number(field.dataset.price)])
    .filter(([pieces]) => Number.isInteger(pieces) && pieces > 0 && pieces <= 1e6);
}

function mark(pieces) {
  const steps = [...document.querySelectorAll("[data-ladder] [data-start]")];
  const reached = steps.filter((step) => Number(step.dataset.start) <= pieces).pop() ?? steps[0];
  for (const step of steps) step.toggleAttribute("aria-current", false);
  reached?.setAttribute("aria-current", "true");
}

function show() {
  const lines = wanted();
  const pieces = lines.reduce((sum, [n]) => sum + n, 0);
  const tier = tiers.filter(([start]) => start <= pieces).pop();
  const total = lines.reduce((sum, [n, price]) => sum + n * (tier ? tier[1] : price), 0);
  out("total").textContent = pieces ? company(total) : form.dataset.ask;
  out("total").toggleAttribute("data-none", !pieces);
  out("there").textContent = pieces && form.dataset.rate ? money(total, form.dataset.there) : "";
  const next = tiers.find(([start]) => start > pieces);
  const near = next && pieces && pieces >= tiers[0][0];
  out("more").textContent = near
    ? form.dataset.more.replace("{n}", (next[0] - pieces).toLocaleString(locale)).replace("{price}", money(next[1], form.dataset.there))
    : "";
  const button = out("button");
  if (button) {
    button.textContent = pieces
      ? form.dataset.add.replace("{n}", pieces.toLocaleString(locale)) : form.dataset.addNone;
  }
  if (pieces) mark(pieces);
}

if (form) {
  form.addEventListener("input", show);
  show();
}
// Choosing on one of several axes shows that variant at once.
document.querySelector("[data-choose]")?.addEventListener("change", (event) => event.currentTarget.requestSubmit());
