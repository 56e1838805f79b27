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
    return /^[a-z0-9]$/i.test(event.key)
      ? event.key.toLowerCase()
      : event.code.replace(/^(Key|Digit)/, "").toLowerCase();
  }

  // After a decision the page comes anew: the focus returns to the card that was decided on, or to the next.
  const PLACE = "desk-card";
  function stay(card) {
    sessionStorage.setItem(PLACE, card.id);
  }
  const former = document.getElementById(sessionStorage.getItem(PLACE) || "");
  sessionStorage.removeItem(PLACE);
  if (former) {
    const folded = former.closest("details");
    if (folded) folded.open = true;
    former.focus();
    former.scrollIntoView({ block: "nearest" });
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
    if (key === "v") {
      const verdict = document.querySelector("#verdict select, #verdict textarea, #verdict input:not([type=hidden]), #verdict button");
      if (verdict) {
        event.preventDefault();
        verdict.focus();
        verdict.scrollIntoView({ block: "center" });
      }
      return;
    }
    const card = document.activeElement.closest("[data-card]");
    if (!card) return;
    if (key === "c") {
      event.preventDefault();
      card.querySelector("[data-capture]").click();
      return;
    }
    const place = card.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!place) return;
    event.preventDefault();
    if (place.matches("form")) {
      stay(card);
      place.requestSubmit();
    } else {
      place.open = true;
      place.querySelector("input:not([type=hidden])").focus();
    }
  });
})();
