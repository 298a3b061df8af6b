// What happens while a page is open. It is said, and fetched when asked for: nobody's focus moves,
// nothing that was typed is touched. The stream knows codes and kinds; pages come as they always do.

const live = document.getElementById("live");
const words = live.dataset;
const own = words.code; // of the case that is open; none on the list
const codes = new Set();
const shownAt = Number(words.at); // when what is shown was read, by the server's clock in milliseconds
let greeted = false;
let source = null;

function open() {
  source = new EventSource("/console/live");
  source.addEventListener("hello", () => {
    if (greeted) doubt(); // the line was gone for a while
    greeted = true;
    words.listens = "yes";
  });
  source.addEventListener("reload", doubt);
  source.addEventListener("gone", () => source.close());
  source.addEventListener("case", (event) => {
    const { code, kind } = JSON.parse(event.data);
    if (Number(event.lastEventId) >= shownAt && (!own || own === code)) hear(code, kind);
  });
}

// Something may have happened that nobody told us.
function doubt() {
  codes.clear();
  say();
}

// Of the reader's own cases those that stand here are told of; what they were given meanwhile may
// be another one.
function hear(code, kind) {
  if (words.view !== "mine" || row_of(code)) take(code, kind);
  else if (kind === "held") say();
}

function take(code, kind) {
  codes.add(code);
  if (!own) mark(code);
  say(kind);
}

function row_of(code) {
  return document.querySelector(`tr.line a.open[href="/console/cases/${CSS.escape(code)}"]`)?.closest("tr");
}

function mark(code) {
  const row = row_of(code);
  if (!row || row.classList.contains("fresh")) return;
  row.classList.add("fresh");
  const badge = document.createElement("span");
  badge.className = "badge busy";
  badge.textContent = words.fresh;
  row.querySelector("a.open").after(" ", badge);
}

function text(kind) {
  if (!codes.size) return words.unsure;
  if (own) return kind === "message" ? words.message : words.moved;
  return (codes.size === 1 ? words.one : words.many).replace("{count}", codes.size);
}

function say(kind) {
  const told = text(kind);
  if (live.dataset.told === told) return;
  live.dataset.told = told;
  const notice = document.createElement("p");
  notice.className = "notice warn";
  const load = document.createElement("a");
  load.href = window.location.pathname + (own ? "" : window.location.search);
  load.textContent = words.load;
  if (own) load.addEventListener("click", show);
  notice.append(`${told} `, load);
  live.replaceChildren(notice);
}

// A case is shown anew where nobody types: its head and its story of events. Forms stay as they
// are, and what they bring is checked against what happened since.
async function show(event) {
  event.preventDefault();
  const answer = await fetch(window.location.pathname).catch(() => null);
  if (!answer?.ok || answer.redirected) { window.location.reload(); return; }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of [".case-head", ".history.events"]) {
    const fresh = page.querySelector(part);
    if (fresh) document.querySelector(part)?.replaceWith(document.adoptNode(fresh));
  }
  codes.clear();
  delete live.dataset.told;
  live.replaceChildren();
  const events = document.querySelector(".history.events");
  events?.setAttribute("tabindex", "-1");
  events?.focus();
}

// A tab that stays out of sight needs no stream; what it may have missed it says when it is back.
const PATIENCE = 30000; // milliseconds
let hiding = 0;

document.addEventListener("visibilitychange", () => {
  clearTimeout(hiding);
  if (document.hidden) hiding = setTimeout(() => source?.close(), PATIENCE);
  else if (!source || source.readyState === EventSource.CLOSED) open();
});
if (!document.hidden) open();
