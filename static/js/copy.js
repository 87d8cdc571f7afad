// A button that puts its text on the clipboard, and says so.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    // Not allowed here (plain HTTP away from this machine): the text is selected, for the keys to copy.
    getSelection().selectAllChildren(button.previousElementSibling);
    return;
  }
  document.dispatchEvent(new CustomEvent("toast", { detail: { title: button.dataset.copied } }));
});
