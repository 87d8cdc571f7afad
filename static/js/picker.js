// The picker: opens when the newest pictures have arrived, hands over those that were ticked, in that order.
const picker = document.getElementById("picker");
let ticked = [];

const root = () => document.querySelector("[data-references]");
const inUse = () => [...root().querySelectorAll("[data-reference] input")].map((input) => input.value);

const count = () => {
  const used = inUse();
  const left = Number(root().dataset.max) - used.length - ticked.length;
  picker.querySelector("[data-picked]").textContent = (root().dataset.max === "1" ? picker.dataset.wordsOne : picker.dataset.words).replace("{n}", used.length + ticked.length);
  picker.querySelector("[data-use]").disabled = !ticked.length;
  for (const box of picker.querySelectorAll("[type=checkbox]")) {
    const isUsed = used.includes(box.value);
    if (isUsed) box.checked = true;
    box.disabled = isUsed || (!box.checked && left <= 0);
  }
};

document.addEventListener("htmx:afterSwap", (event) => {
  if (!picker?.contains(event.detail.target)) return;
  if (!picker.open) { ticked = []; picker.showModal(); }
  count();
});

picker?.addEventListener("change", (event) => {
  const box = event.target;
  ticked = ticked.filter((other) => other !== box);
  if (box.checked) ticked.push(box);
  count();
});

picker?.addEventListener("click", (event) => {
  if (!event.target.closest("[data-use]")) return;
  for (const box of ticked) {
    const detail = { id: box.value, thumb: box.dataset.thumb, title: box.ariaLabel };
    document.dispatchEvent(new CustomEvent("pick", { detail }));
  }
  picker.close();
});
