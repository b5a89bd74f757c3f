// Nobody sends a form twice: the pressed button is switched off and says "Sending…".
// The server is safe without this (tokens); it is for the eye.
const back = new Map();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented && !form.hasAttribute("hx-post")) return;
  if (form.getAttribute("method")?.toLowerCase() !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  const button = event.submitter ?? form.querySelector("button:not([type=button])");
  // After this turn, so that the button's name and value still go along.
  setTimeout(() => {
    if (!button) return;
    back.set(form, [button, button.innerHTML]);
    button.disabled = true;
    if (button.matches(".btn")) button.textContent = document.body.dataset.wSending;
  });
});

function release(form) {
  delete form.dataset.sent;
  const [button, text] = back.get(form) ?? [];
  if (!button) return;
  button.disabled = false;
  button.innerHTML = text;
  back.delete(form);
}

// The Back button shows the page as it was left; a failed or finished htmx call stays on the page.
window.addEventListener("pageshow", (event) => event.persisted && [...back.keys()].forEach(release));
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest("form");
  if (form && form.isConnected) setTimeout(() => release(form));
});
