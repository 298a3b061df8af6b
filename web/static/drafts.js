// A form outlives its connection: what is typed stays on this device until it was sent, is sent
// again under the same name once the line is back; leaving.js wipes it at sign-out. Forms in which no
// story is told have no data-draft, and nothing of them is ever kept. Photos wait in the page alone:
// a device that many use keeps no picture of anybody, and the draft says so when it comes back.
// What is kept is sealed with a key that only pages of a session of the same account hold: when the
// session is over, nobody reads it on this device. Where browsers seal nothing (plain http from
// another machine) nothing is kept.
const KEY = "satupintu.draft."; // then the account, then the form by a name that tells nothing
const NONCE = 12; // bytes
const AGAIN = [2, 5, 10, 20, 30]; // seconds until the next try
const PATIENCE = 20_000; // milliseconds for an answer
const SLOWEST = 10; // bytes a millisecond in which photos go out, where the signal is weak
const LONGEST_WAIT = 290_000; // milliseconds: longer than that we do not listen to them either
const LONGEST = 12 * 3600 * 1000; // milliseconds that an unsent form is kept
const NEVER = new Set(["csrf", "step", "seen"]); // of this page alone

const formOf = () => document.querySelector("form[data-draft]");
const keyOf = (part) => `${KEY}${part.dataset.account}.${part.dataset.draft ?? part.dataset.sent}`;

function tell(form, kind) {
  const notice = form.querySelector("[data-draft-notice]");
  if (!notice) return;
  notice.hidden = false; // before its words: what appears with them is read to nobody
  if (notice.textContent !== notice.dataset[kind]) notice.textContent = notice.dataset[kind];
  notice.classList.toggle("waits", kind === "waits"); // in sight, however far down the button was
}

// The bytes of all photos that are chosen in a form.
function weightOf(form) {
  const files = [...form.querySelectorAll('input[type="file"]')].flatMap((one) => [...one.files]);
  return files.reduce((sum, file) => sum + file.size, 0);
}

const bytesOf = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const hexOf = (bytes) => [...new Uint8Array(bytes)].map((one) => one.toString(16).padStart(2, "0")).join("");

function sealing(form) {
  const raw = bytesOf(form.dataset.draftKey);
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

async function sealed(form, told) {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE));
  const text = new TextEncoder().encode(JSON.stringify(told));
  const body = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await sealing(form), text);
  return { at: Date.now(), iv: hexOf(iv), body: hexOf(body) };
}

async function opened(form, draft) {
  try {
    const iv = bytesOf(draft.iv);
    const body = bytesOf(draft.body);
    const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await sealing(form), body);
    return JSON.parse(new TextDecoder().decode(text));
  } catch {
    return null; // another key's, or cut short
  }
}

let latest = 0; // what is kept or forgotten while an older one is being sealed counts

async function keep(form) {
  const mine = ++latest;
  const told = [...new FormData(form)].filter(([name]) => !NEVER.has(name));
  const values = told.filter(([, value]) => typeof value === "string");
  const photos = weightOf(form) > 0;
  try {
    const draft = await sealed(form, { values, photos });
    if (mine !== latest) return;
    localStorage.setItem(keyOf(form), JSON.stringify(draft));
    if (!form.dataset.underway) tell(form, "kept"); // else the line has the word
  } catch {
    // no room, or not allowed: the page itself still holds what was typed
  }
}

function forget(key) {
  latest += 1;
  localStorage.removeItem(key);
}

const drafts = () => Object.keys(localStorage).filter((key) => key.startsWith(KEY));

function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null; // not ours, or cut short
  }
}

function wipeOld() {
  for (const key of drafts()) {
    const draft = kept(key);
    if (!draft?.body || !(Date.now() - draft.at < LONGEST)) forget(key);
  }
}

function put(form, values) {
  for (const [name, value] of values) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (["radio", "checkbox"].includes(field.type)) field.checked ||= field.value === value;
      else field.value = value;
    }
  }
}

function isFresh(form) {
  return ![...new FormData(form)].some(([name, value]) => name.startsWith("f.") && value);
}

async function restore(form) {
  const found = kept(keyOf(form));
  const draft = found && isFresh(form) ? await opened(form, found) : null;
  if (!draft || !isFresh(form)) return;
  form.dataset.fresh = form.elements.once.value;
  put(form, draft.values);
  tell(form, draft.photos ? "photos" : "again");
  form.querySelector("[data-draft-drop]").hidden = false;
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

function show(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const main = page.querySelector("main");
  if (!main) return false;
  document.title = page.title;
  document.querySelector("main").replaceWith(main);
  const first = main.querySelector("[autofocus]") ?? main;
  window.scrollTo(0, 0);
  first.focus({ preventScroll: !first.closest("[aria-invalid]") }); // what is to be mended is shown
  begin().then(keepAgain); // with what the page knows now, as which photos have arrived
  document.dispatchEvent(new Event("page"));
  return true;
}

// A form without its file inputs, which are empty.
function lettersOf(told) {
  return new URLSearchParams([...told].filter(([, value]) => typeof value === "string"));
}

// Led to another page: it was kept, unless they were signed out meanwhile, and the page says so.
function led(form, url) {
  if (new URL(url).pathname.endsWith("/sign-in")) return form.submit();
  forget(keyOf(form));
  location.assign(url);
}

async function send(form, step, times) {
  const weight = weightOf(form);
  const told = new FormData(form);
  told.set("step", step);
  const body = weight ? told : lettersOf(told);
  const signal = AbortSignal.timeout(Math.min(PATIENCE + weight / SLOWEST, LONGEST_WAIT));
  try {
    const answer = await fetch(form.action, { method: "POST", body, signal });
    if (answer.redirected) return led(form, answer.url);
    if (answer.status < 500 && show(await answer.text())) return;
  } catch {
    // no connection: as below
  }
  wait(form, step, times);
}

function wait(form, step, times) {
  tell(form, "waits");
  const again = () => {
    clearTimeout(timer);
    window.removeEventListener("online", again);
    if (form.isConnected) send(form, step, times + 1);
  };
  const timer = setTimeout(again, 1000 * AGAIN[Math.min(times, AGAIN.length - 1)]);
  window.addEventListener("online", again);
}

async function begin() {
  const sent = document.querySelector("[data-sent]");
  if (sent) forget(keyOf(sent));
  const form = formOf();
  if (form) await restore(form);
}

function keepAgain() {
  const form = formOf();
  if (form) keep(form);
}

function drop(form) {
  forget(keyOf(form));
  form.reset();
  form.elements.once.value = form.dataset.fresh;
  for (const part of form.querySelectorAll("[data-held]")) form.elements[part.dataset.held].value = "";
  for (const part of form.querySelectorAll("[data-draft-drop], [data-draft-notice]")) part.hidden = true;
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const form = event.target.closest("[data-draft-drop]")?.closest("form");
  if (form) drop(form);
});
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-draft]");
  if (form) keep(form);
});
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-draft]");
  if (form && event.isTrusted) keep(form);
});
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!form.matches("form[data-draft]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.dataset.underway) return;
    form.dataset.underway = "yes";
    keep(form);
    const step = event.submitter?.value ?? "review";
    send(form, step, 0);
  },
  true,
);
wipeOld();
begin();
