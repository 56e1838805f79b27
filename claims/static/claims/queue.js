/* Keys of the queue. Everything works without this file: each key presses a button or link that is there. */
(() => {
  "use strict";
  const queue = document.querySelector("[data-queue]");
  if (!queue) return;
  const rows = [...queue.querySelectorAll("[data-row]")];
  const steps = queue.querySelector("[data-steps]");
  const all = queue.querySelector("[data-all]");
  const box = (row) => row.querySelector("input[type=checkbox]");
  const typing = (target) => target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");
  const present = () => rows.findIndex((row) => row.contains(document.activeElement));

  // On a Cyrillic keyboard the key that says J gives another letter: then its place counts.
  function latin(event) {
    if (event.key === "?" || event.key === "/") return event.key;
    return /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace("Key", "").toLowerCase();
  }

  function move(step) {
    if (!rows.length) return;
    const now = present();
    const next = now < 0 ? 0 : Math.min(Math.max(now + step, 0), rows.length - 1);
    rows[next].querySelector("a").focus();
    rows[next].scrollIntoView({ block: "nearest" });
  }

  function tell() {
    const ticked = rows.filter((row) => box(row).checked).length;
    const output = queue.querySelector("[data-ticked]");
    if (output) output.textContent = ticked ? "(" + ticked + ")" : "";
    if (all) {
      all.checked = ticked === rows.length;
      all.indeterminate = ticked > 0 && ticked < rows.length;
    }
    rows.forEach((row) => row.classList.toggle("ticked", box(row).checked));
  }

  // A step by its key is about the ticked claims or, where none is ticked, about the one that has the focus.
  function press(button) {
    const now = present();
    if (button.form === steps && now >= 0 && !rows.some((row) => box(row).checked)) box(rows[now]).checked = true;
    button.click();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape" && queue.contains(event.target) && typing(event.target)) return move(0);
    if (typing(event.target)) return;
    const key = latin(event);
    if (key === "j" || key === "k") move(key === "j" ? 1 : -1);
    else if (key === "x" && present() >= 0) box(rows[present()]).click();
    else if (key === "/") {
      const search = queue.querySelector("[data-search]");
      if (!search) return;
      search.focus();
    } else if (key === "?") {
      const keys = queue.querySelector("[data-keys]");
      // The pages of the newsroom list their keys in a dialog of their own (keys.js).
      if (!keys) return;
      keys.open = !keys.open;
      keys.querySelector("summary").focus();
    } else {
      const button = /^[a-z]$/.test(key) && queue.querySelector(`[data-key="${key}"]`);
      if (!button) return;
      press(button);
    }
    event.preventDefault();
  });

  if (all) {
    all.hidden = false;
    all.addEventListener("change", () => {
      rows.forEach((row) => { box(row).checked = all.checked; });
      tell();
    });
  }
  queue.addEventListener("change", tell);
  tell();
})();
