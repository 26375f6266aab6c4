// What a page can do with a script that it cannot do without: copy a query, slide through days, tell what is pointed at.
// Everything else works without it.
"use strict";

const DAY = 24 * 60 * 60 * 1000;

for (const button of document.querySelectorAll("[data-copies]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });
}

// A slider moves the day beside it. The day is what the form sends.
for (const slider of document.querySelectorAll("[data-slides]")) {
  const day = document.getElementById(slider.dataset.slides);
  const first = Date.parse(slider.dataset.from);
  slider.max = Math.round((Date.parse(slider.dataset.to) - first) / DAY);
  const follow = () => {
    const at = Date.parse(day.value);
    if (!Number.isNaN(at)) {
      slider.value = Math.round((at - first) / DAY);
      slider.setAttribute("aria-valuetext", day.value);
    }
  };
  slider.addEventListener("input", () => {
    day.value = new Date(first + slider.value * DAY).toISOString().slice(0, 10);
    slider.setAttribute("aria-valuetext", day.value);
  });
  slider.addEventListener("change", () => day.form.requestSubmit());
  day.addEventListener("input", follow);
  follow();
  slider.hidden = false;
}

// Marks carry their figures as a label; an area stands for many and is left to the table below it.
const tip = document.createElement("div");
tip.className = "tip";
tip.hidden = true;
tip.setAttribute("aria-hidden", "true");
document.body.append(tip);

function told(mark) {
  return mark.getAttribute("aria-label").split("; ").filter((part) => !/^(rank|x|y|x2|y2|text|certainty):/.test(part));
}

document.addEventListener("pointermove", (event) => {
  const mark = event.target.closest?.(".picture [aria-label][role='graphics-symbol']");
  const isOne = mark && !mark.closest(".mark-area, .mark-line, .role-axis, .role-legend, .mark-text");
  tip.hidden = !isOne;
  if (!isOne) {
    return;
  }
  tip.replaceChildren(...told(mark).map((part) => {
    const line = document.createElement("div");
    line.textContent = part;
    return line;
  }));
  tip.style.left = `${Math.min(event.clientX + 14, window.innerWidth - tip.offsetWidth - 8)}px`;
  tip.style.top = `${Math.min(event.clientY + 14, window.innerHeight - tip.offsetHeight - 8)}px`;
});
