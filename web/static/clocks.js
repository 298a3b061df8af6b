// The time of day that telephones show: the demo's own, in the district, wherever the browser is.

const { zone } = document.getElementById("words").dataset;
const shown = new Intl.DateTimeFormat("id", {
  timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});

export function timeOfDay(seconds) {
  return shown.format(new Date(seconds * 1000));
}
