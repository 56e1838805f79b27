/* What the pages do better with a script than without: theme, selecting words to log, counters.
   No page needs it; nothing here decides anything. */
(function () {
  "use strict";

  var root = document.documentElement;
  root.classList.add("script");

  /* --- Light and dark: a cookie, so that the server sends the page right from the start. --- */
  function darkNow() {
    if (root.dataset.theme) return root.dataset.theme === "dark";
    return window.matchMedia("(prefers-color-scheme: dark)").matches;
  }
  document.querySelectorAll("[data-theme-toggle]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      root.dataset.theme = darkNow() ? "light" : "dark";
      document.cookie = "theme=" + root.dataset.theme + ";path=/;max-age=31536000;samesite=lax";
    });
  });

  /* --- A poll whose answer is what stands on the page already changes nothing (304 becomes 200 for XHR). --- */
  var lastAnswers = {};
  document.addEventListener("htmx:beforeSwap", function (event) {
    var path = event.detail.pathInfo.requestPath;
    var answer = event.detail.xhr.responseText;
    /* Led elsewhere: the sign-in has ended. Its page belongs into the window, not into a part of this one. */
    if (new URL(event.detail.xhr.responseURL).pathname !== path.split("?")[0]) {
      event.detail.shouldSwap = false;
      window.location.reload();
      return;
    }
    if (event.detail.xhr.status === 304 || lastAnswers[path] === answer) event.detail.shouldSwap = false;
    lastAnswers[path] = answer;
  });

  /* --- A part that is swapped keeps what the person opened and where they read: nothing jumps. --- */
  var opened = [];
  var reader = null;
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (!event.detail.shouldSwap) return;
    opened = Array.from(event.detail.target.querySelectorAll("details[id][open]"), function (part) { return part.id; });
    /* The first thing with an id that is in sight stays where it is in the window. */
    reader = Array.from(event.detail.target.querySelectorAll("[id]")).map(function (part) {
      return { id: part.id, top: part.getBoundingClientRect().top };
    }).find(function (part) { return part.top >= 0 && part.top < window.innerHeight; });
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

  /* --- Selecting words of an article: offsets are code points of the article's text. --- */
  function countedText(node, end, endOffset) {
    var text = "";
    var walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT, {
      acceptNode: function (found) {
        return found.parentElement.closest("[data-skip]") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
      },
    });
    var range = document.createRange();
    range.setStart(node, 0);
    range.setEnd(end, endOffset);
    for (var found = walker.nextNode(); found; found = walker.nextNode()) {
      if (found === end) return text + found.data.slice(0, endOffset);
      if (!range.intersectsNode(found) || range.comparePoint(found, 0) > 0) break;
      text += found.data;
    }
    return text;
  }
  function codePoint(node, offset) {
    var element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    var paragraph = element.closest("[data-start]");
    if (!paragraph) return null;
    return Number(paragraph.dataset.start) + Array.from(countedText(paragraph, node, offset)).length;
  }
  var reading = document.querySelector(".reading[data-log-url]");
  var logButton = document.querySelector("[data-log-selection]");
  function selected() {
    var selection = window.getSelection();
    if (!reading || !selection.rangeCount || selection.isCollapsed) return null;
    var range = selection.getRangeAt(0);
    if (!reading.contains(range.commonAncestorContainer)) return null;
    var start = codePoint(range.startContainer, range.startOffset);
    var end = codePoint(range.endContainer, range.endOffset);
    if (start === null || end === null || end <= start) return null;
    return { start: start, end: end, box: range.getBoundingClientRect() };
  }
  function place() {
    var found = selected();
    logButton.hidden = !found;
    if (!found) return;
    logButton.href = reading.dataset.logUrl + "?start=" + found.start + "&end=" + found.end;
    var left = Math.min(found.box.left + window.scrollX, window.scrollX + root.clientWidth - logButton.offsetWidth - 12);
    logButton.style.left = Math.max(8, left) + "px";
    logButton.style.top = found.box.bottom + window.scrollY + 8 + "px";
  }
  if (reading && logButton) document.addEventListener("selectionchange", place);

  /* --- J and K select the next and the last sentence; L logs what is selected. --- */
  function sentences() {
    var found = [];
    var cut = new Intl.Segmenter(reading.lang || "en", { granularity: "sentence" });
    reading.querySelectorAll("p[data-start]").forEach(function (paragraph) {
      var walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
      var nodes = [];
      var text = "";
      for (var node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.parentElement.closest("[data-skip]")) continue;
        nodes.push({ node: node, from: text.length });
        text += node.data;
      }
      Array.from(cut.segment(text)).forEach(function (piece) {
        var words = piece.segment.trimEnd();
        if (words) found.push({ nodes: nodes, from: piece.index, to: piece.index + words.length });
      });
    });
    return found;
  }
  function boundary(sentence, at) {
    var inside = sentence.nodes.filter(function (entry) { return entry.from <= at; }).pop();
    return [inside.node, Math.min(at - inside.from, inside.node.data.length)];
  }
  var at = -1;
  function step(by) {
    var all = sentences();
    if (!all.length) return;
    at = Math.max(0, Math.min(all.length - 1, at + by));
    var start = boundary(all[at], all[at].from);
    var end = boundary(all[at], all[at].to);
    window.getSelection().setBaseAndExtent(start[0], start[1], end[0], end[1]);
    start[0].parentElement.scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("keydown", function (event) {
    var typing = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
    var sent = (typing && typing.form) || document.querySelector("form.log");
    if (event.ctrlKey && event.key === "Enter" && sent) {
      sent.requestSubmit();
      return;
    }
    if (typing || event.ctrlKey || event.altKey || event.metaKey) return;
    var key = event.code;
    if (key === "KeyL" && selected()) {
      event.preventDefault();
      place();
      logButton.click();
    } else if (reading && key === "KeyJ") {
      step(1);
    } else if (reading && key === "KeyK") {
      step(-1);
    }
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
