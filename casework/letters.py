"""What an agency is told, and what a citizen is told of what an agency did."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from msgspec import Struct

from casework.links import Claim, Links
from conversations.notices import Silent, notice
from conversations.say import Voices
from referrals.codes import shown
from referrals.directory import District
from referrals.events import Event
from referrals.guards import is_vault
from referrals.ticket import Ticket
from storage.outbox import OutboxItem
from storage.tickets import Contact
from storage.unit import Unit

LINKLESS = frozenset({"withdrawn"})  # nothing is left to do, and the link has ended
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
        """Write to the desk, whose link may refer the ticket; of a vault ticket to its agency."""
        leg = ticket.last_leg
        self._write(unit, ticket, leg.agency if leg and is_vault(ticket) else DESK, occasion, now)

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
        leg = ticket.last_leg
        claim = Claim(ticket.code, leg.number if leg else 0, desk=agency == DESK)
        opens_it = occasion not in LINKLESS and not (claim.desk and is_vault(ticket))
        link = self._links.url(claim, now) if opens_it else ""
        letter = (
            self._vault_letter(ticket, link)
            if is_vault(ticket)
            else self._letter(ticket, occasion, link)
        )
        to = self._district.desk if claim.desk else agency
        unit.tell_agency(to, ticket.code, claim.leg, msgspec.json.encode(letter), now)

    def _letter(self, ticket: Ticket, occasion: str, link: str) -> Written:
        say = self._voices["id"]  # offices work in Indonesian
        service = self._district.services[ticket.service].label.id
        place = self._district.areas.get(ticket.area)
        return Written(
            subject=say(f"letter.{occasion}_subject", service=service, priority=ticket.priority),
            text=say(f"letter.{occasion}", service=service, area=place.name if place else "-"),
            link=link,
        )

    def _vault_letter(self, ticket: Ticket, link: str) -> Written:
        """Return a letter that says neither what it is about nor from where."""
        say = self._voices["id"]
        text = say("letter.vault" if link else "letter.vault_over", code=shown(ticket.code))
        return Written(subject=say("letter.vault_subject"), text=text, link=link)
