// The picture in the viewer comes closer: +, -, 0 and double click; then it is moved by hand or by the arrows.
const room = document.getElementById("lightbox");
const MOST = 8;
const STEP = 80;
let grip = null;

const view = () => room.querySelector(".lightbox__pic");
const level = (pic) => Number(pic.dataset.zoom ?? 1);
const at = (pic, name) => Number.parseFloat(pic.style.getPropertyValue(name)) || 0;

const move = (pic, x, y) => {
  const z = level(pic);
  const [wide, tall] = [(pic.clientWidth * (z - 1)) / 2, (pic.clientHeight * (z - 1)) / 2];
  pic.style.setProperty("--x", `${Math.min(wide, Math.max(-wide, x))}px`);
  pic.style.setProperty("--y", `${Math.min(tall, Math.max(-tall, y))}px`);
};

const zoom = (pic, z) => {
  const next = Math.min(MOST, Math.max(1, z));
  if (next === 1) {
    delete pic.dataset.zoom;
    for (const name of ["--x", "--y", "--z"]) pic.style.removeProperty(name);
    return;
  }
  pic.dataset.zoom = next;
  pic.style.setProperty("--z", next);
  move(pic, at(pic, "--x"), at(pic, "--y"));
};

const ARROWS = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

// Before the viewer's own keys: while it is close the arrows move the picture and do not turn the page.
room?.addEventListener("keydown", (event) => {
  const pic = view();
  if (!pic || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const z = level(pic);
  if (["+", "="].includes(event.key)) zoom(pic, z * 2);
  else if (event.key === "-") zoom(pic, z / 2);
  else if (event.key === "0") zoom(pic, 1);
  else if (z > 1 && ARROWS[event.key]) {
    const [x, y] = ARROWS[event.key];
    move(pic, at(pic, "--x") + x * STEP, at(pic, "--y") + y * STEP);
  } else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, { capture: true });

room?.addEventListener("dblclick", (event) => {
  const pic = event.target.closest(".lightbox__pic");
  if (pic && !event.target.closest("button")) zoom(pic, level(pic) > 1 ? 1 : 2);
});

room?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-closer]");
  const pic = view();
  if (button && pic) zoom(pic, level(pic) * Number(button.dataset.closer));
});

room?.addEventListener("pointerdown", (event) => {
  const pic = event.target.closest(".lightbox__pic[data-zoom]");
  if (!pic || event.target.closest("button")) return;
  grip = { pic, x: event.clientX - at(pic, "--x"), y: event.clientY - at(pic, "--y") };
  pic.setPointerCapture(event.pointerId);
  event.preventDefault();
});
room?.addEventListener("pointermove", (event) => grip && move(grip.pic, event.clientX - grip.x, event.clientY - grip.y));
for (const name of ["pointerup", "pointercancel"]) room?.addEventListener(name, () => { grip = null; });
