// Who signs out takes along what they typed and did not send: nothing stays on a shared device.
const KEY = "satupintu.draft.";

document.addEventListener("submit", (event) => {
  const leads = event.target.getAttribute("action") ?? ""; // a field called action hides .action
  if (!leads.endsWith("/sign-out")) return;
  for (const key of Object.keys(localStorage)) if (key.startsWith(KEY)) localStorage.removeItem(key);
});
