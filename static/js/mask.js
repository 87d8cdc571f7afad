// The mask of the one reference: painted, erased, or a rectangle in percent. It goes with the form as a picture of its
// own, black where the reference may change; every step can be taken back.
const LARGEST = 1024; // pixels of the mask's long side; the server makes it as large as the reference
let part = null;
let steps = [];
let stroke = null;
let last = { src: "", steps: [] };
const paint = document.createElement("canvas");

const find = (name) => part.querySelector(`[data-${name}]`);
const boxes = () => [...part.querySelectorAll("[data-box]")];

const draw = (step) => {
  const pen = paint.getContext("2d");
  pen.globalCompositeOperation = step.erase ? "destination-out" : "source-over";
  if (step.clear) { pen.clearRect(0, 0, paint.width, paint.height); return; }
  if (step.kept) {
    pen.drawImage(step.kept, 0, 0, paint.width, paint.height);
    return;
  }
  if (step.box) {
    const [left, top, width, height] = step.box.map((share, at) => (share / 100) * (at % 2 ? paint.height : paint.width));
    pen.fillRect(left, top, width, height);
    return;
  }
  pen.lineWidth = step.size;
  pen.lineCap = pen.lineJoin = "round";
  pen.beginPath();
  for (const [x, y] of [step.points[0], ...step.points]) pen.lineTo(x, y);
  pen.stroke();
};

const isPainted = () => {
  const { data } = paint.getContext("2d").getImageData(0, 0, paint.width, paint.height);
  for (let at = 3; at < data.length; at += 4) if (data[at] > 127) return true;
  return false;
};

const show = () => {
  const canvas = find("veil");
  paint.getContext("2d").clearRect(0, 0, paint.width, paint.height);
  steps.forEach(draw);
  canvas.width = paint.width;
  canvas.height = paint.height;
  const pen = canvas.getContext("2d");
  if (!steps.length) return;
  pen.fillStyle = getComputedStyle(canvas).color;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.globalCompositeOperation = "destination-out";
  pen.drawImage(paint, 0, 0);
};

// What the form carries is what is seen: a file, or nothing.
const keep = () => {
  const files = new DataTransfer();
  find("kept").value = "";
  last = { src: find("stage").querySelector("img").getAttribute("src"), steps };
  if (steps.length && isPainted()) {
    const sheet = document.createElement("canvas");
    sheet.width = paint.width;
    sheet.height = paint.height;
    const pen = sheet.getContext("2d");
    pen.fillStyle = "#fff"; // the upstream's words: white stays, black changes
    pen.fillRect(0, 0, sheet.width, sheet.height);
    pen.drawImage(paint, 0, 0);
    const bytes = Uint8Array.from(atob(sheet.toDataURL("image/png").split(",")[1]), (sign) => sign.charCodeAt(0));
    files.items.add(new File([bytes], "mask.png", { type: "image/png" }));
  }
  find("painted").files = files.files;
  const box = steps.at(-1)?.box;
  if (!boxes().includes(document.activeElement)) boxes().forEach((field, at) => { field.value = box ? box[at] : ""; });
};

const change = (after) => { steps = after; show(); keep(); };

const size = (picture) => {
  const scale = Math.min(1, LARGEST / Math.max(picture.naturalWidth, picture.naturalHeight));
  paint.width = Math.max(1, Math.round(picture.naturalWidth * scale));
  paint.height = Math.max(1, Math.round(picture.naturalHeight * scale));
  find("stage").style.setProperty("--r", `${paint.width} / ${paint.height}`);
};

// A mask that the form came with: its black becomes paint.
const recall = (picture) => {
  const sheet = document.createElement("canvas");
  sheet.width = paint.width;
  sheet.height = paint.height;
  const pen = sheet.getContext("2d");
  pen.drawImage(picture, 0, 0, sheet.width, sheet.height);
  const pixels = pen.getImageData(0, 0, sheet.width, sheet.height);
  for (let at = 0; at < pixels.data.length; at += 4) {
    pixels.data[at + 3] = pixels.data[at] < 128 ? 255 : 0;
    pixels.data[at] = pixels.data[at + 1] = pixels.data[at + 2] = 0;
  }
  pen.putImageData(pixels, 0, 0);
  steps = [{ kept: sheet }];
  show();
};

const begin = async () => {
  part = document.querySelector("[data-mask]");
  if (!part) return;
  steps = [];
  const stage = find("stage");
  const picture = stage.querySelector("img");
  const { url } = find("kept").dataset;
  delete stage.dataset.ready; // nothing can be painted on a picture whose size is not known yet
  const src = picture.getAttribute("src");
  if (!src) return;
  await picture.decode().catch(() => {});
  const mask = new Image();
  if (url) { mask.src = url; await mask.decode().catch(() => {}); }
  if (!stage.isConnected || picture.getAttribute("src") !== src || !picture.naturalWidth) return; // another one by now
  size(picture);
  const box = boxes().map((field) => Number(field.value));
  if (box[2] && box[3]) change([{ box }]);
  else if (mask.naturalWidth) recall(mask);
  else change(last.src === src ? last.steps : []); // a form that was refused comes back without its files
  stage.dataset.ready = "";
};

// Offered with exactly one reference; another reference begins anew.
document.addEventListener("references-changed", (event) => {
  if (!part) return;
  const thumbs = event.target.querySelectorAll("[data-reference]");
  const id = thumbs.length === 1 ? thumbs[0].querySelector("input").value : "";
  const url = id ? `/files/${id}/1280.webp` : "";
  const picture = find("stage").querySelector("img");
  part.hidden = !url;
  if ((picture.getAttribute("src") ?? "") === url) return;
  if (url) picture.src = url; else picture.removeAttribute("src");
  delete find("kept").dataset.url;
  for (const field of boxes()) field.value = "";
  steps = [];
  keep();
  begin();
});

const at = (event) => {
  const frame = find("veil").getBoundingClientRect();
  return [((event.clientX - frame.left) / frame.width) * paint.width, ((event.clientY - frame.top) / frame.height) * paint.height];
};

document.addEventListener("pointerdown", (event) => {
  if (!event.target.matches("[data-ready] [data-veil]") || event.button) return;
  event.preventDefault();
  event.target.setPointerCapture(event.pointerId);
  const erase = part.querySelector("[value=erase]").checked;
  stroke = { erase, size: (Number(find("size").value) / 250) * Math.min(paint.width, paint.height), points: [at(event)] };
  steps = [...steps, stroke];
  show();
});
document.addEventListener("pointermove", (event) => {
  if (!stroke) return;
  for (const moved of event.getCoalescedEvents?.() ?? [event]) stroke.points.push(at(moved));
  show();
});
for (const name of ["pointerup", "pointercancel"]) {
  document.addEventListener(name, () => { if (stroke) { stroke = null; keep(); } });
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-undo]")) change(steps.slice(0, -1));
  if (event.target.closest("[data-clear]") && steps.length) change([...steps, { clear: true }]);
});

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-size]")) event.target.style.setProperty("--v", `${event.target.value}%`);
  if (!event.target.matches("[data-box]")) return;
  const box = boxes().map((field) => Math.min(100, Math.max(0, Number(field.value) || 0)));
  const before = steps.at(-1)?.box ? steps.slice(0, -1) : steps;
  change(box[2] && box[3] ? [...before, { box }] : before);
});

begin();
document.addEventListener("htmx:afterSettle", () => { if (part && !part.isConnected) begin(); });
