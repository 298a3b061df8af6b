"""A ticket as its citizen reads it on the page where tickets are looked up."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from casework.citizen.finding import is_claimable
from casework.citizen.office_words import Wrote, written
from casework.files.evidence import PROVEN
from conversations.hearing.answer_words import Verb, Wanted
from conversations.news.case import Case, case_of
from conversations.news.shares import Share
from conversations.news.ticket_story import story
from conversations.news.ticket_words import (
    ANSWERS,
    actions,
    agency_called,
    service_name,
    standing,
)
from conversations.say import Say
from conversations.tickets.answers import meant
from referrals.log import Entry
from referrals.ticket import Ticket, TicketState
from storage.shelf.files import KeptFile

ON_PAGE = ("sudah", "terima", "belum", "banding", "jawab", "sudah_terima", "belum_terima", "buka")
"""What can be answered on the page, as answer.* names it. Taking a ticket back is left to the
telephone it came from: whoever makes somebody do that may be the one who looks."""


class Proof(Struct, frozen=True):
    """A photo or document that an office shows for its work."""

    seq: int
    place: int
    kind: str  # media type
    agency: str  # its name
    at: datetime


class Tracked(Struct, frozen=True, kw_only=True):
    """One ticket, told as the chat tells it, in one language."""

    code: str
    service: str
    standing: str
    since: datetime
    state: TicketState
    story: tuple[str, ...]  # whose turn it is, by when, and what else is known
    offices: tuple[str, ...] = ()  # what each has done, where several have their share
    verbs: tuple[str, ...] = ()  # what can be answered here, as answer.* names it
    shares: Mapping[str, tuple[Share, ...]] = {}  # of a verb, where it could mean several
    proofs: tuple[Proof, ...] = ()
    said: tuple[Wrote, ...] = ()  # the newest words of its offices
    claimable: bool = False  # somebody else filed it; whom it is for may take it over

    @property
    def yours(self) -> bool:
        """Whether the citizen is waited for."""
        return self.state in ANSWERS


def tracked(  # noqa: PLR0913, PLR0917 - a ticket, all that was read of it, when, and for whom
    ticket: Ticket,
    entries: Sequence[Entry],
    kept: Sequence[KeptFile],
    words: Mapping[int, bytes],
    now: datetime,
    say: Say,
) -> Tracked:
    """Return *ticket*, which is no vault ticket, as it stands *now*."""
    told = story(ticket, now, say)  # what it is and where it stands has its own place
    case = case_of(ticket, now, say)
    verbs = offered(ticket, now)
    return Tracked(
        code=ticket.code,
        service=service_name(ticket, say),
        standing=standing(ticket, say),
        since=ticket.since,
        state=ticket.state,
        story=(*told.lines, *told.after),
        offices=told.offices,
        verbs=verbs,
        shares=shares_of(verbs, case),
        proofs=tuple(_proofs(ticket, entries, kept, say)),
        said=written(ticket, entries, words, say),
        claimable=is_claimable(ticket),
    )


def offered(ticket: Ticket, now: datetime, names: tuple[str, ...] = ON_PAGE) -> tuple[str, ...]:
    """Return which of *names* can be answered to *ticket*: those of the page, or of a call."""
    fits = actions(ticket, now)
    return tuple(name for name in names if name in fits)


def shares_of(names: tuple[str, ...], case: Case) -> dict[str, tuple[Share, ...]]:
    """Return the shares that each of *names* could mean, where there are several."""
    found = {name: _shares(name, case) for name in names}
    return {name: several for name, several in found.items() if several}


def verb_of(name: str) -> Verb:
    """Return the verb of an answer's *name*: "belum_terima" is a BELUM too."""
    return Verb(name.partition("_")[0])


def _shares(name: str, case: Case) -> tuple[Share, ...]:
    several = meant(Wanted(verb_of(name)), case)
    return several if len(several) > 1 else ()


def _proofs(
    ticket: Ticket, entries: Sequence[Entry], kept: Sequence[KeptFile], say: Say
) -> Iterator[Proof]:
    """Yield what offices showed for their work, the newest first."""
    for entry in reversed(entries):
        if not isinstance(entry.event, PROVEN):
            continue
        leg = ticket.leg(entry.event.leg)
        agency = agency_called(leg.agency if leg else "", say)
        files = sorted((f for f in kept if f.seq == entry.seq), key=lambda file: file.place)
        for file in files:
            yield Proof(entry.seq, file.place, file.kind, agency, entry.at)
