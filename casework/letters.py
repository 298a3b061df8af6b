"""What an agency is told, and what a citizen is told of what an agency did."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from msgspec import Struct

from casework.links import Claim, Links
from conversations.notices import Silent, notice
from conversations.say import Voices
from referrals.directory import District
from referrals.events import Event
from referrals.ticket import Ticket
from storage.outbox import OutboxItem
from storage.tickets import Contact
from storage.unit import Unit

DESK = ""  # stands for the district's desk where an agency's code is expected


class Written(Struct, frozen=True):
    """A letter to an agency as it is sealed: subject, text and the link to its page."""

    subject: str
    text: str
    link: str


class Letters:
    """Writes letters to agencies and notices to citizens into a unit of work."""

    def __init__(self, district: District, voices: Voices, links: Links) -> None:
        self._district = district
        self._voices = voices
        self._links = links

    def tell_agency(self, unit: Unit, ticket: Ticket, occasion: str, now: datetime) -> None:
        """Write to the agency of the newest leg; *occasion* names its wording, letter.*."""
        leg = ticket.legs[-1]
        self._write(unit, ticket, leg.agency, occasion, now)

    def tell_desk(self, unit: Unit, ticket: Ticket, occasion: str, now: datetime) -> None:
        """Write to the district's desk, whose link may refer the ticket again."""
        self._write(unit, ticket, DESK, occasion, now)

    def tell_citizen(  # noqa: PLR0913 - what happened to which ticket, in which words, for whom
        self,
        unit: Unit,
        ticket: Ticket,
        contact: Contact,
        *,
        events: Iterable[Event],
        words: str,
        now: datetime,
    ) -> list[OutboxItem]:
        """Write one notice for *events*, the newest that has one, or none for a stated reason."""
        say = self._voices[contact.language]
        told = (notice(event, ticket, words, say) for event in events)
        replies = [reply for reply in told if not isinstance(reply, Silent)]
        return [
            unit.send(contact.address, reply, now, about=ticket.code) for reply in replies[-1:]
        ]

    def _write(
        self, unit: Unit, ticket: Ticket, agency: str, occasion: str, now: datetime
    ) -> None:
        say = self._voices["id"]  # offices work in Indonesian
        service = self._district.services[ticket.service].label.id
        place = self._district.areas.get(ticket.area)
        claim = Claim(ticket.code, ticket.legs[-1].number, desk=agency == DESK)
        letter = Written(
            subject=say(f"letter.{occasion}_subject", service=service, priority=ticket.priority),
            text=say(f"letter.{occasion}", service=service, area=place.name if place else "-"),
            link=self._links.url(claim, now),
        )
        to = self._district.desk if claim.desk else agency
        unit.tell_agency(to, ticket.code, claim.leg, msgspec.json.encode(letter), now)
