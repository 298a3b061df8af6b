"""What an agency is told of a ticket, by letter."""

from datetime import datetime

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from casework.access.links import Claim, Links
from casework.access.powers import appeal_office, opens, protection_office
from casework.telling.notices import Notices
from conversations.say import Voices
from referrals.codes import shown
from referrals.district.directory import District
from referrals.district.ways import InboxWay, kind_of
from referrals.guards import is_vault
from referrals.roles import Role
from referrals.ticket import Leg, LegState, Ticket
from storage.replies.deliveries import Delivery, DeliveryState
from storage.unit import Unit

ABOVE = ("breach_2", "breach_3", "breach_2_desk", "breach_3_desk")  # told to who stands above
# Nothing is left to do there, or nothing is to be done by its reader.
LINKLESS = frozenset(
    {"withdrawn", "recalled", "expired", "unanswered", "unanswered_beside", *ABOVE}
)
DESK = ""  # stands for the district's desk where an agency's code is expected
NEW = "new"  # the occasion of the letter that brings a leg to its agency
RING = "ring"  # the occasion of a letter to somebody on call
LETTER_TIMER = "letter"  # the kind of the timers that carry letters
OFFICE, TO_HEAD, ON_CALL = "", "head", "on_call"  # whom at an agency a letter is for
LIES = kind_of(InboxWay())  # the way of a letter that lies where it was written


class Written(Struct, frozen=True):
    """A letter to an agency as it is sealed: subject, text and the link to its page."""

    subject: str
    text: str
    link: str
    occasion: str = ""  # its wording, letter.*
    whom: str = OFFICE  # or TO_HEAD, or "on_call/2", whom the agency's row names in place 2


class To(Struct, frozen=True):
    """Whom a letter is for. *leg* 0 is the newest one."""

    agency: str  # DESK for the district's desk
    leg: int = 0
    whom: str = OFFICE
    role: Role = Role.AGENCY  # as whom its link lets them act; the desk verifies


class Envelope(Struct, frozen=True):
    """What stands on a letter: the agency it goes to, the ticket and the leg it is about."""

    agency: str
    code: str
    leg: int


class Letters:
    """Writes letters to agencies into a unit of work; *notices* tell citizens of the same."""

    def __init__(self, district: District, voices: Voices, links: Links) -> None:
        self.district = district
        self.notices = Notices(district, voices)
        self._voices = voices
        self._links = links

    def tell_agency(
        self, unit: Unit, ticket: Ticket, occasion: str, now: datetime, leg: int = 0
    ) -> None:
        """Write to the agency of *leg*, 0 for the newest; *occasion* is its wording, letter.*."""
        self._write(unit, ticket, To(_leg(ticket, leg).agency, leg), occasion, now)

    def tell_head(
        self, unit: Unit, ticket: Ticket, occasion: str, now: datetime, leg: int = 0
    ) -> None:
        """Write to the head of the agency of *leg*, as its row says they are reached."""
        self._write(unit, ticket, To(_leg(ticket, leg).agency, leg, TO_HEAD), occasion, now)

    def inform(self, unit: Unit, ticket: Ticket, to: To, occasion: str, now: datetime) -> None:
        """Write to an office that has no share in *ticket*, and gets no link to it."""
        self._write(unit, ticket, to, occasion, now)

    def ring(self, unit: Unit, ticket: Ticket, now: datetime, leg: int = 0) -> int:
        """Write to all who are on call at the agency of *leg* at once; return how many are."""
        code = _leg(ticket, leg).agency
        agency = self.district.agencies.get(code)
        places = range(len(agency.on_call)) if agency else ()
        for place in places:
            self._write(unit, ticket, To(code, leg, f"{ON_CALL}/{place}"), RING, now)
        return len(places)

    def tell_desk(
        self, unit: Unit, ticket: Ticket, occasion: str, now: datetime, leg: int = 0
    ) -> None:
        """Write to the desk, whose link may refer the ticket; of a vault ticket to its agency."""
        last = ticket.last_leg
        to = last.agency if last and is_vault(ticket) else DESK
        self._write(unit, ticket, To(to, leg), occasion, now)

    def ask_desk_to_carry(
        self, unit: Unit, ticket: Ticket, letter: Envelope, link: str, now: datetime
    ) -> None:
        """Have the desk print *letter* at *link* and bring it; without one, pass its news on."""
        occasion = "by_hand" if link else "by_voice"
        written = self._letter(ticket, occasion, link, letter.leg)
        body = msgspec.json.encode(replace(written, occasion=occasion))
        post(unit, Envelope(self.district.desk, ticket.code, letter.leg), body, now)

    def tell_supervisor(self, unit: Unit, ticket: Ticket, occasion: str, now: datetime) -> None:
        """Write to the desk's head, whose link decides what the desk may not (row 15)."""
        self._write(unit, ticket, To(DESK, whom=TO_HEAD, role=Role.SUPERVISOR), occasion, now)

    def tell_appeal(self, unit: Unit, ticket: Ticket, now: datetime) -> None:
        """Write to an office that hears appeals and had no part in *ticket*, else to the head."""
        office = appeal_office(self.district, ticket)
        if office is None:
            self.tell_supervisor(unit, ticket, "appeal_nobody", now)
            return
        to = To(office, ticket.contested, role=Role.APPEAL_OFFICER)
        self._write(unit, ticket, to, "appeal", now)

    def tell_protection(self, unit: Unit, ticket: Ticket, occasion: str, now: datetime) -> None:
        """Write to the data protection officer, who agrees to strike a ticket out (row 34)."""
        to = To(protection_office(self.district), role=Role.DATA_PROTECTION)
        self._write(unit, ticket, to, occasion, now)

    def _write(self, unit: Unit, ticket: Ticket, to: To, occasion: str, now: datetime) -> None:
        """Write one letter, and have it carried at once; see `casework.post.couriers`."""
        claim = self._claim(ticket, to)
        opens_it = occasion not in LINKLESS and opens(claim, ticket, self.district)
        link = self._links.url(claim, now) if opens_it else ""
        letter = (
            self._vault_letter(ticket, link)
            if is_vault(ticket)
            else self._letter(ticket, occasion, link, to.leg)
        )
        body = msgspec.json.encode(replace(letter, occasion=occasion, whom=to.whom))
        agency = self.district.desk if to.agency == DESK else to.agency
        envelope = Envelope(agency, ticket.code, claim.leg)
        put = leave if occasion == NEW and _is_out(ticket, claim.leg) else post
        put(unit, envelope, body, now)

    def _claim(self, ticket: Ticket, to: To) -> Claim:
        """Return what the letter's link allows: the leg's own agency, or a role of an office."""
        leg = ticket.leg(to.leg) or ticket.last_leg
        number = leg.number if leg else 0
        if to.agency == DESK:
            role = Role.VERIFIER if to.role is Role.AGENCY else to.role
            return Claim(ticket.code, number, role, self.district.desk)
        office = to.agency if to.role is not Role.AGENCY else ""
        return Claim(ticket.code, number, to.role, office)

    def _letter(self, ticket: Ticket, occasion: str, link: str, number: int) -> Written:
        say = self._voices["id"]  # offices work in Indonesian
        leg = ticket.leg(number) or ticket.last_leg
        agency = self.district.agencies.get(leg.agency) if leg else None
        service = self.district.services[ticket.service].label.id
        place = self.district.areas.get(ticket.area)
        where = f" {say('letter.where', area=place.name)}" if place else ""
        return Written(
            subject=say(f"letter.{occasion}_subject", service=service, priority=ticket.priority),
            text=say(
                f"letter.{occasion}",
                service=service,
                where=where,
                agency=agency.name.id if agency else "-",
                code=shown(ticket.code),
            ),
            link=link,
        )

    def _vault_letter(self, ticket: Ticket, link: str) -> Written:
        """Return a letter that says neither what it is about nor from where."""
        say = self._voices["id"]
        text = say("letter.vault" if link else "letter.vault_over", code=shown(ticket.code))
        return Written(subject=say("letter.vault_subject"), text=text, link=link)


def post(unit: Unit, to: Envelope, body: bytes, now: datetime) -> None:
    """Write a letter into *unit* together with the timer that has it carried."""
    number = unit.tell_agency(to.agency, to.code, to.leg, body, now)
    unit.set_timer(timer_of(number), LETTER_TIMER, now, b"")


def leave(unit: Unit, to: Envelope, body: bytes, now: datetime) -> None:
    """Write a letter into *unit* that is out by lying in our inbox: no courier is needed."""
    number = unit.tell_agency(to.agency, to.code, to.leg, body, now)
    delivery = Delivery(
        letter=number,
        turn=0,
        agency=to.agency,
        code=to.code,
        leg=to.leg,
        way=LIES,
        state=DeliveryState.SENT,
        at=now,
        attempts=1,
    )
    unit.keep_delivery(delivery)


def timer_of(letter: int) -> str:
    """Return the key of the timer that carries *letter*."""
    return f"{LETTER_TIMER}:{letter}"


def _is_out(ticket: Ticket, number: int) -> bool:
    """Tell whether the leg already counts as sent whose first letter is being written."""
    leg = ticket.leg(number)
    return leg is not None and leg.state is LegState.SENT


def _leg(ticket: Ticket, number: int) -> Leg:
    return ticket.leg(number) or ticket.legs[-1]
