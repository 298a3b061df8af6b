"""What a citizen's question to the world was, as the audit keeps it."""

from datetime import datetime

import msgspec
from msgspec import Struct

from casework.trail.actions import CITIZEN, Action
from conversations.messages import Address, Channel
from conversations.turn import (
    Event,
    FindTicket,
    LookUp,
    Question,
    RegistryAnswered,
    Said,
    TicketsFound,
)
from registry_client.answers import Listed, NeedsPerson, NotMatched, Pending, Unavailable
from storage.audit.reading import AuditLine
from storage.store import Store
from storage.unit import Unit

TOLD = Listed | NotMatched | NeedsPerson  # answers that only a right proof brings
RIGHT = frozenset({Action.LOOK_UP, Action.FIND})  # looks that only a right proof brings
NOTHING = Pending | Unavailable  # nobody's data were seen


class Asker(Struct, frozen=True, omit_defaults=True):
    """What is sealed of a look: who asked, about whom, and what kind of answer they got."""

    channel: str
    id: str
    nik: str = ""
    answer: str = ""

    def __repr__(self) -> str:
        return f"Asker({self.channel})"


class Look(Struct, frozen=True):
    """One look of a citizen; `note` keeps it."""

    action: Action
    asker: Asker
    code: str = ""

    def note(self, unit: Unit, now: datetime) -> None:
        """Write it into *unit*, which shows the citizen what they asked for."""
        detail = msgspec.json.encode(self.asker)
        subject = self.asker.nik or None
        unit.note(CITIZEN, self.action, now, code=self.code, subject=subject, detail=detail)


def asker_of(store: Store, line: AuditLine) -> Address | None:
    """Return who asked in *line*, a citizen's look; None where that was erased."""
    detail = store.audit_detail(line)
    if not detail:
        return None
    asker = msgspec.json.decode(detail, type=Asker)
    return Address(Channel(asker.channel), asker.id)


async def proved_before(store: Store, citizen: Address, subject: str) -> bool:
    """Tell whether *citizen* gave a right proof of *subject*, a NIK or a ticket's code, before.

    The audit knows, for as long as the district keeps who looked.
    """
    lines = await store.looks_at([subject], [subject])
    return any(line.action in RIGHT and asker_of(store, line) == citizen for line in lines)


def look_of(citizen: Address, question: Question | None, answer: Event) -> Look | None:
    """Return the look that *question* was, by its *answer*; own tickets are not looked *at*."""
    if isinstance(answer, Said):
        return None
    match answer, question:
        case RegistryAnswered(found, LookUp(nik)), _ if not isinstance(found, NOTHING):
            told = isinstance(found, TOLD)
            kind = type(found).__name__
            asker = Asker(citizen.channel, citizen.id, nik.digits, kind)
            return Look(Action.LOOK_UP if told else Action.LOOK_UP_REFUSED, asker)
        case TicketsFound(tickets), FindTicket(code, proof) if proof:
            asker = Asker(citizen.channel, citizen.id)
            return Look(Action.FIND if tickets else Action.FIND_REFUSED, asker, code)
        case _:
            return None
