// The work list and a case, for who has JavaScript: keys, who else is here, what a message costs.
const typing = (one) => one.closest("input, select, textarea, dialog, [contenteditable]");
const keys = document.getElementById("keys");
const opener = document.getElementById("keys-open");

if (keys && opener) {
  opener.hidden = false;
  opener.addEventListener("click", () => keys.showModal());
}

// Moving through the list.
const lines = [...document.querySelectorAll("tr.line")];
let at = -1;
const move = (by) => {
  if (!lines.length) return;
  lines[at]?.classList.remove("at");
  at = Math.min(Math.max(at + by, 0), lines.length - 1);
  lines[at].classList.add("at");
  lines[at].querySelector("a.open").focus();
};
const unfold = (selector) => {
  const found = document.querySelector(selector);
  const folded = found?.closest("details");
  if (folded) folded.open = true;
  found?.focus();
};
const deeds = {
  j: () => move(1),
  k: () => move(-1),
  x: () => lines[at]?.querySelector("input[type=checkbox]")?.click(),
  "/": () => unfold(".search #f-text"),
  "?": () => keys?.showModal(),
  n: () => unfold("#f-note"),
  r: () => unfold(".step textarea"),
  l: () => { if (document.getElementById("f-note")) window.location.assign("/console/worklist"); },
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
  const deed = deeds[event.key];
  if (!deed) return;
  event.preventDefault();
  deed();
});

// Who else has the case open: asked for as long as somebody sits here. What is asked is no click,
// so that a desk that was left signs out (casework/staff/sittings.py has the same hour).
const IDLE = 60 * 60 * 1000; // milliseconds
const present = document.getElementById("present");
let stirred = Date.now();
for (const kind of ["pointerdown", "keydown"]) {
  document.addEventListener(kind, () => { stirred = Date.now(); }, { passive: true });
}
const ask = async () => {
  if (document.hidden || Date.now() - stirred >= IDLE) return;
  try {
    const answer = await fetch(present.dataset.path, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return;
    const who = (await answer.json()).present.join(", ");
    present.hidden = !who;
    const text = present.dataset.text.replace("{who}", who);
    if (who && present.textContent !== text) present.textContent = text;
  } catch {
    // Without a connection nobody is told anything new; the next time comes.
  }
};
if (present) setInterval(ask, 15000);

// A text to begin with, and what the message costs.
const SINGLE = 160, PART = 153, WIDE_SINGLE = 70, WIDE_PART = 67;
const PLAIN = /^[\n\r @£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]*$/;
const parts = (letters, plain) => {
  const [single, part] = plain ? [SINGLE, PART] : [WIDE_SINGLE, WIDE_PART];
  return letters <= single ? 1 : Math.ceil(letters / part);
};
for (const cost of document.querySelectorAll(".cost")) {
  const field = document.getElementById(cost.dataset.for);
  if (!field || !cost.dataset.sms) continue;
  const count = () => {
    const letters = Number(cost.dataset.letters) + field.value.length;
    const shown = cost.dataset.text.replace("{letters}", letters);
    cost.textContent = shown.replace("{segments}", parts(letters, PLAIN.test(field.value)));
  };
  field.addEventListener("input", count);
  if (field.value) count();
}
for (const use of document.querySelectorAll("button.use")) {
  const field = document.getElementById(use.dataset.for);
  if (!field) continue;
  use.type = "button"; // without a script it asks the server to do the same
  use.addEventListener("click", () => {
    field.value = use.parentElement.querySelector(".said").textContent;
    field.dispatchEvent(new Event("input"));
    field.focus();
  });
}
