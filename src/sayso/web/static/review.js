// Keys for review: each does what a link, a button or a box of the page does without it.
"use strict";
(() => {
  const typing = (e) => e.closest("input:not([type=checkbox]), select, textarea") !== null;
  const go = (e) => {
    if (e.matches("details")) {
      e.open = e.dataset.key === "?" ? !e.open : true;
      (e.querySelector("select, input:not([type=hidden]), button") || e).focus();
      e.scrollIntoView({ block: "nearest" });
    } else if (e.matches("fieldset")) {
      e.querySelector("select, input:not([type=hidden])").focus();
    } else {
      e.click();
    }
  };
  addEventListener("keydown", (e) => {
    if (e.key === "Escape" && typing(e.target)) e.target.blur();
    if (e.ctrlKey || e.altKey || e.metaKey || e.repeat || typing(e.target)) return;
    const found =
      e.key === "u" ? document.querySelector("[data-history] [data-undo]") : /^[a-z?]$/.test(e.key) ? document.querySelector(`[data-key="${e.key}"]`) : null;
    if (!found) return;
    e.preventDefault();
    go(found);
  });
  // One verdict for one press, however often it is pressed.
  let sent = false;
  addEventListener("submit", (e) => {
    if (sent) e.preventDefault();
    sent = true;
  });
  addEventListener("pageshow", () => (sent = false));
})();
