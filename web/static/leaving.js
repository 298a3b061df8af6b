// Who signs out takes along what they typed and did not send: nothing stays on a shared device. Of a
// session that ended by itself only what nobody can read stays (drafts.js), and that for half a day.
const KEY = "satupintu.draft.";
const LONGEST = 12 * 3600 * 1000; // milliseconds

const drafts = () => Object.keys(localStorage).filter((key) => key.startsWith(KEY));

function isOld(key) {
  try {
    return !(Date.now() - JSON.parse(localStorage.getItem(key)).at < LONGEST);
  } catch {
    return true; // not ours, or cut short
  }
}

for (const key of drafts()) if (isOld(key)) localStorage.removeItem(key);

document.addEventListener("submit", (event) => {
  const leads = event.target.getAttribute("action") ?? ""; // a field called action hides .action
  if (!leads.endsWith("/sign-out")) return;
  for (const key of drafts()) localStorage.removeItem(key);
});
