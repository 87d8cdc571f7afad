// Older work joins the page: focus goes on to its first piece, and the address remembers how far the page goes.
const links = () => document.querySelectorAll(".tile__link");
let known = null;

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.id === "more-link") known = links().length;
});

document.addEventListener("htmx:afterRequest", (event) => {
  const link = event.detail.requestConfig?.elt;
  if (known === null || link?.id !== "more-link" || !event.detail.successful) return;
  const here = new URL(location.href);
  here.searchParams.set("pages", link.dataset.page);
  history.replaceState(history.state, "", here);
  links()[known]?.focus({ preventScroll: true });
  known = null;
});
