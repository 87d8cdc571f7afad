// The sheet: opens when its content has arrived; any dialog closes by its own button or a click beside it.
const sheet = document.getElementById("sheet");

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id === "sheet-body" && !sheet.open) {
    sheet.returnTo = event.detail.requestConfig.elt.id;
    sheet.showModal();
    event.detail.target.scrollTop = 0;
  }
});

sheet.addEventListener("close", () => document.getElementById(sheet.returnTo)?.focus());

document.addEventListener("click", (event) => {
  const dialog = event.target.closest("dialog");
  if (dialog && (event.target === dialog || event.target.closest("[data-close]"))) dialog.close();
});
