// A click on a number copies it: <button data-copy="R-1042">.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button || String(getSelection())) return; // somebody is marking the text by hand
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    getSelection().selectAllChildren(button); // no clipboard: mark it, Ctrl-C does the rest
    return;
  }
  button.setAttribute("data-copied", document.body.dataset.wCopied);
  setTimeout(() => button.removeAttribute("data-copied"), 1500);
});
