"""The console's front page: where to go from here."""

from dataclasses import dataclass

from aiohttp import web

from web.console.addresses import ROOT
from web.console.guard import signed, staff_of
from web.console.shell import Shell


@dataclass(frozen=True, slots=True)
class HomePages:
    """Leads everybody to the first page that their role has."""

    shell: Shell

    async def show(self, request: web.Request) -> web.StreamResponse:
        """GET: the first page, or what there is where there is none."""
        places = self.shell.places(staff_of(request))
        if places:
            raise web.HTTPSeeOther(places[0].path)
        return self.shell.page(request, "console/home.html")


async def _inside(_request: web.Request) -> web.StreamResponse:
    raise web.HTTPSeeOther(f"{ROOT}/")


def add_home(app: web.Application, pages: HomePages) -> None:
    """Serve the front page; the guard comes first."""
    app.router.add_get(ROOT, signed(None)(_inside))
    app.router.add_get(f"{ROOT}/", signed(None)(pages.show))
