// The telephone with Telegram: bubbles, buttons, keyboards, and what people can share.

import { timeOfDay } from "./clocks.js";
import { byId, make, Phone, shared } from "./phone.js";

const PATIENCE = 4000; // milliseconds that the bot seems to be typing

export class Chat extends Phone {
  static empty() {
    return { messages: [], keys: [], waiting: false };
  }

  constructor(words, post) {
    super("chat", "chat");
    this.words = words;
    this.post = (body) => this.send(post, body);
    byId("start").addEventListener("click", () => this.post({ kind: "text", text: "/start" }));
    byId("share").addEventListener("click", (event) => this.share(event));
    document.addEventListener("click", (event) => {
      if (!event.target.closest("#share")) byId("share").open = false;
    });
    byId("share").addEventListener("keydown", (event) => this.leaveShare(event));
    byId("keyboard").addEventListener("click", (event) => this.pressKey(event));
    this.list.addEventListener("click", (event) => this.tap(event));
  }

  // What happens on the network

  take(kept, happening, seen) {
    if (happening.kind === "toast") {
      if (seen) this.toast(happening.text);
      return;
    }
    if (happening.kind === "edited") this.edit(kept, happening);
    else this.add(kept, happening);
    if (seen) this.draw(kept);
  }

  add(kept, message) {
    kept.messages.push(message);
    if (message.mine) return;
    kept.waiting = false;
    if (message.keys?.length) kept.keys = message.keys;
    else if (message.remove_keys) kept.keys = [];
  }

  edit(kept, edited) {
    const message = kept.messages.find((m) => m.message === edited.message);
    if (!message) return;
    message.buttons = edited.buttons ?? [];
    if (typeof edited.text === "string") message.text = edited.text;
  }

  taken(kept, { message, status }, seen) {
    const own = kept.messages.find((m) => m.mine && m.message === message);
    if (own) own.status = status;
    if (status !== 200) kept.waiting = false;
    if (seen) this.draw(kept);
  }

  async send(post, body) {
    const { kept } = this;
    this.wait(kept, true);
    setTimeout(() => this.wait(kept, false), PATIENCE);
    try {
      await post("/simulator/telegram/updates", body);
    } catch {
      this.wait(kept, false);
      this.toast(this.words.failed);
    }
  }

  wait(kept, waiting) {
    kept.waiting = waiting;
    this.under();
  }

  // What the screen shows

  show(kept) {
    this.kept = kept;
    this.list.replaceChildren();
    this.drawn = new Map();
    this.draw(kept);
    this.toEnd();
  }

  draw(kept) {
    const atEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 120;
    for (const message of kept.messages) {
      const state = JSON.stringify([message.text, message.buttons, message.status]);
      const old = this.drawn.get(message.message);
      if (old?.state === state) continue;
      const node = this.bubble(message);
      if (old) old.node.replaceWith(node);
      else this.list.append(node);
      this.drawn.set(message.message, { state, node });
    }
    byId("welcome").hidden = kept.messages.length > 0;
    this.drawKeys(kept.keys);
    this.under();
    if (atEnd) this.toEnd();
  }

  bubble(message) {
    const item = make("li", message.mine ? "mine" : "theirs");
    const bubble = item.appendChild(make("div", "bubble"));
    if (message.shape && message.shape !== "text") bubble.append(this.picture(message));
    else bubble.append(make("p", "said", message.text));
    const foot = bubble.appendChild(make("p", "foot"));
    foot.append(make("time", "", timeOfDay(message.at)));
    if (message.mine) foot.append(this.mark(message.status));
    if (message.buttons?.length) item.append(this.buttons(message));
    return item;
  }

  picture(message) {
    const told = { photo: this.words.picture, document: this.words.file, place: this.words.place };
    return shared(message, told, "data-share");
  }

  mark(status) {
    if (status === undefined) return mark("sent", "\u2713", this.words.sent);
    if (status === 200) return mark("taken", "\u2713\u2713", this.words.taken);
    return mark("failed", "!", this.words.failed);
  }

  buttons(message) {
    const box = make("div", "inline");
    for (const row of message.buttons) {
      const line = box.appendChild(make("div", "line"));
      for (const { text, callback_data: choice } of row) {
        const button = line.appendChild(make("button", "", text));
        button.type = "button";
        Object.assign(button.dataset, { choice: choice ?? "", message: message.message });
      }
    }
    return box;
  }

  drawKeys(keys) {
    const box = byId("keyboard");
    box.hidden = keys.length === 0;
    box.replaceChildren(...keys.map((row) => {
      const line = make("div", "line");
      for (const key of row) {
        const button = line.appendChild(make("button", "", key.text));
        button.type = "button";
        button.dataset.ask = key.request_location ? "place" : key.request_contact ? "contact" : "text";
        if (button.dataset.ask !== "text") this.dress(button);
      }
      return line;
    }));
  }

  // Telegram's own keys for sharing often carry no more than a sign: say what they do.
  dress(button) {
    const own = document.querySelector(`[data-share="${button.dataset.ask}"]`);
    button.setAttribute("aria-label", own.textContent.trim());
    button.title = own.textContent.trim();
    if (/^\P{L}*$/u.test(button.textContent)) button.replaceChildren(...own.cloneNode(true).childNodes);
  }

  under() {
    const under = byId("chat-under");
    under.textContent = this.kept?.waiting ? under.dataset.typing : under.dataset.idle;
  }

  toast(text) {
    const box = byId("toast");
    box.textContent = text;
    box.hidden = false;
    clearTimeout(this.toasting);
    this.toasting = setTimeout(() => { box.hidden = true; }, 4000);
  }

  // What fingers do

  share(event) {
    const button = event.target.closest("[data-share]");
    if (!button) return;
    byId("share").open = false;
    this.post({ kind: button.dataset.share });
  }

  leaveShare(event) {
    if (event.key !== "Escape" || !byId("share").open) return;
    byId("share").open = false;
    byId("share").querySelector("summary").focus();
  }

  pressKey(event) {
    const button = event.target.closest("button");
    if (!button) return;
    const { ask } = button.dataset;
    this.kept.keys = [];
    this.drawKeys([]);
    this.field.focus();
    this.post(ask === "text" ? { kind: "text", text: button.textContent } : { kind: ask });
  }

  tap(event) {
    const button = event.target.closest("button[data-choice]");
    if (!button) return;
    button.classList.add("tapped");
    const { choice, message } = button.dataset;
    this.post({ kind: "tap", choice, message: Number(message) });
    this.field.focus({ preventScroll: true });
  }
}

function mark(kind, sign, told) {
  const box = make("span", `mark ${kind}`, sign);
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", told);
  return box;
}
