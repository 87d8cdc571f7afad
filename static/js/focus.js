// Focus stays where it was: through a busy button, through a swapped card, and goes to the field that needs mending.
let kept = null;

const keep = () => {
  const at = document.activeElement;
  if (at === document.body && kept) return; // the busy button was taken away meanwhile: what it was is still known
  kept = at && at !== document.body ? { at, root: at.closest("[id^=task-]")?.id, busy: at.matches("[type=submit], [hx-disabled-elt]") } : null;
};

const restore = (event) => {
  if (!kept || document.activeElement !== document.body || document.querySelector("dialog[open]")) return;
  if (kept.at.isConnected && !kept.busy) return; // the person left it; nothing was taken away
  const same = kept.at.id && document.getElementById(kept.at.id);
  const isAnswered = event.type === "htmx:afterRequest" && event.detail.elt === kept.at;
  if (same?.disabled && same === kept.at && !isAnswered) return; // it is busy until then
  const root = kept.root && document.getElementById(kept.root);
  const next = same && !same.disabled ? same : root;
  if (next && next === root) root.tabIndex = -1;
  next?.focus({ preventScroll: true });
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

// What was refused before is accepted now: the form stays as it is, its complaints go.
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful || !event.detail.elt.matches("form#compose")) return;
  for (const field of event.detail.elt.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  for (const error of event.detail.elt.querySelectorAll(".error, [role=alert]")) error.remove();
});
