"""The village's pages of the console, put together."""

from aiohttp import web

from bot.assembly import House
from bot.taking.village_line import VillageLine, Work
from casework.board.case import CaseDesk
from casework.board.worklist import WorkList
from casework.village.agenda import Agenda
from casework.village.briefs import Briefs
from casework.village.chats import Chats
from casework.village.line import VillageLines
from casework.village.meetings import Meetings
from casework.village.outcomes import Outcomes
from casework.village.photos import Photos
from casework.village.proposal import Proposals
from casework.village.village_desk import VillageDesk
from casework.village.visits import FieldVisits
from web.console.shell import Shell
from web.console.village.chat import ChatPages, add_chat
from web.console.village.field import FieldPages, add_field
from web.console.village.home import VillagePages, add_first
from web.console.village.meetings import MeetingPages, add_meetings
from web.pages import PAGES


def add_village(app: web.Application, house: House, shell: Shell, cases: CaseDesk) -> None:
    """Serve what a village does; *cases* takes the steps."""
    app[PAGES].files.add("village.css")
    store, district, office = house.store, house.district, house.desk.office
    photos = Photos(store, office.evidence, house.clock.token)
    desk = VillageDesk(
        district=district,
        worklist=WorkList(store, office.seeing),
        agenda=Agenda(store, office.seeing),
        meetings=Meetings(store, district, photos),
        outcomes=Outcomes(store, district, house.voices, cases),
        proposals=Proposals(store, office.seeing),
        visits=visits_of(house),
        briefs=Briefs(store, office.seeing),
        calls=house.calls,
        now=house.clock.now,
        token=house.clock.token,
    )
    chats = Chats(store, district, house.clock.token)
    house.door.meet(VillageLine(_work(house, desk, chats, cases)))
    add_chat(app, ChatPages(shell, chats, house.clock.now))
    add_first(app, VillagePages(desk, shell))
    add_field(app, FieldPages(desk, shell))
    add_meetings(app, MeetingPages(desk, shell))


def visits_of(house: House) -> FieldVisits:
    """Return what keeps and shows looks in the field."""
    photos = Photos(house.store, house.desk.office.evidence, house.clock.token)
    return FieldVisits(house.store, house.district, photos)


def _work(house: House, desk: VillageDesk, chats: Chats, cases: CaseDesk) -> Work:
    """Return what lines from chats are answered with."""
    return Work(
        store=house.store,
        lines=VillageLines(chats, desk.worklist, cases, house.calls),
        voices=house.voices,
        known=house.turns.known,
        now=house.clock.now,
        hand_over=house.outbox.hand_over,
    )
