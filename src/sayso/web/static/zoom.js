// Buttons to make a picture larger and smaller; without this file it has its own size and scrolls.
"use strict";
for (const box of document.querySelectorAll("[data-zoom]")) {
  const svg = box.querySelector("svg");
  const width = Number(svg.getAttribute("width")), height = Number(svg.getAttribute("height"));
  let scale = 1;
  const set = (to) => {
    scale = Math.min(4, Math.max(0.25, to));
    svg.setAttribute("width", width * scale);
    svg.setAttribute("height", height * scale);
  };
  const bar = document.createElement("div");
  bar.className = "zoom no-print";
  for (const [text, label, act] of [
    ["+", "Larger", () => set(scale * 1.25)],
    ["−", "Smaller", () => set(scale / 1.25)],
    ["Fit", "Fit the page", () => set(box.clientWidth / width)],
    ["1:1", "Own size", () => set(1)],
  ]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", act);
    bar.append(button);
  }
  box.before(bar);
}
