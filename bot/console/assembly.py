"""The console put together: each of its pages with what it works on."""

from aiohttp import web

from bot.assembly import House
from bot.console.board import add_board
from bot.console.doors import add_doors, gate_of
from bot.console.live import open_live
from bot.console.settings import add_settings
from casework.figures.desk import FigureDesk
from casework.trail.reading import AuditReading
from web.console.audit import AuditPages, add_audit
from web.console.calls.call import add_calls
from web.console.figures.pages import FigurePages, add_figures
from web.console.guard import add_guard
from web.console.home import HomePages, add_home
from web.console.shell import Shell
from web.pages import PAGES

SHEETS = ("console.css", "figures.css", "ways.js")


def add_console(app: web.Application, house: House) -> None:
    """Serve the pages of who works behind the door; add_pages comes first."""
    app[PAGES].files.add(*SHEETS)
    add_guard(app, gate_of(house))
    shell = Shell(app, house.district)
    open_live(app, house)
    add_doors(app, house, shell)
    add_calls(app, house.calls, shell)
    add_home(app, HomePages(shell))
    add_board(app, house, shell)
    _add_figures(app, house, shell)
    _add_audit(app, house, shell)
    add_settings(app, house, shell)


def _add_figures(app: web.Application, house: House, shell: Shell) -> None:
    """Serve what is counted of all tickets together."""
    desk = FigureDesk(house.store, house.district, house.clock.now)
    add_figures(app, FigurePages(shell, desk, house.district))


def _add_audit(app: web.Application, house: House, shell: Shell) -> None:
    """Serve who looked at whose data."""
    reading = AuditReading(house.store, house.district)
    pages = AuditPages(shell=shell, reading=reading, district=house.district, now=house.clock.now)
    add_audit(app, pages)
