"""The work list and cases of the console, put together."""

from datetime import datetime

from aiohttp import web

from bot.assembly import House
from bot.console.village import add_village, visits_of
from casework.board.bulk import Bulk
from casework.board.case import CaseDesk
from casework.board.holding import Holding
from casework.board.people import People
from casework.board.reaching import Reaching
from casework.board.seeking import Seeking
from casework.board.worklist import WorkList
from casework.village.proposal import Proposals
from conversations.messages import Address
from web.console.board.case import CasePages, add_case
from web.console.board.worklist import ListPages, add_worklist
from web.console.shell import Shell
from web.pages import PAGES

FILES = ("board.css", "board.js")


def add_board(app: web.Application, house: House, shell: Shell) -> None:
    """Serve the work list and the cases in it."""
    app[PAGES].files.add(*FILES)
    office, store, district = house.desk.office, house.store, house.district

    async def wrote(citizen: Address) -> datetime | None:
        session = await house.turns.known(citizen)
        return session.seen if session else None

    holding, people, clock = Holding(store, district), People(store, district), house.clock
    cases = CaseDesk(office, house.desk, Reaching(office.letters, wrote), holding)
    lists = ListPages(
        shell=shell,
        worklist=WorkList(store, office.seeing),
        seeking=Seeking(store, office.seeing),
        bulk=Bulk(store, cases, holding),
        people=people,
        district=district,
        now=clock.now,
        token=clock.token,
    )
    add_worklist(app, lists)
    add_case(
        app,
        CasePages(
            shell=shell,
            cases=cases,
            holding=holding,
            people=people,
            visits=visits_of(house),
            proposals=Proposals(store, office.seeing),
            now=clock.now,
            token=clock.token,
        ),
    )
    add_village(app, house, shell, cases)
