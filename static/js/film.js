// Films: loop, one frame at a time, one at once; and in their form, what excludes what.
const filmOf = (event) => event.target.closest?.("[data-film]");

const step = (film, frames) => {
  const video = film.querySelector("video");
  video.pause();
  const goal = Math.max(0, video.currentTime + frames / Number(film.dataset.fps || 24));
  video.currentTime = Number.isFinite(video.duration) ? Math.min(goal, video.duration) : goal;
};

document.addEventListener("click", (event) => {
  const film = filmOf(event);
  const button = film && event.target.closest("[data-frame], [data-loop]");
  if (!button) return;
  const video = film.querySelector("video");
  if (button.dataset.frame) { step(film, Number(button.dataset.frame)); return; }
  video.loop = !video.loop;
  button.setAttribute("aria-pressed", video.loop);
  if (video.loop && video.ended) video.play();
});

document.addEventListener("keydown", (event) => {
  const by = { ",": -1, ".": 1 }[event.key];
  const film = filmOf(event);
  if (!film || !by || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  event.preventDefault();
  step(film, by);
});

document.addEventListener("play", (event) => {
  for (const other of document.querySelectorAll("video")) if (other !== event.target) other.pause();
}, true);

// Ten seconds switch off what they exclude. In the capturing phase: the price is asked after that.
const settle = (form) => {
  const part = form?.querySelector("[data-excluded]");
  const seconds = form?.querySelector("[data-excluder] input:checked");
  if (!part || !seconds) return;
  const [excluded, instead] = [part.dataset.excluded, part.dataset.instead].map((value) => part.querySelector(`input[value="${value}"]`));
  excluded.disabled = seconds.value === "10";
  if (excluded.disabled && excluded.checked) instead.checked = true;
};

document.addEventListener("change", (event) => {
  if (event.target.closest?.("[data-excluder]")) settle(event.target.form);
}, true);
addEventListener("pageshow", () => document.querySelectorAll("form").forEach(settle));

// An image that was dropped on the form is what it starts from now.
document.addEventListener("references-changed", (event) => {
  const image = event.target.closest("form")?.querySelector('input[name="mode"][value="image"]');
  if (!image || image.checked || !event.target.querySelector("[data-reference]")) return;
  image.checked = true;
  image.dispatchEvent(new Event("change", { bubbles: true }));
});
