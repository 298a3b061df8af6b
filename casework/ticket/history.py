"""The history of a ticket as one office may read it: every step, and the words that concern it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from casework.ticket.spoken import Spoken
from casework.ticket.views import Told
from conversations.messages import Place
from conversations.say import Say, Voices
from referrals.district.words import Words
from referrals.events import ConsentAwaited, ConsentGiven
from referrals.happened import LegHappened, tag
from referrals.leg_events import Escalated, Returned
from referrals.log import Entry
from referrals.roles import SIDES, Role
from referrals.ticket import Actor, Leg, LegState

GIVEN_BACK = frozenset(
    {LegState.RETURNED, LegState.EXPIRED, LegState.UNDELIVERABLE, LegState.RECALLED}
)
CITIZENS = frozenset({Role.CITIZEN, Role.FACILITATOR})


class Reader(Struct, frozen=True):
    """Who reads: the desk reads all words, an agency those of its own leg and of the citizen."""

    leg: Leg
    role: Role = Role.AGENCY
    vault: bool = False

    @property
    def desk(self) -> bool:
        """Whether it reads the ticket as a whole, to find an office or to judge one."""
        return self.role not in SIDES

    @property
    def gave_back(self) -> bool:
        """Whether it is an agency that has this ticket no longer."""
        return not self.desk and self.leg.state in GIVEN_BACK

    def until_its_end(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Return *entries*, for an agency that gave its leg back only up to the leg's end."""
        if not self.gave_back:
            return entries
        own = [at for at, entry in enumerate(entries) if leg_of(entry) == self.leg.number]
        return entries[: own[-1] + 1] if own else ()

    def may_hear(self, entry: Entry) -> bool:
        """Tell whether the words of *entry* are for this reader; a witness is the desk's."""
        if self.desk:
            return True
        if entry.actor.role in CITIZENS:
            return not (self.gave_back or isinstance(entry.event, ConsentGiven))
        own = entry.actor == Actor(Role.AGENCY, self.leg.agency)
        return own or leg_of(entry) == self.leg.number or self._led_here(entry)

    def _led_here(self, entry: Entry) -> bool:
        """Tell whether *entry* ended the leg before, so that its reason explains this one."""
        ended = isinstance(entry.event, Returned | Escalated)
        return ended and leg_of(entry) == self.leg.number - 1


def heard(
    reader: Reader, entries: Sequence[Entry], spoken: Mapping[int, Spoken], *, citizens: bool
) -> dict[int, Spoken]:
    """Return those of *spoken* that are for *reader*; the citizen's own only where *citizens*."""
    return {
        entry.seq: spoken[entry.seq]
        for entry in reader.until_its_end(entries)
        if entry.seq in spoken
        and reader.may_hear(entry)
        and (citizens or entry.actor.role not in CITIZENS)
    }


def leg_of(entry: Entry) -> int | None:
    """Return the number of the leg that *entry* is about, or None."""
    return entry.event.leg if isinstance(entry.event, LegHappened) else None


def history(
    reader: Reader, entries: Sequence[Entry], spoken: Mapping[int, Spoken], voices: Voices
) -> Iterator[tuple[datetime, Told]]:
    """Yield when each step was taken and what *reader* may read of it, the oldest first.

    *spoken* are the words that may be read at all, see `heard`.
    """
    for entry in reader.until_its_end(entries):
        said = spoken.get(entry.seq)
        key = f"history.{tag(type(entry.event))}"
        if said and isinstance(entry.event, ConsentGiven):
            key = "history.consent_witnessed"
        both = {
            code: f"{_line(voices[code], key, said, reader)}{_how(voices[code], entry)}"
            for code in ("id", "en")
        }
        yield entry.at, Words(id=both["id"], en=both["en"])


def point(place: Place) -> str:
    """Return *place* as an officer can type it into a map."""
    return f"({place.latitude:.5f}, {place.longitude:.5f})"


def _how(say: Say, entry: Entry) -> str:
    """Return who filed it for somebody else, or how that person agreed, else nothing."""
    match entry.event:
        case ConsentAwaited(relation=relation):
            return f" ({say('history.filed_by', who=say(f'history.by_{relation}'))})"
        case ConsentGiven(method=method):
            return f" ({say(f'history.agreed_{method}')})"
        case _:
            return ""


def _line(say: Say, key: str, said: Spoken | None, reader: Reader) -> str:
    if said is None:
        return say(key)
    files = say("letter.files", count=len(said.attachments)) if said.attachments else ""
    where = said.place if not reader.vault else None
    place = say("letter.place", place=point(where)) if where else ""
    return ": ".join(part for part in (say(key), said.text, files, place) if part)
