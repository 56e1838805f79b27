/* What the pages do better with a script than without: live parts, counters.
   No page needs it; nothing here decides anything. */
(function () {
  "use strict";

  document.documentElement.classList.add("script");

  /* --- A poll whose answer is what stands on the page already changes nothing (304 becomes 200 for XHR). What a
     person asks for is shown each time: meanwhile something else may stand there. --- */
  var lastAnswers = {};
  document.addEventListener("htmx:beforeSwap", function (event) {
    var path = event.detail.pathInfo.requestPath;
    var answer = event.detail.xhr.responseText;
    /* Led elsewhere: the sign-in has ended. Its page belongs into the window, not into a part of this one. */
    if (new URL(event.detail.xhr.responseURL).pathname !== new URL(path, window.location.href).pathname) {
      event.detail.shouldSwap = false;
      window.location.reload();
      return;
    }
    var polls = event.detail.requestConfig.elt.matches("[hx-trigger*='every ']");
    if (event.detail.xhr.status === 304 || (polls && lastAnswers[path] === answer)) event.detail.shouldSwap = false;
    lastAnswers[path] = answer;
  });

  /* --- A part that is swapped keeps what the person opened and where they read: nothing jumps. --- */
  var opened = [];
  var reader = null;
  function inSight(whole, which) {
    return Array.from(whole.querySelectorAll(which), function (part) {
      return { id: part.id, top: part.getBoundingClientRect().top };
    }).find(function (part) { return part.top >= 0 && part.top < window.innerHeight; });
  }
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (!event.detail.shouldSwap) return;
    opened = Array.from(event.detail.target.querySelectorAll("details[id][open]"), function (part) { return part.id; });
    /* What is read stays where it is in the window: the first passage in sight, else the first named thing. */
    reader = inSight(event.detail.target, "article[id]") || inSight(event.detail.target, "[id]");
    if (event.detail.target.getBoundingClientRect().top >= 0) reader = null;
  });
  document.addEventListener("htmx:afterSwap", function () {
    opened.forEach(function (id) {
      var part = document.getElementById(id);
      if (part) part.open = true;
    });
    var place = reader && document.getElementById(reader.id);
    if (place) window.scrollBy({ top: place.getBoundingClientRect().top - reader.top, behavior: "instant" });
    opened = [];
    reader = null;
  });

  /* --- Ctrl and Enter send the form that is written in. --- */
  document.addEventListener("keydown", function (event) {
    var typing = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
    var sent = (typing && typing.form) || document.querySelector("form.log");
    if (event.ctrlKey && event.key === "Enter" && sent) sent.requestSubmit();
  });

  /* --- Small comforts of forms. --- */
  document.querySelectorAll("[data-count-to]").forEach(function (field) {
    var most = Number(field.dataset.countTo);
    var told = document.createElement("small");
    told.className = "counter";
    field.after(told);
    function count() {
      var length = Array.from(field.value.trim()).length;
      told.textContent = length + " / " + most;
      told.classList.toggle("over", length > most);
    }
    field.addEventListener("input", count);
    count();
  });
  document.querySelectorAll("[data-send-on-change]").forEach(function (form) {
    form.addEventListener("change", function () { form.requestSubmit(); });
  });
})();
