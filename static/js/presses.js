// A button's key stands for one press: when it was answered, the next press is another one.
const fresh = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, successful } = event.detail;
  if (successful && elt.matches("button[name=idempotency_key]")) elt.value = fresh();
});
