// Paste anywhere outside a field: a link or a number goes through the box on top.
// A pasted picture goes to the page's picture field, where there is one.
const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");

document.addEventListener("paste", (event) => {
  if (typing(event.target)) return;
  const picture = [...(event.clipboardData?.files ?? [])].find((file) => file.type.startsWith("image/"));
  const field = document.querySelector("input[type=file][data-paste-picture]");
  if (picture && field) {
    const files = new DataTransfer();
    files.items.add(picture);
    field.files = files.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    return;
  }
  const text = event.clipboardData?.getData("text").trim() ?? "";
  const box = document.querySelector("[data-jump]");
  if (!box || !text || text.length > 500 || text.includes("\n")) return;
  event.preventDefault();
  box.value = text;
  if (/^https?:\/\/\S+$/.test(text)) box.form.requestSubmit();
  else box.focus();
});
