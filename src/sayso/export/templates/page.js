"use strict";
(() => {
  const root = document.documentElement;
  const text = document.getElementById("text");
  if (!text) return;
  root.classList.add("js");
  const aside = document.querySelector("aside");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const wide = matchMedia("(min-width: 62.01rem)");
  let pinned = [];
  let waiting = 0;

  const has = (value, keys) => Boolean(value) && value.split(" ").some((k) => keys.includes(k));
  const light = (keys) => {
    for (const e of document.querySelectorAll("[data-k]")) e.classList.toggle("lit", has(e.dataset.k, keys));
    for (const e of text.querySelectorAll("[data-s]")) e.classList.toggle("slot-lit", has(e.dataset.s, keys));
  };
  const inView = (e) => {
    const box = e.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight;
  };
  const reveal = (e) => {
    if (e && !inView(e)) e.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
  };
  const showText = (key) => reveal(document.getElementById("t-" + key));
  const pin = (keys) => {
    pinned = keys;
    light(keys);
  };

  for (const card of document.querySelectorAll(".card[data-k], .meta [data-k]")) {
    const key = card.dataset.k;
    card.addEventListener("pointerenter", (e) => {
      if (e.pointerType !== "mouse") return;
      light([key]);
      clearTimeout(waiting);
      if (wide.matches) waiting = setTimeout(() => showText(key), 250);
    });
    card.addEventListener("pointerleave", () => {
      clearTimeout(waiting);
      light(pinned);
    });
    card.addEventListener("focusin", (e) => {
      if (!e.target.matches(":focus-visible")) return;
      pin([key]);
      if (wide.matches) showText(key);
    });
    card.addEventListener("click", (e) => {
      const to = e.target.closest("a, summary");
      if (to && !to.dataset.go) return;
      if (String(getSelection())) return;
      if (to) e.preventDefault();
      pin([key]);
      if (wide.matches || to) showText(key);
    });
  }

  const showCard = (keys) => {
    pin(keys);
    reveal(document.getElementById(keys[0]));
  };
  text.addEventListener("click", (e) => {
    const ref = e.target.closest(".ref");
    if (ref) {
      e.preventDefault();
      showCard([ref.hash.slice(1)]);
      return;
    }
    const marked = e.target.closest("[data-k]");
    if (!marked || String(getSelection())) return;
    const keys = marked.dataset.k.split(" ");
    pin(keys);
    if (wide.matches) reveal(document.getElementById(keys[0]));
  });
  text.addEventListener("focusin", (e) => {
    const ref = e.target.closest(".ref");
    if (ref) pin([ref.hash.slice(1)]);
  });
  const same = (key) => {
    for (const e of text.querySelectorAll("[data-a]")) e.classList.toggle("same", Boolean(key) && e.dataset.all.split(" ").includes(key));
  };
  text.addEventListener("pointerover", (e) => same(e.target.closest("[data-a]")?.dataset.a));
  text.addEventListener("pointerleave", () => same(""));

  const follow = () => {
    const key = decodeURIComponent(location.hash.slice(1)).replace(/^t-/, "");
    if (/^[crod]\d+$/.test(key)) pin([key]);
  };
  addEventListener("hashchange", follow);
  follow();
  addEventListener("keydown", (e) => {
    if (e.key === "Escape") pin([]);
  });
})();
