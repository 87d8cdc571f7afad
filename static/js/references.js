// Reference pictures of a form: dropped, pasted, chosen or picked, uploaded at once, put in order, taken away.
const TYPES = ["image/jpeg", "image/png", "image/webp", "image/gif"];
const uploads = new Map(); // thumbnail: the promise of its upload

const place = () => document.querySelector("[data-references]");
const thumbs = (root) => [...root.querySelectorAll("[data-reference]")];
const words = (root, name, values = {}) =>
  Object.entries(values).reduce((text, [key, value]) => text.replaceAll(`{${key}}`, value), root.dataset[name]);

const refuse = (root, sentence) => {
  const old = root.querySelector(":scope > .error");
  const error = root.querySelector("[data-blank-error]").content.firstElementChild.cloneNode(true);
  error.querySelector("span").textContent = sentence;
  if (old) old.replaceWith(error); else root.querySelector("[data-drop]").after(error);
};

// Numbers, labels and the count follow from what is there.
const settle = (root) => {
  const most = Number(root.dataset.max);
  const all = thumbs(root);
  all.forEach((thumb, at) => {
    const n = at + 1;
    const [move, remove] = thumb.querySelectorAll("button");
    move.ariaLabel = words(root, "wordsLabel", { n, title: thumb.dataset.title });
    remove.ariaLabel = words(root, "wordsRemove", { n });
    thumb.querySelector(".drop__n").textContent = n;
  });
  root.querySelector("[data-count]").textContent = words(root, "wordsCount", { n: all.length });
  root.querySelector("input[type=file]").ariaLabel = words(root, "wordsAdd", { n: most - all.length });
  root.dispatchEvent(new CustomEvent("references-changed", { bubbles: true }));
};

const blank = (root, title) => {
  const thumb = root.querySelector("[data-blank]").content.firstElementChild.cloneNode(true);
  thumb.dataset.title = title;
  root.querySelector(".drop__add").before(thumb);
  return thumb;
};

const fill = (thumb, { id, thumb: url, title }) => {
  thumb.dataset.title = title;
  thumb.querySelector("input").value = id;
  thumb.querySelector("img").src = url;
};

const ids = (root) => [...root.querySelectorAll("[data-reference] input")].map((input) => input.value);

const add = (root, asset) => {
  if (ids(root).includes(asset.id)) return;
  if (thumbs(root).length >= Number(root.dataset.max)) { refuse(root, words(root, "wordsMany")); return; }
  fill(blank(root, asset.title), asset);
  settle(root);
};

const send = (root, thumb, file) => new Promise((done) => {
  const request = new XMLHttpRequest();
  const body = new FormData();
  body.append("file", file);
  const bar = thumb.querySelector(".progress");
  request.upload.addEventListener("progress", (event) => {
    bar.setAttribute("aria-valuenow", Math.round((100 * event.loaded) / event.total));
    bar.firstElementChild.style.setProperty("--v", `${Math.round((100 * event.loaded) / event.total)}%`);
  });
  request.addEventListener("loadend", () => {
    const answer = request.response ?? {};
    uploads.delete(thumb);
    bar.remove();
    if (!thumb.isConnected) { done(); return; } // taken away meanwhile
    if (request.status === 201 && !ids(root).includes(answer.id)) {
      delete thumb.dataset.state;
      fill(thumb, answer);
    } else {
      thumb.remove();
      if (request.status !== 201) refuse(root, answer.error ?? words(root, "wordsFailed", { name: file.name }));
    }
    settle(root);
    done();
  });
  request.open("POST", root.dataset.upload);
  request.responseType = "json";
  request.setRequestHeader("X-CSRFToken", root.closest("form").querySelector("[name=csrfmiddlewaretoken]").value);
  request.send(body);
});

const take = (root, files) => {
  root.querySelector(":scope > .error")?.remove();
  for (const file of files) {
    if (!TYPES.includes(file.type)) { refuse(root, words(root, "wordsType", { name: file.name })); continue; }
    if (file.size > Number(root.dataset.limit)) { refuse(root, words(root, "wordsLarge", { name: file.name })); continue; }
    if (thumbs(root).length >= Number(root.dataset.max)) { refuse(root, words(root, "wordsMany")); break; }
    const thumb = blank(root, file.name);
    thumb.dataset.state = "uploading";
    thumb.append(root.querySelector("[data-blank-progress]").content.firstElementChild.cloneNode(true));
    uploads.set(thumb, send(root, thumb, file));
    settle(root);
  }
};

document.addEventListener("change", (event) => {
  const root = event.target.closest("[data-references]");
  if (!root || !event.target.matches("input[type=file]")) return;
  const files = [...event.target.files];
  event.target.value = ""; // they are on their way already
  take(root, files);
});

document.addEventListener("paste", (event) => {
  const root = place();
  const files = [...(event.clipboardData?.files ?? [])];
  if (!root || !files.length || event.clipboardData.types.includes("text/plain")) return;
  event.preventDefault();
  take(root, files);
});

document.addEventListener("pick", (event) => place() && add(place(), event.detail));

// A press counts when what it needs has arrived.
document.addEventListener("htmx:confirm", (event) => {
  if (!uploads.size || event.detail.elt !== place()?.closest("form")) return;
  event.preventDefault();
  Promise.all(uploads.values()).then(() => event.detail.issueRequest(true));
});

const move = (root, thumb, by) => {
  const all = thumbs(root);
  const goal = all[all.indexOf(thumb) + by];
  if (!goal) return;
  if (by < 0) goal.before(thumb); else goal.after(thumb);
  settle(root);
  thumb.querySelector("button").focus();
  document.getElementById("live").textContent = words(root, "wordsMoved", { n: thumbs(root).indexOf(thumb) + 1 });
};

document.addEventListener("keydown", (event) => {
  const root = event.target.closest("[data-references]");
  const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!root || !event.target.matches(".drop__move")) return;
  if (way) { event.preventDefault(); move(root, event.target.parentElement, way); }
  if (event.key === "Delete" || event.key === "Backspace") { event.preventDefault(); event.target.parentElement.querySelector(".drop__x").click(); }
});

document.addEventListener("click", (event) => {
  const root = event.target.closest("[data-references]");
  const thumb = event.target.closest("[data-reference]");
  if (!root || !thumb) return;
  if (event.target.closest(".drop__move")) { move(root, thumb, -1); return; } // a tap brings it one place to the front
  const all = thumbs(root);
  const next = all[all.indexOf(thumb) + 1] ?? all[all.indexOf(thumb) - 1];
  thumb.remove();
  settle(root);
  (next?.querySelector(".drop__x") ?? root.querySelector("input[type=file]")).focus();
});

// Files are dropped anywhere on the form; thumbnails on each other.
let dragged = null;
const over = (event) => event.target.closest?.("form")?.querySelector("[data-references]");
document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-reference]");
  if (dragged) dragged.dataset.dragged = "";
});
document.addEventListener("dragend", () => { delete dragged?.dataset.dragged; dragged = null; });
document.addEventListener("dragover", (event) => {
  const root = over(event);
  if (!root) return;
  const goal = dragged && event.target.closest("[data-reference]");
  if (goal && goal !== dragged) {
    const all = thumbs(root);
    if (all.indexOf(goal) < all.indexOf(dragged)) goal.before(dragged); else goal.after(dragged);
    settle(root);
  }
  if (!dragged && !event.dataTransfer.types.includes("Files")) return;
  event.preventDefault();
  if (!dragged) root.querySelector("[data-drop]").classList.add("drop--over");
});
for (const name of ["dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    const root = over(event);
    if (!root) return;
    root.querySelector("[data-drop]").classList.remove("drop--over");
    if (name === "dragleave" || dragged || !event.dataTransfer.files.length) return;
    event.preventDefault();
    take(root, event.dataTransfer.files);
  });
}
