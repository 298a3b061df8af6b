"""Every row of the lifecycle that a citizen has is taken by words, as many as an SMS holds."""

from collections.abc import Iterator, Mapping

import pytest
from msgspec.structs import replace

from casework.citizen.deciding import command_for
from conversations import codec
from conversations.menu import Menu
from conversations.messages import Address, Channel, Inbound
from conversations.records.deeds import OnTicket
from conversations.records.parties import ConsentsFound, FindConsents, Waiting
from conversations.turn import Event, Question, Record, Said, TicketsFound
from referrals import commands as c
from referrals.choosing import Refusal
from referrals.entries import Transition
from referrals.lifecycle import decide
from referrals.roles import Role
from referrals.ticket import Ticket, TicketState
from referrals.transitions import TRANSITIONS
from tests.conversations.player import IDS
from tests.conversations.town import DISTRICT, VOICES
from tests.referrals.samples import CODE, NOW, WORDS, actor
from tests.web.test_every_step import at_home

WHY = "atapnya masih bocor"
LINES: Mapping[type[c.Wish], tuple[str, ...]] = {
    c.AnswerAsk: (f"JAWAB {CODE} {WHY}",),
    c.Add: (f"JAWAB {CODE} {WHY}",),
    c.Confirm: (f"SUDAH {CODE}",),
    c.Rate: (f"SUDAH {CODE}", "5"),
    c.NotYet: (f"BELUM {CODE} {WHY}",),
    c.AcceptDecline: (f"TERIMA {CODE}",),
    c.Appeal: (f"BANDING {CODE} {WHY}",),
    c.Withdraw: (f"BATAL {CODE} tidak jadi", "1", "000002"),  # digits that an SMS is sent
    c.Reopen: (f"BUKA LAGI {CODE} {WHY}",),
    c.ReportNotReceived: (f"BELUM {CODE}",),
    c.ReceivedAfterAll: (f"SUDAH {CODE}",),
}
"""What somebody says; consents, claims and filing have journeys of their own."""
ELSEWHERE = {c.Submit, c.SubmitForAnother, c.GiveConsent, c.RefuseConsent, c.TakeOver}
BY_PEOPLE = {c.Escalate, c.Reach}  # a facilitator's, in the console
SPEAKERS = frozenset({Role.CITIZEN, Role.FACILITATOR})


def rows() -> Iterator[object]:
    """Yield each row that a citizen, or who filed it for them, has, from each of its states."""
    for entry in TRANSITIONS:
        if SPEAKERS & set(entry.roles) and entry.command not in ELSEWHERE | BY_PEOPLE:
            asked = TicketState.NEEDS_INFO if entry.command is c.Add else None
            for state in entry.sources:
                if state is not asked:  # there, what is added is the answer
                    yield pytest.param(entry, state, id=f"{entry.row}-{entry.title}-{state}")


def answered(question: Question, ticket: Ticket) -> Event:
    """Return what the store says of *ticket*."""
    if isinstance(question, FindConsents):
        return ConsentsFound((Waiting(ticket, ticket.code[-4:]),), question)
    return TicketsFound((ticket,), NOW)


def said(channel: Channel, ticket: Ticket, lines: tuple[str, ...]) -> list[OnTicket]:
    """Return what is to be recorded of *ticket* after *lines* on *channel*."""
    address = Address(channel, IDS[channel])
    session = codec.fresh(address, "id")
    session = replace(session, state=Menu(), consent=DISTRICT.consent_version)
    done: list[Record] = []
    for number, line in enumerate(lines, 1):
        message = Inbound(sender=address, message_id=str(number), received_at=NOW, text=line)
        session, turn = session.step(Said(message, f"{number:032x}"), VOICES)
        while turn.question:
            done += turn.records
            session, turn = session.step(answered(turn.question, ticket), VOICES)
        done += turn.records
    return [deed for deed in done if isinstance(deed, OnTicket)]


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.TELEGRAM])
@pytest.mark.parametrize(("entry", "state"), list(rows()))
def test_each_row_is_taken_by_words(
    entry: Transition, state: TicketState, channel: Channel
) -> None:
    """Who says its word with the ticket's code does that row, by SMS as by chat."""
    ticket = at_home(entry, state)
    stars = entry.command is c.Rate  # are asked for when it is confirmed
    before = at_home(entry, TicketState.RESOLVED) if stars else ticket
    commands = [command_for(deed) for deed in said(channel, before, LINES[entry.command])]
    for role in SPEAKERS & set(entry.roles):
        happened = {led_to(ticket, command, role) for command in commands}
        assert entry.event in happened, (commands, happened)


def led_to(ticket: Ticket, command: c.Command, role: Role) -> type[object] | None:
    """Return what happens when somebody in *role* gives *command*, None where nothing does."""
    events = decide(ticket, replace(command, words=WORDS), actor(role), NOW)
    return None if isinstance(events, Refusal) else type(events[0])
