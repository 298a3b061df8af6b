// The plain telephone: short texts, what each of them costs, and number keys.

import { byId, Phone } from "./phone.js";

const GSM7 = { single: 160, part: 153 };
const UCS2 = { single: 70, part: 67 };

export class Texts extends Phone {
  static empty() {
    return { messages: [] };
  }

  constructor(words, post) {
    super("sms", "texts");
    this.words = words;
    this.post = post;
    this.hadFocus = false;
    byId("sms-clear").addEventListener("click", () => this.write(this.field.value.slice(0, -1)));
    byId("pad").addEventListener("click", (event) => this.press(event));
    this.field.addEventListener("input", () => this.count());
  }

  take(kept, happening, seen) {
    kept.messages.push(happening);
    if (seen) this.draw(kept);
  }

  show(kept) {
    this.draw(kept);
    this.count();
    this.toEnd();
  }

  draw(kept) {
    this.list.replaceChildren(...kept.messages.map((message) => this.item(message)));
    byId("sms-welcome").hidden = kept.messages.length > 0;
    const sum = (mine) => kept.messages.reduce((n, m) => n + (m.mine === mine ? m.parts : 0), 0);
    say(byId("sms-total"), { mine: sum(true), theirs: sum(false) });
    this.toEnd();
  }

  item(message) {
    const item = document.createElement("li");
    item.className = message.mine ? "mine" : "theirs";
    const text = item.appendChild(document.createElement("p"));
    text.textContent = message.text;
    const foot = item.appendChild(document.createElement("small"));
    const encoding = message.encoding === "gsm7" ? "GSM-7" : "UCS-2";
    foot.textContent = fill(this.words.each, { parts: message.parts, encoding });
    if (message.status && message.status !== 200) foot.textContent += ` - ${this.words.failed}`;
    return item;
  }

  write(text) {
    super.write(text);
    this.count();
  }

  count() {
    const box = byId("sms-count");
    const { units, room, parts } = measure(this.field.value, box.dataset);
    say(box, { units, room, parts });
  }

  async submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    if (!text) return;
    this.write("");
    try {
      await this.post("/simulator/sms/messages", { text });
    } catch {
      if (!this.field.value) this.write(text);
    }
  }

  press(event) {
    const button = event.target.closest("button[data-key]");
    if (!button) return;
    this.field.value += button.dataset.key;
    this.hadFocus = true;
    this.count();
  }
}

// How a text travels, as handlers/sms_text.py counts it: no character is torn between two parts.
export function measure(text, { basic, extension }) {
  const characters = [...text];
  const plain = characters.every((c) => basic.includes(c) || extension.includes(c));
  const sizes = characters.map((c) => (plain ? 1 + extension.includes(c) : c.length));
  const { single, part } = plain ? GSM7 : UCS2;
  const units = sizes.reduce((sum, size) => sum + size, 0);
  if (units <= single) return { units, room: single, parts: 1 };
  const parts = [0];
  for (const size of sizes) {
    if (parts.at(-1) + size > part) parts.push(0);
    parts[parts.length - 1] += size;
  }
  return { units, room: part * parts.length, parts: parts.length };
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

function say(box, values) {
  box.textContent = fill(box.dataset.say, values);
}
