// The viewer: a picture opens in a dialog, arrows walk its gallery, D downloads, Esc closes.
const room = document.getElementById("lightbox");
let opener = null;
let stepped = 0;

const gallery = () => {
  const wall = opener?.closest("[data-gallery]");
  return wall ? [...wall.querySelectorAll("a[data-view]")] : [];
};

const load = (link) => {
  opener = link;
  htmx.ajax("GET", link.dataset.view, { source: room, target: room, swap: "innerHTML" });
};

const step = (by) => {
  const links = gallery();
  const next = links[links.indexOf(opener) + by];
  if (!next) return;
  stepped = by;
  load(next);
};

const place = () => {
  const links = gallery();
  const at = links.indexOf(opener);
  const words = room.querySelector("[data-count]");
  if (words) words.textContent = links.length > 1 ? `${at + 1} / ${links.length}` : "";
  for (const button of room.querySelectorAll("[data-step]")) button.hidden = !links[at + Number(button.dataset.step)];
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-view]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  load(link);
});

room.addEventListener("htmx:afterSwap", () => {
  place();
  if (!room.open) room.showModal();
  // The old buttons are gone with the old picture: stay on the one that was pressed while it leads somewhere.
  else (room.querySelector(`[data-step="${stepped}"]:not([hidden])`) ?? room.querySelector("[data-close]")).focus();
});

room.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step]");
  if (button) step(Number(button.dataset.step));
});

room.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const forward = getComputedStyle(room).direction === "rtl" ? -1 : 1;
  if (event.key === "ArrowRight") step(forward);
  else if (event.key === "ArrowLeft") step(-forward);
  else if (event.key.toLowerCase() === "d") room.querySelector("[data-download]")?.click();
  else return;
  event.preventDefault();
});

// The picture that was looked at last is where the eye is; its card may have been swapped meanwhile.
room.addEventListener("close", () => {
  const link = opener?.isConnected ? opener : document.querySelector(`a[data-view="${opener?.dataset.view}"]`);
  link?.focus();
});
