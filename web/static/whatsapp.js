// The telephone with WhatsApp: at most three buttons, lists that open, and templates after a day.

import { timeOfDay } from "./clocks.js";
import { byId, make, Phone, shared } from "./phone.js";

export class Whatsapp extends Phone {
  static empty() {
    return { messages: [], shut: false };
  }

  constructor(words, post) {
    super("wa", "wa");
    this.words = words;
    this.post = (body) => this.send(post, body);
    this.sheet = byId("wa-sheet");
    byId("wa-share").addEventListener("click", (event) => this.hand(event));
    this.list.addEventListener("click", (event) => this.tap(event));
    this.sheet.addEventListener("click", (event) => this.choose(event));
    this.sheet.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
    document.addEventListener("click", (event) => {
      if (!event.target.closest("#wa-share")) byId("wa-share").open = false;
    });
  }

  // What happens on the network

  take(kept, happening, seen) {
    kept.messages.push(happening);
    if (happening.mine) kept.shut = false;
    if (seen) this.draw(kept);
  }

  async send(post, body) {
    try {
      await post("/simulator/whatsapp/messages", body);
    } catch {
      if (body.kind === "text" && !this.field.value) this.write(body.text);
    }
  }

  // What the screen shows

  show(kept) {
    this.kept = kept;
    this.close();
    this.draw(kept);
  }

  draw(kept) {
    this.list.replaceChildren(...kept.messages.map((message) => this.item(message)));
    byId("wa-welcome").hidden = kept.messages.length > 0;
    const under = byId("wa-under");
    under.textContent = kept.shut ? under.dataset.shut : under.dataset.open;
    this.toEnd();
  }

  item(message) {
    const item = make("li", message.mine ? "mine" : "theirs");
    const bubble = item.appendChild(make("div", "bubble"));
    if (message.template) bubble.append(make("small", "template", this.words.template));
    if (message.shape && message.shape !== "text") bubble.append(this.shared(message));
    else bubble.append(make("p", "said", message.text));
    const foot = bubble.appendChild(make("p", "foot"));
    foot.append(make("time", "", timeOfDay(message.at)));
    if (message.mine) foot.append(this.mark(message.status));
    const taps = this.taps(message);
    if (taps.length) item.appendChild(make("div", "inline")).append(...taps);
    return item;
  }

  mark(status) {
    const told = { undefined: this.words.sent, 200: this.words.taken }[status] ?? this.words.failed;
    const box = make("span", "mark", { undefined: "\u2713", 200: "\u2713\u2713" }[status] ?? "!");
    box.setAttribute("role", "img");
    box.setAttribute("aria-label", told);
    return box;
  }

  shared(message) {
    const told = { photo: this.words.picture, document: this.words.file, place: this.words.place };
    return shared(message, told, "data-hand");
  }

  taps(message) {
    const kind = message.template ? "quick" : "button";
    const found = (message.buttons ?? []).map((one) => tappable(one, kind));
    if (message.opens) {
      const opener = make("button", "", message.opens);
      Object.assign(opener, { type: "button" });
      opener.dataset.opens = message.message;
      found.push(opener);
    }
    if (message.place) {
      const own = document.querySelector('[data-hand="place"]');
      const button = make("button", "", own.textContent.trim());
      button.type = "button";
      button.dataset.tap = "place";
      found.push(button);
    }
    return found;
  }

  // What fingers do

  hand(event) {
    const button = event.target.closest("[data-hand]");
    if (!button) return;
    byId("wa-share").open = false;
    const kind = button.dataset.hand;
    if (kind === "later") {
      this.kept.shut = true;
      this.draw(this.kept);
    }
    this.post({ kind });
  }

  tap(event) {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.opens) this.open(Number(button.dataset.opens));
    else this.told(button);
  }

  told(button) {
    const { tap: kind, choice } = button.dataset;
    this.post({ kind, choice: choice ?? "", text: kind === "place" ? "" : button.textContent });
    this.field.focus({ preventScroll: true });
  }

  // A list covers the chat until a row is chosen

  open(number) {
    const message = this.kept.messages.find((m) => m.message === number);
    const leave = make("button", "leave", this.words.close);
    leave.type = "button";
    this.sheet.replaceChildren(...message.rows.map((row) => tappable(row, "row")), leave);
    this.sheet.hidden = false;
    this.sheet.querySelector("button").focus();
  }

  close() {
    this.sheet.hidden = true;
  }

  choose(event) {
    const button = event.target.closest("button");
    if (!button) return;
    this.close();
    if (button.dataset.tap) this.told(button);
  }
}

function tappable({ id, title }, kind) {
  const button = make("button", "", title);
  button.type = "button";
  Object.assign(button.dataset, { tap: kind, choice: id });
  return button;
}
