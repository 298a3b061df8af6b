"""One promise, one source: the chat, Lacak, the office's page, its mail and its paper agree."""

from datetime import datetime, timedelta
from itertools import count

import pytest

from casework.citizen.filing import Filing
from casework.telling.letters import Letters
from casework.ticket.views import LegView
from conversations.days import by_when, local_day
from conversations.forms.filing import filed
from conversations.menu import Menu
from conversations.messages import Address, Channel, Inbound
from conversations.news.ticket_story import story
from conversations.say import Say
from conversations.turn import Answered, Draft, OpenTicket, Said
from referrals import commands
from referrals.district.directory import FieldKind, Priority, Service
from referrals.ticket import Ticket, TicketState
from storage.unit import Outcome
from tests.bot.living import ticket_of
from tests.bot.officers import Officer, links_of
from tests.bot.playing import Play
from tests.conversations.town import DISTRICT

VILLAGE = "99.01.01.2001"
SAID_AT_ONCE = [  # not the safe path, nor what waits for second thoughts or for others to decide
    service
    for service in DISTRICT.services.values()
    if not (service.safe_path or service.cooling_hours)
]
_numbers = count(1)


def draft_of(service: Service) -> Draft:
    """Return *service*'s form filled in, from one village."""
    answers = tuple(
        Answered(field.key, VILLAGE if field.kind is FieldKind.AREA else "isi", "isi")
        for field in service.fields
        if field.kind is not FieldKind.CHOICE
    )
    return Draft(service.code, answers)


async def file(play: Play, service: Service, language: str) -> tuple[str, Ticket]:
    """File *service* as the chat does; return what the citizen reads, and the ticket."""
    house, now, number = play.house, play.clock.now(), next(_numbers)
    address = Address(Channel.SMS, f"+62811{number:06}")
    message = Inbound(sender=address, message_id=str(number), received_at=now)
    turn = filed(
        Menu(),
        draft_of(service),
        Said(message, f"{number * 0x9E3779B97F4A7C15 % (1 << 128):032x}"),
        house.voices[language],
    )
    (record,) = turn.records
    assert isinstance(record, OpenTicket)
    unit = house.store.unit()
    letters = Letters(house.district, house.voices, links_of(play))
    ticket = Filing(house.district, letters).open(unit, record, address, now, play.clock.token())
    assert await house.store.commit(unit) is Outcome.KEPT
    return turn.replies[0].text, ticket


def promises(service: Service, say: Say, view: LegView, at: datetime) -> str:
    """Return the sentence that the first clock of the ticket makes true."""
    assert view.respond_by
    key = "track.due_check" if view.state is TicketState.SUBMITTED else "track.due_accept"
    return say(key, date=by_when(view.respond_by, view.priority is Priority.P1, say))


@pytest.mark.parametrize("language", ["id", "en"])
async def test_every_service_promises_one_thing(play: Play, language: str) -> None:
    """What the form says at the end, Lacak repeats, and the office reads the same instant."""
    say = play.house.voices[language]
    play.clock.move(hours=1.5)  # so that hours and days of offices are told apart
    for service in SAID_AT_ONCE:
        text, ticket = await file(play, service, language)
        view = await Officer(play, ticket.code, 1 if ticket.legs else 0).sees()
        promise = promises(service, say, view, play.clock.now())
        if service.code in _others_decide(play):
            assert "paling lambat" not in text.partition("\n")[2].split("\n")[0], text
            continue
        assert promise in text, service.code
        assert promise in story(ticket, play.clock.now(), say).text, service.code


@pytest.mark.parametrize("language", ["id", "en"])
async def test_the_end_is_one_day_for_all(play: Play, language: str) -> None:
    """Once it is at work, Lacak, the page, the mail and the paper name the same end."""
    say = play.house.voices[language]
    for service in SAID_AT_ONCE:
        _, ticket = await file(play, service, language)
        if service.code in _others_decide(play) or not ticket.legs:
            continue
        officer = Officer(play, ticket.code, 1)
        await officer.did(commands.Accept(leg=1))
        view, at_work = await officer.sees(), await ticket_of(play, ticket.code)
        assert view.resolve_by
        urgent = view.priority is Priority.P1
        end = say("track.due_solve", date=by_when(view.resolve_by, urgent, say))
        assert end in story(at_work, play.clock.now(), say).text, service.code
        mailed = play.house.desk._office.seeing.due(at_work)
        assert mailed
        assert local_day(view.resolve_by, say) == say(
            "day.date",
            day=mailed.day,
            month=say("day.months").split()[mailed.month - 1],
            year=mailed.year,
        )


async def test_no_row_is_promised_more_slowly_than_it_says(play: Play) -> None:
    """The clock for the first response is never laxer than the service's own row."""
    calendar_days = timedelta(days=1)
    for service in SAID_AT_ONCE:
        if service.respond_days != 1 or service.priority is Priority.P1:
            continue
        _, ticket = await file(play, service, "id")
        view = await Officer(play, ticket.code, 1).sees()
        assert view.respond_by
        assert view.respond_by - play.clock.now() == calendar_days  # Tuesday, the same hour


def _others_decide(play: Play) -> tuple[str, ...]:
    usul = play.house.district.usul
    return usul.services if usul else ()
