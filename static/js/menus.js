// <details class="menu"> closes on Escape, on a click outside and when another opens;
// [data-dialog="id"] opens a <dialog>. Without this, both still work by hand.
const open = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    for (const menu of open()) menu.open = false;
    document.getElementById(opener.dataset.dialog)?.showModal();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
