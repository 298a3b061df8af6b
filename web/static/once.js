// A form is sent once: its button says so and rests until the next page is here.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  const button = form.querySelector("button[type=submit]");
  if (!button) return;
  button.setAttribute("aria-disabled", "true");
  if (button.dataset.sending) button.textContent = button.dataset.sending;
});

// Coming back with the browser's own button shows a fresh form again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
