// The edge between two pictures follows the range input; A and B keep one of them.
const seek = document.querySelector(".compare__seek");

const follow = () => {
  seek.parentElement.style.setProperty("--p", `${seek.value}%`);
  seek.setAttribute("aria-valuetext", seek.dataset.words.replace("{n}", seek.value));
};

if (seek) {
  seek.addEventListener("input", follow);
  follow();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (event.target.closest("input:not([type=range]), textarea, select, dialog")) return;
  if (seek && event.target !== seek && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
    const forward = (event.key === "ArrowRight") === (getComputedStyle(seek).direction !== "rtl");
    seek.value = Number(seek.value) + (forward ? 1 : -1);
    follow();
    event.preventDefault();
  }
  document.querySelector(`[data-keep="${event.key.toUpperCase()}"]`)?.click();
});
