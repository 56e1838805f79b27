/* Keys of the pages: ? lists them, / searches, J and K go through rows, F presses the button to follow.
   Nothing here is needed: each key does what a button or link on the page does too. */
(function () {
  "use strict";

  var list = document.getElementById("keys");
  /* The reading room goes through sentences, the review desk through its own rows and cards. */
  var others = document.querySelector(".reading, [data-queue], [data-desk]");

  function typing(target) {
    return Boolean(target.closest && target.closest("input, textarea, select, [contenteditable]"));
  }
  /* On a Cyrillic keyboard the key that says J gives another letter, and / gives a dot: its place counts. */
  function stroke(event) {
    if (event.key === "?" || event.key === "/") return event.key;
    if (event.code === "Slash" && (event.key === "." || event.key === ",")) return event.shiftKey ? "?" : "/";
    return event.code.replace(/^Key/, "").toLowerCase();
  }
  function shown(selector) {
    return Array.from(document.querySelectorAll(selector)).filter(function (found) { return found.offsetParent !== null; });
  }
  function move(by) {
    var rows = shown("main .rows .row, main .piece");
    if (!rows.length) return false;
    var now = rows.findIndex(function (row) { return row.contains(document.activeElement); });
    var row = rows[now < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, now + by))];
    var link = row.querySelector("a.headline, .headline a");
    if (!link) {
      row.tabIndex = -1;
      link = row;
    }
    link.focus();
    row.scrollIntoView({ block: "nearest" });
    return true;
  }

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.key === "Escape" && typing(event.target)) {
      event.target.blur();
      return;
    }
    if (typing(event.target)) return;
    var key = stroke(event);
    var done = false;
    if (key === "?" && list && !document.querySelector("[data-keys]")) {
      if (list.open) list.close();
      else list.showModal();
      done = true;
    } else if (list && list.open) {
      return;
    } else if (key === "/" && !document.querySelector("[data-search], [data-desk]")) {
      var search = shown("form[role=search] input[type=search]").pop();
      if (search) search.focus();
      done = Boolean(search);
    } else if ((key === "j" || key === "k") && !others) {
      done = move(key === "j" ? 1 : -1);
    } else if (key === "f") {
      var follow = document.querySelector("[data-follow]");
      if (follow) follow.click();
      done = Boolean(follow);
    }
    if (done) event.preventDefault();
  });
})();
