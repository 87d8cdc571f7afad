// Ticks the elapsed time of running tasks in the browser; the server sends progress only.
const shown = (seconds) => {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (!parts[0]) parts.shift();
  return parts.map((part, place) => (place ? String(part).padStart(2, "0") : part)).join(":");
};

const tick = () => {
  for (const clock of document.querySelectorAll("[data-started]")) {
    const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(clock.dataset.started)) / 1000));
    clock.textContent = clock.dataset.words.replace("{time}", shown(seconds));
  }
};

tick();
setInterval(tick, 1000);
// A swapped card arrives without its time; it is filled in before the next paint.
for (const name of ["htmx:afterSwap", "htmx:oobAfterSwap"]) document.addEventListener(name, tick);
