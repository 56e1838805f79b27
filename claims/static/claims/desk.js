/* Keys of the one-claim screen. Everything works without this file: each key presses a button that is there. */
(() => {
  "use strict";
  const desk = document.querySelector("[data-desk]");
  if (!desk) return;
  const shown = () => [...desk.querySelectorAll("[data-card]")].filter((card) => card.offsetParent !== null);
  const typing = (target) => target.matches("input, textarea, select, [contenteditable]");

  function move(step) {
    const cards = shown();
    if (!cards.length) return;
    const present = cards.indexOf(document.activeElement.closest("[data-card]"));
    const next = present < 0 ? 0 : Math.min(Math.max(present + step, 0), cards.length - 1);
    cards[next].focus();
    cards[next].scrollIntoView({ block: "nearest" });
  }

  // On a Cyrillic keyboard the key that says J gives another letter: then its place counts.
  function latin(event) {
    return /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace("Key", "").toLowerCase();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape" && typing(event.target)) {
      const card = event.target.closest("[data-card]");
      if (card) card.focus();
      return;
    }
    if (typing(event.target)) return;
    const key = latin(event);
    if (key === "j" || key === "k") {
      event.preventDefault();
      move(key === "j" ? 1 : -1);
      return;
    }
    const card = document.activeElement.closest("[data-card]");
    const form = card && card.querySelector(`form[data-key="${CSS.escape(key)}"]`);
    if (!form) return;
    event.preventDefault();
    const folded = form.closest("details");
    if (folded) folded.open = true;
    const field = form.querySelector("select, input:not([type=hidden])");
    if (field) field.focus();
    else form.requestSubmit();
  });
})();
