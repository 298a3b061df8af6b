// On a telephone the ways around scroll sideways: the one that is open comes into sight.
for (const open of document.querySelectorAll("nav [aria-current]")) {
  const ways = open.parentElement;
  ways.scrollLeft = open.offsetLeft - ways.offsetLeft - (ways.clientWidth - open.clientWidth) / 2;
}
