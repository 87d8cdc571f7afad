// G, then a letter, goes to a place of the rail. Single keys are off inside fields, dialogs and with a modifier.
const WAIT = 1200;
let since = 0;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
  const key = event.key.toLowerCase();
  if (key === "g") { since = Date.now(); return; }
  if (Date.now() - since > WAIT) return;
  since = 0;
  const link = /^[a-z]$/.test(key) && document.querySelector(`.rail [data-key="${key}"]`);
  if (!link) return;
  event.preventDefault();
  location.assign(link.href);
});
