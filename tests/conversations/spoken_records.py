"""Questions, answers and records as a transcript writes them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from conversations.deeds import OnTicket
from conversations.messages import Attachment, Place
from conversations.turn import (
    AskLater,
    CountProof,
    FindTicket,
    FindTickets,
    GiveConsent,
    LookUp,
    OpenTicket,
    Question,
    Record,
    Start,
    Stop,
)
from referrals.codes import shown
from referrals.ticket import ClosedBecause, Leg, LegState, Ticket, TicketState
from registry_client.answers import (
    Answer,
    Edition,
    Listed,
    NeedsPerson,
    NotFound,
    NotMatched,
    Pending,
    Programme,
    TooManyTries,
    Unavailable,
)
from tests.conversations.town import DISTRICT

EDITION = Edition("DTSEN 2026-T3", date(2026, 7, 10))
FIXED: dict[str, Answer] = {
    "NotFound": NotFound(EDITION),
    "NotMatched": NotMatched(EDITION),
    "NeedsPerson": NeedsPerson(),
    "TooManyTries": TooManyTries(),
    "Unavailable": Unavailable(),
    "Pending": Pending(),
}


def asked(question: Question) -> str:
    """Return *question* as a transcript writes it after "? "."""
    match question:
        case LookUp(nik, proof):
            return f"LookUp nik=...{nik.last_four} proof={proof}"
        case FindTickets():
            return "FindTickets"
        case FindTicket(code, proof):
            return f"FindTicket {shown(code)}" + (f" proof={proof}" if proof else "")


def answer(line: str) -> Answer:
    """Return the registry's answer in *line*: ``Listed desil 2, PKH, PBI-JK inactive``."""
    if line in FIXED:
        return FIXED[line]
    first, *programmes = line.removeprefix("Listed ").split(", ")
    desil = first.removeprefix("desil ")
    return Listed(
        None if desil == "none" else int(desil),
        tuple(_programme(programme) for programme in programmes),
        EDITION,
    )


def _programme(text: str) -> Programme:
    """Return ``PKH``, ``PKH inactive`` or ``PKH (Triwulan 2)``."""
    name, _, period = text.removesuffix(")").partition(" (")
    return Programme(name.removesuffix(" inactive"), not name.endswith(" inactive"), period)


def ticket(line: str) -> Ticket:
    """Return the ticket in *line*: ``482109375 RTLH in_progress dinas-perkim 2026-08-20``."""
    code, service, state, agency, since, *expected = line.split()
    rows = DISTRICT.services[service]
    state, _, because = state.partition(":")
    at = datetime.fromisoformat(since).replace(hour=3, tzinfo=UTC)
    leg = Leg(
        number=1,
        agency=agency,
        state=LegState.ACCEPTED,
        since=at,
        expected=date.fromisoformat(expected[0]) if expected else None,
    )
    return Ticket(
        code=code.replace(".", ""),
        service=service,
        area="",
        state=TicketState(state),
        since=at,
        opened_at=at,
        priority=rows.priority,
        sensitivity=rows.sensitivity,
        legs=() if agency == "-" else (leg,),
        closed_because=ClosedBecause(because) if because else None,
    )


def recorded(record: Record) -> str:
    """Return *record* as a transcript writes it after "! "."""
    match record:
        case GiveConsent(version, language):
            return f"GiveConsent {version} {language}"
        case OpenTicket():
            return _opened(record)
        case CountProof(subject):
            return f"CountProof ...{subject[-4:]}"
        case AskLater(question):
            return f"AskLater {asked(question)}"
        case Stop() | Start():
            return type(record).__name__
        case _:
            parts = (f"{type(record).__name__} {shown(record.code)}", *_told(record))
            return " | ".join(parts)


def _opened(record: OpenTicket) -> str:
    draft = record.draft
    urgency = [draft.priority.value] if draft.priority else []
    answers = [f"{a.key}={a.shown}" for a in draft.answers]
    parts = [shown(record.code), draft.service, *urgency, record.area, *answers]
    return "OpenTicket " + " | ".join(filter(None, parts))


def _told(record: OnTicket) -> Iterator[str]:
    """Yield what a deed says beside its code: what was left out is not written."""
    for name in record.__struct_fields__[1:]:
        match getattr(record, name):
            case None | "" | () | False:
                pass
            case True:
                yield name
            case Place():
                yield "place"
            case (Attachment(), *_) as files:
                yield from (file.kind for file in files)
            case value:
                yield str(value)
