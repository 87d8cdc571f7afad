// Picking many: Shift takes a range, a drag over the wall takes what it touches, X picks the focused piece, Esc none.
// The form works without any of this.
const wall = document.querySelector("[data-select]");
const words = document.querySelector("[data-picked]");
const finder = document.querySelector("[data-finder]");
const boxes = () => [...wall.querySelectorAll(".tile__pick")];
const KEPT = "library-place";
let last = null;

const tell = () => {
  const count = boxes().filter((box) => box.checked).length;
  if (words) words.textContent = words.dataset.words.replace("{n}", count);
};

const range = (from, to, checked) => {
  const all = boxes();
  const [first, end] = [all.indexOf(from), all.indexOf(to)].sort((a, b) => a - b);
  if (first < 0) return;
  for (const box of all.slice(first, end + 1)) box.checked = checked;
};

const pick = (box, { isRange = false, checked = box.checked } = {}) => {
  box.checked = checked;
  if (isRange && last?.isConnected) range(last, box, checked);
  last = box;
  tell();
};

if (wall) {
  wall.addEventListener("click", (event) => {
    const box = event.target.closest(".tile__pick");
    if (box) { pick(box, { isRange: event.shiftKey }); return; }
    // A click with Shift on the picture itself picks, too, instead of opening another window.
    const link = event.target.closest(".tile__link");
    if (!link || !event.shiftKey) return;
    event.preventDefault();
    pick(link.parentElement.querySelector(".tile__pick"), { isRange: true, checked: true });
  });
  document.getElementById("pick").addEventListener("reset", () => setTimeout(tell));
  tell();
}

// A drag that begins between or on pieces, with a mouse; touch scrolls.
let drag = null;

const touched = (box) => {
  const [left, right] = [drag.x, drag.toX].sort((a, b) => a - b);
  const [top, bottom] = [drag.y, drag.toY].sort((a, b) => a - b);
  const at = box.getBoundingClientRect();
  const y = at.top + scrollY;
  return at.left < right && at.right > left && y < bottom && y + at.height > top;
};

wall?.addEventListener("pointerdown", (event) => {
  if (event.pointerType !== "mouse" || event.button || event.target.closest(".tile__pick, button, #more")) return;
  drag = { x: event.clientX, y: event.clientY + scrollY, isOn: false, was: null };
});
wall?.addEventListener("dragstart", (event) => { if (drag) event.preventDefault(); });
addEventListener("pointermove", (event) => {
  if (!drag) return;
  [drag.toX, drag.toY] = [event.clientX, event.clientY + scrollY];
  if (!drag.isOn && Math.hypot(drag.toX - drag.x, drag.toY - drag.y) < 8) return;
  if (!drag.isOn) { drag.isOn = true; drag.was = new Set(boxes().filter((box) => box.checked)); }
  for (const box of boxes()) box.checked = drag.was.has(box) || touched(box.parentElement);
  tell();
});
addEventListener("pointerup", () => {
  if (drag?.isOn) addEventListener("click", (event) => { event.preventDefault(); event.stopPropagation(); }, { capture: true, once: true });
  const was = drag;
  setTimeout(() => { if (was === drag) drag = null; });
  if (!was?.isOn) drag = null;
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (event.target.closest("input:not(.tile__pick), textarea, select, dialog, [popover]")) return;
  const tile = event.target.closest(".tile");
  if (event.key === "/" && finder) finder.focus();
  else if (!wall) return;
  else if (event.key.toLowerCase() === "x" && tile) {
    const box = tile.querySelector(".tile__pick");
    pick(box, { isRange: event.shiftKey, checked: event.shiftKey || !box.checked });
  } else if (event.key === "Escape" && boxes().some((box) => box.checked)) document.getElementById("pick").reset();
  else return;
  event.preventDefault();
});

// What is done with a selection leads back to this page, and to this place on it.
document.getElementById("pick")?.addEventListener("submit", (event) => {
  const form = event.currentTarget;
  form.elements.next.value = location.pathname + location.search;
  if (event.submitter?.dataset.act !== "download") sessionStorage.setItem(KEPT, `${location.href} ${scrollY}`);
});
const [where, how] = (sessionStorage.getItem(KEPT) ?? "").split(" ");
sessionStorage.removeItem(KEPT);
if (where === location.href) scrollTo({ top: Number(how), behavior: "instant" });
