// The theme changes at once; the form behind the button keeps it for the next page.
const root = document.documentElement;
const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);

const label = () => {
  for (const button of document.querySelectorAll("[data-theme-toggle]")) button.value = isDark() ? "light" : "dark";
};

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button?.name !== "theme") return;
  event.preventDefault();
  const body = new FormData(event.target, button);
  if (button.value === "system") delete root.dataset.theme; else root.dataset.theme = button.value;
  for (const choice of document.querySelectorAll("button[name=theme]:not([data-theme-toggle])")) {
    if (choice.value === body.get("theme")) choice.setAttribute("aria-current", "true"); else choice.removeAttribute("aria-current");
  }
  label();
  fetch(event.target.action, { method: "POST", body, headers: { "HX-Request": "true" } });
});

label();
