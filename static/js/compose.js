// The prompt: its counter, examples that fill it, and Ctrl/Cmd+Enter from any field of the form.
const count = (field) => {
  const counter = document.querySelector(`[data-count-of="${field.id}"]`);
  if (counter) counter.textContent = `${field.value.length} / ${field.maxLength}`;
};

// On the way back the browser fills in what was written, after the page was read.
addEventListener("pageshow", () => document.querySelectorAll("textarea[maxlength]").forEach(count));

document.addEventListener("input", (event) => {
  if (event.target.matches("textarea[maxlength]")) count(event.target);
});

document.addEventListener("click", (event) => {
  const example = event.target.closest("[data-fill]");
  const field = example && document.querySelector(`[data-compose] [name="${example.dataset.fill}"]`);
  if (!field || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  field.value = example.dataset.words;
  count(field);
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
});

// The balance after the press is told again when the wallet has moved.
const available = () => document.querySelector("#credit-badge b")?.textContent;
let known = available();
document.addEventListener("htmx:afterSettle", () => {
  if (available() === known) return;
  known = available();
  if (document.getElementById("requote")) htmx.trigger("#requote", "credits-changed");
});

document.addEventListener("keydown", (event) => {
  // While an input method composes, Enter belongs to it.
  if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
  if (!(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest("[data-compose]");
  const button = form?.querySelector("button[type=submit]");
  if (!button || button.disabled) return;
  event.preventDefault();
  form.requestSubmit(button);
});
