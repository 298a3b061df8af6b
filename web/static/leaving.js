// Who signs out takes along what they typed and did not send: nothing stays on a shared device.
const KEY = "satupintu.draft.";

document.addEventListener("submit", (event) => {
  if (!event.target.action.endsWith("/sign-out")) return;
  for (const key of Object.keys(localStorage)) if (key.startsWith(KEY)) localStorage.removeItem(key);
});
