/* Light or dark, chosen once for the pages and the review desk, and kept in a cookie. It runs before anything is
   drawn, so that nothing flashes; the pages come right from the server besides. Without it the browser's own
   choice counts. */
(function () {
  "use strict";
  var root = document.documentElement;
  var kept = /(?:^|; )theme=(light|dark)(?:;|$)/.exec(document.cookie);
  if (kept) root.dataset.theme = kept[1];

  function isDark() {
    if (root.dataset.theme) return root.dataset.theme === "dark";
    return window.matchMedia("(prefers-color-scheme: dark)").matches;
  }
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-theme-toggle]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () {
        root.dataset.theme = isDark() ? "light" : "dark";
        document.cookie = "theme=" + root.dataset.theme + ";path=/;max-age=31536000;samesite=lax";
      });
    });
  });
})();
