// The demo's clock: moved by a tap; everything that falls due on the way happens on the way.

const time = document.getElementById("time");
const { dataset } = document.getElementById("words");

function show(seconds) {
  document.getElementById("time-now").textContent = new Intl.DateTimeFormat(document.documentElement.lang, {
    timeZone: dataset.zone, weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit",
  }).format(new Date(seconds * 1000));
}

async function move(by) {
  const said = document.getElementById("time-said");
  const buttons = [...time.querySelectorAll("button")];
  for (const one of buttons) one.disabled = true;
  said.textContent = time.dataset.moving;
  try {
    const answer = await fetch("/simulator/clock", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ by }),
    });
    said.textContent = answer.status === 409 ? time.dataset.over : "";
  } catch {
    said.textContent = "";
  } finally {
    for (const one of buttons) one.disabled = false;
    buttons.find((one) => one.dataset.leap === by).focus();
  }
}

if (time) {
  time.addEventListener("click", (event) => {
    const button = event.target.closest("[data-leap]");
    if (button) move(button.dataset.leap);
  });
  document.addEventListener("tick", (event) => show(event.detail));
  show(Number(dataset.now));
}

// Which seat one sits in: the frame has it from the tap on.
document.querySelector(".seats")?.addEventListener("submit", (event) => {
  for (const one of event.currentTarget.querySelectorAll("button")) {
    one.setAttribute("aria-pressed", String(one === event.submitter));
  }
});
