/* Answers while somebody types, and arrow keys through them. Without this file the form sends the same address. */
(function () {
  "use strict";

  var form = document.querySelector("form[data-instant]");
  if (!form) return;
  var field = form.querySelector("input[type=search]");
  var found = document.getElementById("found");
  var told = document.querySelector("[data-told]");
  var waiting = 0;
  var asking = null;
  var shown = address();

  function address() {
    var asked = new URLSearchParams();
    var among = form.querySelector("input[name=in]:checked");
    if (field.value.trim()) asked.set("q", field.value.trim());
    if (among && among.value) asked.set("in", among.value);
    return asked.toString();
  }

  function ask() {
    var asked = address();
    if (asked === shown) return;
    if (asking) asking.abort();
    asking = new AbortController();
    found.setAttribute("aria-busy", "true");
    fetch("?" + asked + (asked ? "&" : "") + "part=1", { signal: asking.signal, credentials: "same-origin" })
      .then(function (answer) {
        /* Led elsewhere: the sign-in has ended. */
        if (answer.redirected) return window.location.reload();
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.text().then(function (part) { show(asked, part); });
      })
      .catch(function (problem) {
        if (problem.name === "AbortError") return;
        found.removeAttribute("aria-busy");
        told.textContent = form.dataset.away;
        told.classList.remove("unseen");
      });
  }

  function show(asked, part) {
    shown = asked;
    found.innerHTML = part;
    found.removeAttribute("aria-busy");
    told.classList.add("unseen");
    var count = found.querySelector("[data-count]");
    told.textContent = count ? count.textContent : "";
    history.replaceState(null, "", asked ? "?" + asked : window.location.pathname);
  }

  field.addEventListener("input", function () {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(ask, 200);
  });
  form.addEventListener("change", function (event) { if (event.target !== field) ask(); });

  /* --- Down from the field into the answers, up and back again. --- */
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    var links = Array.from(found.querySelectorAll("a.headline, a.place"));
    var now = links.indexOf(document.activeElement);
    if (!links.length || (now < 0 && document.activeElement !== field)) return;
    var next = now + (event.key === "ArrowDown" ? 1 : -1);
    if (next < -1 || next >= links.length) return;
    (next < 0 ? field : links[next]).focus();
    event.preventDefault();
  });
})();
