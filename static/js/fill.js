// Chips that fill a field: <button type="button" data-fill="#id_purpose">words</button>.
document.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-fill]");
  const field = chip && document.querySelector(chip.dataset.fill);
  if (!field) return;
  field.value = chip.textContent.trim();
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});
