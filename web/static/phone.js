// What all telephones of the demo have: messages, a line to type in, and a form that sends it.

export const byId = (id) => document.getElementById(id);

export class Phone {
  constructor(name, list) {
    this.list = byId(list);
    this.form = byId(`${name}-form`);
    this.field = byId(`${name}-text`);
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.field.addEventListener("keydown", (event) => this.key(event));
  }

  taken(kept, { message, status }, seen) {
    const own = kept.messages.find((m) => m.mine && m.message === message);
    if (!own) return;
    own.status = status;
    if (seen) this.draw(kept);
  }

  toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
  }

  write(text) {
    this.field.value = text;
    this.field.focus();
  }

  submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    if (!text) return;
    this.field.value = "";
    this.post({ kind: "text", text });
  }

  key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.form.requestSubmit();
  }
}

export function make(name, kind, text) {
  const node = document.createElement(name);
  if (kind) node.className = kind;
  if (text !== undefined) node.textContent = text;
  return node;
}

// What somebody shared: the picture where it is here, a link to a file, else the sign of its kind
export function shared({ shape, text, picture }, told, sign) {
  const box = make("figure", `shared ${shape}`);
  if (picture && shape === "photo") {
    const image = box.appendChild(make("img", "own-picture"));
    image.src = picture;
    image.alt = text || told.photo;
  } else if (picture) {
    const link = box.appendChild(make("a", "", text));
    Object.assign(link, { href: picture, target: "_blank", rel: "noopener noreferrer" });
  } else {
    const icon = document.querySelector(`[${sign}="${shape}"] svg`);
    if (icon) box.append(icon.cloneNode(true));
    box.append(make("figcaption", "", told[shape] ?? text));
  }
  return box;
}
