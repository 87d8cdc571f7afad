// Focus stays where it was: through a busy button, through a swapped card, and goes to the field that needs mending.
let kept = null;

const keep = () => {
  const at = document.activeElement;
  if (at && at !== document.body) kept = { id: at.id, root: at.closest("[id^=task-]")?.id, at: Date.now() };
};

const restore = () => {
  if (!kept || document.activeElement !== document.body || document.querySelector("dialog[open]")) return;
  const same = kept.id && document.getElementById(kept.id);
  const root = kept.root && document.getElementById(kept.root);
  if (same && !same.disabled) same.focus({ preventScroll: true });
  else if (root) { root.tabIndex = -1; root.focus({ preventScroll: true }); }
};

document.addEventListener("htmx:beforeRequest", keep);
document.addEventListener("htmx:oobBeforeSwap", keep);
for (const name of ["htmx:afterRequest", "htmx:afterSettle", "htmx:oobAfterSwap"]) document.addEventListener(name, restore);

// A form that was not accepted comes back as itself, in its own place.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  if (xhr.status !== 422 || !requestConfig.elt.matches("form")) return;
  event.detail.target = requestConfig.elt;
  event.detail.swapOverride = "outerHTML";
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.xhr?.status !== 422) return;
  const field = document.querySelector("#compose [aria-invalid=true], #compose .field:has(.error) input, #compose [role=alert]");
  if (!field) return;
  if (field.matches("[role=alert]")) field.tabIndex = -1;
  field.focus();
});
