// The button of ticked payments says how many: "Pay 10". Counting and the sum are picks.js's.
const count = (form) => {
  const ticked = form.querySelectorAll("input[name=pick]:checked").length;
  const button = form.querySelector("[data-pay-button]");
  if (button) button.textContent = form.dataset.pay.replace("{n}", ticked);
};

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-paying]");
  if (form) count(form);
});
document.querySelectorAll("form[data-paying]").forEach(count);
