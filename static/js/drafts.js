// Forms keep drafts: <form data-draft="checkout">. Kept in this tab until the form was answered,
// so what was typed lives through a log-in in between. Secrets and hidden fields are never kept.
const key = (form) => `draft:${form.dataset.draft}:${location.pathname}`;
const kept = (field) => field.name && !["password", "hidden", "file", "submit"].includes(field.type);

function save(form) {
  const values = [...form.elements].filter(kept).map((field) => [
    field.name, field.value, field.checked ?? null,
  ]);
  sessionStorage.setItem(key(form), JSON.stringify(values));
}

function restore(form) {
  const stored = sessionStorage.getItem(key(form));
  if (!stored || form.querySelector("[aria-invalid=true]")) return; // the server's copy is newer
  const values = JSON.parse(stored);
  let changed = false;
  [...form.elements].filter(kept).forEach((field, place) => {
    const [name, value, checked] = values[place] ?? [];
    if (name !== field.name) return;
    if (["checkbox", "radio"].includes(field.type)) {
      changed ||= field.checked !== checked;
      field.checked = checked;
    } else if (field.value !== value) {
      field.value = value;
      changed = true;
    }
  });
  if (!changed) return;
  form.dispatchEvent(new Event("input", { bubbles: true }));
  document.dispatchEvent(new CustomEvent("quayside:toast", { detail: { text: document.body.dataset.wKept } }));
}

for (const form of document.querySelectorAll("form[data-draft]")) restore(form);
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-draft]");
  if (form) save(form);
});
// The page that says "done" names the drafts it makes obsolete: <meta name="draft-done" content="checkout">.
for (const done of document.querySelectorAll("[data-draft-done]")) {
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith(`draft:${done.dataset.draftDone}:`)) sessionStorage.removeItem(name);
  }
}
