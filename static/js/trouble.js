// A part that could not be fetched says so where it was asked for. An error answer that is
// one of our own fragments (X-Quayside-Part) is shown in place; anything else becomes a toast.
const say = (text) => document.dispatchEvent(new CustomEvent("quayside:toast", { detail: { text } }));

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status >= 400 && xhr.getResponseHeader("X-Quayside-Part")) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
  // A session that ran out: the log-in page must not land inside a part.
  if (xhr.responseURL && new URL(xhr.responseURL).pathname.startsWith("/account/login")) {
    event.detail.shouldSwap = false;
    location.reload();
  }
});
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(name, (event) => {
    if (!event.target.closest("[data-poll]")) say(document.body.dataset.wLost);
  });
}
