// Small conveniences of a call: questions that are not asked are put away, digits and letters are
// counted, number keys mark an option, and services are found while one types.

function asked(row, form) {
  const marked = form.querySelector(`[name="f.${CSS.escape(row.dataset.onlyIf)}"]:checked`);
  return !marked || !marked.value || row.dataset.values.split(" ").includes(marked.value);
}

function putAway(form) {
  for (const row of form.querySelectorAll("[data-only-if]")) row.hidden = !asked(row, form);
  for (const part of form.querySelectorAll("[data-held]")) {
    part.hidden = !form.elements[part.dataset.held]?.value;
  }
  const who = form.querySelector('[name="for"]') ?? form.querySelector('[name="f.whom"]:checked');
  for (const part of form.querySelectorAll("[data-only-for]")) {
    part.hidden = !who || ["", "self"].includes(who.value);
  }
}

function count(input) {
  const digits = "digits" in input.dataset;
  const number = digits ? input.value.replace(/\D/g, "").length : input.value.length;
  let told = input.parentElement.querySelector(".count");
  if (!told) {
    told = document.createElement("p");
    told.className = "count";
    told.setAttribute("aria-hidden", "true");
    input.after(told);
  }
  const shown = digits ? input.dataset.digits.replace("#", number) : `${number}/${input.maxLength}`;
  told.textContent = number ? shown : "";
}

function narrow(search) {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const button of document.querySelectorAll("#services button")) {
    const said = `${button.textContent} ${button.dataset.words ?? ""}`.toLowerCase();
    button.hidden = !words.every((word) => said.includes(word));
  }
}

function keyed(event) {
  const options = event.target.closest?.("fieldset.options");
  if (!options || !/^[1-9]$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
  const option = options.querySelectorAll('input[type="radio"]')[Number(event.key) - 1];
  if (!option) return;
  event.preventDefault();
  option.checked = true;
  option.focus();
  option.dispatchEvent(new Event("change", { bubbles: true }));
}

function begin() {
  for (const form of document.querySelectorAll("form.working")) putAway(form);
  for (const input of document.querySelectorAll("[data-digits], [data-counted]")) count(input);
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form.working");
  if (form) putAway(form);
});
document.addEventListener("input", (event) => {
  if (event.target.matches("[data-digits], [data-counted]")) count(event.target);
  if (event.target.matches('[data-search="services"]')) narrow(event.target);
});
document.addEventListener("keydown", keyed);
document.addEventListener("page", begin);
begin();
