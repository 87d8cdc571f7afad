// The poller: it says what the page holds, rests while nobody looks, and asks at once when somebody looks again.
const PAUSE = 2000;
const MOST = 400; // cards that an address can name
const SHORT = 8;
let asked = Date.now();

document.addEventListener("htmx:configRequest", (event) => {
  if (event.target.id !== "pulse") return;
  asked = Date.now();
  const { parameters } = event.detail;
  const cards = [...document.querySelectorAll("#feed > .task")].slice(0, MOST);
  parameters.held = cards.map((card) => card.id.slice("task-".length).slice(0, SHORT)).join();
  const library = document.getElementById("new-work");
  if (library) parameters.newest = library.dataset.newest;
});

// While something is open the page goes on in the background, too: it says when a task ends.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.id === "pulse" && document.hidden && "idle" in event.target.dataset) event.preventDefault();
});

let soon = 0;
const look = () => {
  clearTimeout(soon);
  soon = setTimeout(() => document.hidden || htmx.trigger("#pulse", "look"), Math.max(0, asked + PAUSE - Date.now()));
};
document.addEventListener("visibilitychange", look);
addEventListener("focus", look);
addEventListener("pageshow", (event) => event.persisted && look());

// A press and a poll may bring the same new card at the same moment.
const once = () => {
  const seen = new Set();
  for (const card of document.querySelectorAll("#feed > .task")) {
    if (seen.has(card.id)) card.remove(); else seen.add(card.id);
  }
};
for (const name of ["htmx:afterSwap", "htmx:oobAfterSwap"]) document.addEventListener(name, once);
