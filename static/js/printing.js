// [data-print] prints the page; print.css says what of it.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
