// Keeps the list of letters fresh wherever a page has one. The server escapes what it renders.

const EVERY = 4000; // milliseconds
const list = document.getElementById("letters");
let shown = null;
let asking = null;

export function refresh() {
  asking ??= ask().finally(() => { asking = null; });
  return asking;
}

async function ask() {
  try {
    const answer = await fetch(list.dataset.from, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const text = await answer.text();
    if (text === shown) return;
    const known = count();
    const first = shown === null;
    shown = text;
    replace(text);
    if (!first) greet(known);
  } catch {
    // The server is away for a moment; the next round asks again.
  }
}

function replace(text) {
  const focused = document.activeElement?.closest?.("#letters a")?.getAttribute("href");
  list.innerHTML = text;
  if (focused) list.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
}

function count() {
  return list.querySelectorAll(".letter").length;
}

// New letters come first: mark as many as were added, and tell whoever counts them.
function greet(known) {
  const letters = [...list.querySelectorAll(".letter")];
  const added = letters.slice(0, Math.max(0, letters.length - known));
  for (const letter of added) letter.classList.add("fresh");
  if (added.length) list.dispatchEvent(new CustomEvent("letters", { bubbles: true, detail: added.length }));
}

refresh();
setInterval(() => { if (!document.hidden) refresh(); }, EVERY);
