"""The console put together: each of its pages with what it works on."""

from aiohttp import web

from bot.assembly import House
from casework.figures.desk import FigureDesk
from casework.staff.sittings import Sittings
from web.console.call import add_calls
from web.console.figures import FigurePages, add_figures
from web.console.guard import Cookie, Gate, SignedIn, add_guard
from web.console.home import HomePages, add_home
from web.console.shell import Shell
from web.pages import PAGES

SHEETS = ("console.css", "figures.css")


def add_console(app: web.Application, house: House) -> None:
    """Serve the pages of who works behind the door; add_pages comes first."""
    app[PAGES].files.add(*SHEETS)
    add_guard(app, gate_of(house))
    shell = Shell(app, house.district)
    add_calls(app, house.calls, shell)
    add_home(app, HomePages(shell))
    _add_figures(app, house, shell)


def gate_of(house: House) -> Gate:
    """Return what knows a browser by its cookie."""
    sittings, sealer = Sittings(house.store, house.district), house.store.sealer

    def word(token: str) -> str:
        return sealer.mac("staff form", token).hex()

    async def opened(token: str) -> SignedIn | None:
        found = await sittings.of(token, house.clock.now())
        if found is None:
            return None
        return SignedIn(found.staff, word(token), found.sitting.mark, found.sitting.until)

    cookie = Cookie(secure=house.settings.address.startswith("https:"))
    return Gate(opened, word, house.clock.token, cookie)


def _add_figures(app: web.Application, house: House, shell: Shell) -> None:
    """Serve what is counted of all tickets together."""
    desk = FigureDesk(house.store, house.district, house.clock.now)
    add_figures(app, FigurePages(shell, desk.see, desk.note_taken, house.district))
