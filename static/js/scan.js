// The scan field keeps the focus, so that a barcode gun always hits it; what stands in it is selected.
const field = document.querySelector("[data-scan]");
const take = () => { field.focus(); field.select(); };

if (field) {
  take();
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.length > 1) return;
    if (event.target.closest("input, textarea, select, dialog[open], [contenteditable]")) return;
    take(); // the first sign lands in the field
  });
  window.addEventListener("focus", take);
}
