// An article's cards and the places in its text light each other up. Without this, links still lead
// from one to the other.
"use strict";
(() => {
  const text = document.getElementById("text");
  if (!text) return;
  let pinned = [];
  const has = (value, keys) => Boolean(value) && value.split(" ").some((k) => keys.includes(k));
  const light = (keys) => {
    for (const e of document.querySelectorAll("[data-k]")) e.classList.toggle("lit", has(e.dataset.k, keys));
    for (const e of text.querySelectorAll("[data-s]")) e.classList.toggle("slot-lit", has(e.dataset.s, keys));
  };
  const pin = (keys) => {
    pinned = keys;
    light(keys);
  };
  for (const card of document.querySelectorAll(".card[data-k]")) {
    card.addEventListener("pointerenter", (e) => {
      if (e.pointerType === "mouse") light([card.dataset.k]);
    });
    card.addEventListener("pointerleave", () => light(pinned));
    card.addEventListener("focusin", () => pin([card.dataset.k]));
  }
  let said = "";
  const same = (keys) => {
    if (keys === said) return;
    said = keys;
    const inner = keys.split(" ").pop();
    for (const e of text.querySelectorAll("[data-a]")) e.classList.toggle("same", Boolean(inner) && has(e.dataset.a, [inner]));
  };
  text.addEventListener("pointerover", (e) => same(e.target.closest("[data-a]")?.dataset.a || ""));
  text.addEventListener("pointerleave", () => same(""));
  const follow = () => {
    const key = location.hash.slice(1).replace(/^t-/, "");
    if (/^[crod]-\d+$/.test(key)) pin([key]);
  };
  addEventListener("hashchange", follow);
  follow();
  addEventListener("keydown", (e) => {
    if (e.key === "Escape") pin([]);
  });
})();
