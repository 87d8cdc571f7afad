// A press copies one value and says so. Where the page is not secure the clipboard is closed: then the old way is taken.
const copy = async (text) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
};

for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await copy(button.dataset.copy);
  button.focus();
  const words = button.querySelector("span");
  if (words) words.textContent = button.dataset.copied;
  else document.dispatchEvent(new CustomEvent("toast", { detail: { title: button.dataset.copied } }));
});
