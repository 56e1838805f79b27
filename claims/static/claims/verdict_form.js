/* Writing a verdict: what is typed is kept every moment and the checklist follows. Everything works without
   this file: saving the draft shows the same checklist. */
(() => {
  "use strict";
  const form = document.getElementById("verdict-form");
  if (!form) return;
  const checklist = document.getElementById("checklist");
  const PAUSE = 900;
  let timer = 0;
  let asked = 0;
  let leaving = false;

  function say(words) {
    let line = checklist.querySelector("[data-said]");
    if (!line) {
      line = document.createElement("p");
      line.className = "unlike";
      line.dataset.said = "";
      checklist.prepend(line);
    }
    line.textContent = words;
  }

  async function keep() {
    const turn = ++asked;
    let answer;
    try {
      answer = await fetch(form.dataset.keep, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Requested-With": "fetch" },
        redirect: "error",
      });
    } catch {
      return; // The network is away; the next keystroke tries again, and the form still holds the words.
    }
    if (turn !== asked || leaving) return;
    const words = await answer.text();
    if (answer.ok) checklist.innerHTML = words;
    else if (answer.status === 401) say(words);
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  }

  form.addEventListener("input", later);
  form.addEventListener("change", later);
  // Who typed before this file had come, or whose browser put the words back, has them kept too.
  const altered = (field) => field.type !== "checkbox" && "defaultValue" in field && field.value !== field.defaultValue;
  if ([...form.elements].some(altered)) later();
  form.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.formTarget === "_blank") return;
    leaving = true;
    clearTimeout(timer);
  });
  // A page that is left within the pause would lose the last words.
  window.addEventListener("pagehide", () => {
    if (!leaving && timer) navigator.sendBeacon(form.dataset.keep, new FormData(form));
  });

  for (const button of form.querySelectorAll("[data-insert]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const text = document.getElementById("justification");
      const at = text.selectionStart;
      const gap = at > 0 && !/\s$/.test(text.value.slice(0, at)) ? " " : "";
      text.setRangeText(gap + button.dataset.insert, at, text.selectionEnd, "end");
      const box = button.previousElementSibling.querySelector("input[type=checkbox]");
      if (box) box.checked = true;
      text.focus();
      later();
    });
  }
})();
