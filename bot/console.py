"""The console put together: each of its pages with what it works on."""

from aiohttp import web

from bot.assembly import House
from casework.staff.sittings import Sittings
from web.console.guard import Cookie, SignedIn, add_guard
from web.console.home import HomePages, add_home
from web.console.shell import Shell
from web.pages import PAGES

SHEETS = ("console.css",)


def add_console(app: web.Application, house: House) -> None:
    """Serve the pages of who works behind the door; add_pages comes first."""
    app[PAGES].files.add(*SHEETS)
    add_guard(
        app, Recogniser(house).of, Cookie(secure=house.settings.address.startswith("https:"))
    )
    shell = Shell(app, house.district)
    add_home(app, HomePages(shell))


class Recogniser:
    """Knows a browser by its cookie."""

    def __init__(self, house: House) -> None:
        self._sittings = Sittings(house.store, house.district)
        self._sealer = house.store.sealer
        self._clock = house.clock

    async def of(self, token: str) -> SignedIn | None:
        """Return the session of a cookie's *token*, None for one that is over or nobody's."""
        found = await self._sittings.of(token, self._clock.now())
        if found is None:
            return None
        csrf = self._sealer.mac("staff form", token).hex()
        return SignedIn(found.staff, csrf, found.sitting.mark, found.sitting.until)
