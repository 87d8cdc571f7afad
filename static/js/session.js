// When the session has ended, a poll is led to the sign-in page: show that page itself, never inside this one.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, pathInfo } = event.detail;
  if (!xhr.responseURL || !pathInfo) return;
  const asked = new URL(pathInfo.finalRequestPath || pathInfo.requestPath, location.href);
  if (new URL(xhr.responseURL).pathname === asked.pathname) return;
  event.detail.shouldSwap = false;
  location.reload();
});
