// The demo's page: who holds the telephones, what arrives for them, which part is in view.

import "./inbox.js";
import { Chat } from "./telegram.js";
import { timeOfDay } from "./clocks.js";
import { byId } from "./phone.js";
import { Texts } from "./sms.js";
import { Whatsapp } from "./whatsapp.js";

const words = byId("words").dataset;
const citizens = new Map(); // number: {chat, sms}, what each telephone holds
const chat = new Chat(words, post);
const texts = new Texts(words, post);
const wa = byId("wa") ? new Whatsapp(words, post) : null;
let current = 1;

function holder(number) {
  if (!citizens.has(number)) citizens.set(number, { chat: Chat.empty(), sms: Texts.empty(), wa: Whatsapp.empty() });
  return citizens.get(number);
}

async function post(path, body) {
  const person = button(current);
  const told = { citizen: current, ...body };
  if (path === "/simulator/telegram/updates") {
    Object.assign(told, { name: person.dataset.name, language: words.language });
  }
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(told),
  });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
}

// What happens

function listen() {
  const stream = new EventSource("/simulator/events");
  stream.addEventListener("open", () => { byId("lost").hidden = true; });
  stream.addEventListener("error", () => { byId("lost").hidden = false; });
  stream.addEventListener("reset", () => { citizens.clear(); show(current); });
  stream.addEventListener("message", (event) => take(JSON.parse(event.data)));
}

function take(happening) {
  if (happening.kind === "clock") {
    document.dispatchEvent(new CustomEvent("clock", { detail: happening.now }));
    return;
  }
  const { citizen } = happening;
  if (!button(citizen)) for (let n = people().length; n < citizen; n += 1) add(false);
  const kept = holder(citizen);
  const seen = citizen === current;
  if (happening.kind === "taken") {
    chat.taken(kept.chat, happening, seen);
    texts.taken(kept.sms, happening, seen);
    wa?.taken(kept.wa, happening, seen);
    return;
  }
  if (happening.kind === "wa") {
    wa?.take(kept.wa, happening, seen);
    if (!happening.mine) notify(citizen, "wa");
    return;
  }
  const sms = happening.kind === "sms";
  (sms ? texts : chat).take(sms ? kept.sms : kept.chat, happening, seen);
  if (happening.kind !== "edited" && !happening.mine) notify(citizen, sms ? "sms" : "chat");
}

function notify(citizen, part) {
  if (citizen !== current) button(citizen).querySelector(".dot").hidden = false;
  else if (byId("parts").dataset.part !== part) dot(part).hidden = false;
}

// Who holds the telephones

const people = () => [...document.querySelectorAll(".person[data-citizen]")];
const button = (number) => document.querySelector(`.person[data-citizen="${number}"]`);

function show(number) {
  current = number;
  for (const person of people()) {
    person.setAttribute("aria-pressed", String(Number(person.dataset.citizen) === number));
  }
  const { dataset } = button(number);
  button(number).querySelector(".dot").hidden = true;
  byId("who").textContent = dataset.name;
  byId("hint").textContent = dataset.hint;
  for (const fill of document.querySelectorAll("[data-fill]")) {
    fill.querySelector("b").textContent = dataset[fill.dataset.fill];
    fill.parentElement.hidden = !dataset[fill.dataset.fill];
  }
  chat.show(holder(number).chat);
  texts.show(holder(number).sms);
  wa?.show(holder(number).wa);
}

function add(chosen) {
  const model = byId("add");
  const number = people().length + 1;
  if (number > Number(model.dataset.most)) return;
  const person = people()[0].cloneNode(true);
  const name = model.dataset.another.replace("#", String(number));
  Object.assign(person.dataset, {
    citizen: number, name, nik: "", proof: "", hint: "",
    phone: model.dataset.prefix + String(number).padStart(4, "0"),
  });
  person.querySelector("span").textContent = name;
  person.setAttribute("aria-pressed", "false");
  person.querySelector(".dot").hidden = true;
  model.before(person);
  if (chosen) show(number);
}

byId("people").addEventListener("click", (event) => {
  const person = event.target.closest("button");
  if (person === byId("add")) add(true);
  else if (person) show(Number(person.dataset.citizen));
});

byId("fills").addEventListener("click", (event) => {
  const fill = event.target.closest("[data-fill]");
  if (!fill) return;
  const text = button(current).dataset[fill.dataset.fill];
  const sms = byId("parts").dataset.part === "sms" || texts.hadFocus;
  const smart = wa && byId("parts").dataset.app === "wa" ? wa : chat;
  (sms ? texts : smart).write(text);
});

document.addEventListener("focusin", (event) => {
  if (event.target.closest("#part-sms")) texts.hadFocus = true;
  else if (event.target.closest("#part-chat, #part-wa, #people")) texts.hadFocus = false;
});

// Which part is in view on a narrow screen

const tabs = [...document.querySelectorAll("[role=tab]")];
const dot = (part) => byId(`tab-${part}`).querySelector(".dot");

function turnTo(part) {
  byId("parts").dataset.part = part;
  if (part === "chat" || part === "wa") byId("parts").dataset.app = part;
  if (part === "office" || part === "console") byId("parts").dataset.desk = part;
  for (const tab of tabs) {
    const chosen = tab.dataset.part === part;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
  }
  dot(part).hidden = true;
  texts.hadFocus = part === "sms";
  chat.toEnd();
  texts.toEnd();
  wa?.toEnd();
}

for (const app of document.querySelectorAll("[data-app]")) {
  if (app.matches("button")) app.addEventListener("click", () => turnTo(app.dataset.app));
}

for (const desk of document.querySelectorAll("button.desk")) {
  desk.addEventListener("click", () => turnTo(desk.dataset.desk));
}

for (const [at, tab] of tabs.entries()) {
  tab.addEventListener("click", () => turnTo(tab.dataset.part));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = tabs[(at + step + tabs.length) % tabs.length];
    turnTo(next.dataset.part);
    next.focus();
  });
}

// The agency's side

function openLetter(link) {
  byId("letters").hidden = true;
  byId("office-lead").hidden = true;
  byId("desk").hidden = false;
  byId("office-bar").hidden = false;
  byId("office-tab").href = link;
}

function closeLetter() {
  byId("letters").hidden = false;
  byId("office-lead").hidden = false;
  byId("desk").hidden = true;
  byId("office-bar").hidden = true;
}

byId("letters").addEventListener("click", (event) => {
  const link = event.target.closest("a.open");
  if (link) openLetter(link.href);
});
byId("office-back").addEventListener("click", closeLetter);
byId("letters").addEventListener("letters", () => {
  if (byId("parts").dataset.part !== "office") dot("office").hidden = false;
});

let ahead = Number(words.now) * 1000 - Date.now(); // of the demo's clock, in milliseconds

document.addEventListener("clock", (event) => {
  ahead = event.detail * 1000 - Date.now();
  tick();
});

function tick() {
  const now = (Date.now() + ahead) / 1000;
  for (const clock of document.querySelectorAll(".clock")) clock.textContent = timeOfDay(now);
  document.dispatchEvent(new CustomEvent("tick", { detail: now }));
}

tick();
setInterval(tick, 5000);
show(1);
turnTo("chat");
listen();
