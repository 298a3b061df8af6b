// A place's name is suggested while it is typed, typos and all; without this the server asks.
const PAUSE = 180; // milliseconds without a key
const SHORTEST = 3; // letters

function listbox(input) {
  const list = document.createElement("ul");
  list.className = "nearest";
  list.id = `${input.id}-nearest`;
  list.setAttribute("role", "listbox");
  list.hidden = true;
  input.after(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  return list;
}

function close(input, list) {
  list.hidden = true;
  list.replaceChildren();
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function take(input, list, name) {
  input.value = name;
  close(input, list);
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dataset.taken = name;
}

function show(input, list, names) {
  list.replaceChildren(
    ...names.map((name, at) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${at}`;
      item.setAttribute("role", "option");
      item.textContent = name;
      item.addEventListener("mousedown", (event) => {
        event.preventDefault();
        take(input, list, name);
      });
      return item;
    }),
  );
  list.hidden = names.length === 0;
  input.setAttribute("aria-expanded", String(names.length > 0));
}

function move(input, list, by) {
  const items = [...list.children];
  const now = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
  const next = items[(now + by + items.length) % items.length];
  for (const item of items) item.removeAttribute("aria-selected");
  next.setAttribute("aria-selected", "true");
  input.setAttribute("aria-activedescendant", next.id);
}

async function suggest(input, list) {
  const asked = input.value.trim();
  if (asked.length < SHORTEST || asked === input.dataset.taken) return close(input, list);
  try {
    const answer = await fetch(`${input.dataset.areas}?q=${encodeURIComponent(asked)}`);
    if (answer.ok && asked === input.value.trim()) show(input, list, await answer.json());
  } catch {
    close(input, list); // no connection: the server asks when the form arrives
  }
}

function begin(input) {
  const list = listbox(input);
  let waiting = 0;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => suggest(input, list), PAUSE);
  });
  input.addEventListener("blur", () => close(input, list));
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(input, list, event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const chosen = list.querySelector('[aria-selected="true"]') ?? list.firstElementChild;
      take(input, list, chosen.textContent);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      close(input, list);
    }
  });
}

export function offerAreas(root) {
  for (const input of root.querySelectorAll("input[data-areas]")) begin(input);
}

offerAreas(document);
document.addEventListener("page", () => offerAreas(document));
