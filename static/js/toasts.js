// What happened, said once: a sentence for screen readers, a toast where the result is not in sight.
const shelf = document.getElementById("toasts");
const live = document.getElementById("live");
const STAY = 8000;

const dismissLater = (toast) => {
  if (["bad", "error"].includes(toast.dataset.kind)) return; // failures stay until somebody has read them
  let timer = 0;
  const stay = () => clearTimeout(timer);
  const leave = () => { stay(); timer = setTimeout(() => toast.remove(), STAY); };
  for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, stay);
  for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, leave);
  leave();
};

const show = ({ kind = "info", title, detail = "", url = "" }) => {
  const same = [...shelf.children].find((toast) => toast.querySelector("p").textContent === title);
  same?.remove();
  const toast = document.getElementById(["bad", "error"].includes(kind) ? "toast-bad" : "toast-info").content.firstElementChild.cloneNode(true);
  const [first, second] = toast.querySelectorAll("p");
  first.textContent = title;
  if (detail) second.textContent = detail; else second.remove();
  const link = toast.querySelector("a");
  if (url) link.href = url; else link.remove();
  shelf.append(toast);
  dismissLater(toast);
};

const say = (sentence) => {
  live.textContent = "";
  requestAnimationFrame(() => { live.textContent = sentence; });
};

for (const toast of shelf.querySelectorAll(".toast")) dismissLater(toast);
shelf.addEventListener("click", (event) => event.target.closest("[data-dismiss]")?.closest(".toast").remove());

document.addEventListener("toast", (event) => show(event.detail));
document.addEventListener("task-ended", (event) => {
  const { message, url, kind } = event.detail;
  if (document.getElementById("feed")) say(message);
  else show({ kind, title: message, url });
});

const words = shelf.dataset;
const broken = () => show({ kind: "bad", title: words.broken, detail: words.brokenDetail });
const offline = () => show({ kind: "bad", title: words.offline, detail: words.offlineDetail });
document.addEventListener("htmx:sendError", offline);
document.addEventListener("htmx:timeout", offline);
document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = event.detail;
  // The server may have told what happened itself, by a toast event of its own.
  if (xhr.getResponseHeader("HX-Trigger")?.includes("toast")) return;
  if (xhr.status >= 500) broken();
  else show({ kind: "bad", title: words.refused, detail: words.refusedDetail });
});
const online = () => {
  for (const toast of [...shelf.children]) if (toast.querySelector("p")?.textContent === words.offline) toast.remove();
};
addEventListener("online", online);
document.addEventListener("htmx:afterRequest", (event) => event.detail.successful && online());
