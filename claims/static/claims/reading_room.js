/* The reading room with a script: words are selected and logged, the chosen claim opens beside the text, and
   what is new is put in where it belongs without moving what is being read. Without it everything is a link. */
(function () {
  "use strict";

  var root = document.documentElement;
  var reading = document.querySelector(".reading");
  if (!reading) return;
  var logButton = document.querySelector("[data-log-selection]");

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
  function selected() {
    var selection = window.getSelection();
    if (!logButton || !selection.rangeCount || selection.isCollapsed) return null;
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
    var query = "?version=" + reading.dataset.version + "&start=" + found.start + "&end=" + found.end;
    logButton.href = reading.dataset.logUrl + query;
    var left = Math.min(found.box.left + window.scrollX, window.scrollX + root.clientWidth - logButton.offsetWidth - 12);
    logButton.style.left = Math.max(8, left) + "px";
    logButton.style.top = found.box.bottom + window.scrollY + 8 + "px";
  }
  if (logButton) document.addEventListener("selectionchange", place);

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
    if (event.target.closest && event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.code === "KeyL" && selected()) {
      event.preventDefault();
      place();
      logButton.click();
    } else if (event.code === "KeyJ") {
      step(1);
    } else if (event.code === "KeyK") {
      step(-1);
    } else if (event.code === "KeyN" && news()) {
      event.preventDefault();
      news().click();
    } else if (event.key === "Escape") {
      closeBeside();
    }
  });

  /* --- A claim that is chosen in the text opens beside it; with Ctrl or the middle button its page opens. --- */
  var beside = document.getElementById("chosen");
  var chosenFrom = null;
  function closeBeside() {
    if (!beside.firstElementChild) return;
    beside.replaceChildren();
    if (chosenFrom && chosenFrom.isConnected) chosenFrom.focus();
  }
  document.addEventListener("click", function (event) {
    var plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    var said = event.target.closest("a.said[data-beside]");
    if (said && plain && reading.contains(said)) {
      event.preventDefault();
      chosenFrom = said;
      window.htmx.ajax("GET", said.dataset.beside, { target: "#chosen", swap: "innerHTML" }).then(function () {
        var title = beside.querySelector("h2 a");
        if (title) title.focus({ preventScroll: true });
      });
    } else if (event.target.closest("[data-close-beside]")) {
      closeBeside();
    } else if (event.target.closest("a[data-news]") && plain) {
      event.preventDefault();
      takeIn(event.target.closest("a[data-news]"));
    }
  });

  /* --- What is new: the page is fetched again and its parts are exchanged; what was read stays in its place. --- */
  function news() {
    return document.querySelector("a[data-news]");
  }
  function inSight() {
    var stretches = Array.from(reading.querySelectorAll("[data-key]"));
    return stretches
      .map(function (stretch) { return { key: stretch.dataset.key, top: stretch.getBoundingClientRect().top, end: stretch.getBoundingClientRect().bottom }; })
      .filter(function (stretch) { return stretch.end > 0; });
  }
  function takeIn(link) {
    link.setAttribute("aria-busy", "true");
    fetch(link.href, { credentials: "same-origin" })
      .then(function (answer) {
        if (!answer.ok || new URL(answer.url).pathname !== new URL(link.href).pathname) throw new Error("led elsewhere");
        return answer.text();
      })
      .then(function (text) { exchange(new DOMParser().parseFromString(text, "text/html")); })
      .catch(function () { window.location.assign(link.href); });
  }
  function exchange(fresh) {
    var read = inSight();
    var other = fresh.querySelector(".reading");
    if (!other) throw new Error("no text");
    reading.dataset.version = other.dataset.version;
    reading.replaceChildren.apply(reading, Array.from(other.childNodes));
    ["#news", "[data-part=logged]", "[data-part=suggested]"].forEach(function (part) {
      var here = document.querySelector(part), there = fresh.querySelector(part);
      if (here && there) {
        here.replaceWith(there);
        window.htmx.process(there);
      }
    });
    window.htmx.process(reading);
    var kept = read.find(function (stretch) { return reading.querySelector("[data-key='" + stretch.key + "']"); });
    if (kept && window.scrollY > 0) {
      var now = reading.querySelector("[data-key='" + kept.key + "']").getBoundingClientRect().top;
      window.scrollBy({ top: now - kept.top, behavior: "instant" });
    }
    at = -1;
    if (logButton) place();
  }

  /* --- A link to words that stand in another part of a long article: that part is asked for. --- */
  var wanted = /^#(said|at)-(\d+)$/.exec(window.location.hash);
  if (wanted && !document.getElementById(wanted[0].slice(1)) && !/[?&](said|at)=/.test(window.location.search)) {
    window.location.replace("?" + wanted[1] + "=" + wanted[2] + wanted[0]);
  }
})();
