"""Questions, answers and records as a transcript writes them."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from conversations.messages import Attachment, Place
from conversations.records.deeds import OnTicket
from conversations.records.linked import FindLink, LinkNumber, OfferLink, OnLinks, Unlink, UseLink
from conversations.records.own import EraseMe, TakeConsentBack
from conversations.records.parties import Another, FindConsents
from conversations.records.proofs import CountProof
from conversations.records.sightings import AboutMeFound, Sighting
from conversations.turn import (
    AboutMe,
    AgreeToNotice,
    AskLater,
    CorrectMe,
    FindTicket,
    FindTickets,
    LookUp,
    OnMyself,
    OpenTicket,
    Question,
    Record,
    Start,
    Stop,
)
from referrals.clocks import Clock, Running
from referrals.codes import shown
from referrals.district.directory import Privacy
from referrals.ticket import (
    Aftercare,
    ClosedBecause,
    Leg,
    LegState,
    Ticket,
    TicketState,
)
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
    "TooManyTries": TooManyTries(date(2026, 9, 4)),
    "Unavailable": Unavailable(),
    "Pending": Pending(),
}


def asked(question: Question) -> str:
    """Return *question* as a transcript writes it after "? "."""
    match question:
        case FindLink(code):
            return f"FindLink {code}"
        case AboutMe(nik, proof=proof):
            told = f" nik=...{nik[-4:]}" if nik else ""
            return f"AboutMe{told}" + (f" proof={proof}" if proof else "")
        case LookUp(nik, proof):
            return f"LookUp nik=...{nik.last_four} proof={proof}"
        case FindTickets(proof):
            return "FindTickets" + (f" proof={proof}" if proof else "")
        case FindConsents(agrees, code, number=number):
            said = {True: "yes", False: "no", None: "unsaid"}[agrees]
            named = (shown(code) if code else "", f"number={number}" if number else "")
            return " ".join(part for part in ("FindConsents", said, *named) if part)
        case FindTicket(code, proof, claims):
            found = "FindClaim" if claims else "FindTicket"
            return f"{found} {shown(code)}" + (f" proof={proof}" if proof else "")


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


def kept(line: str) -> AboutMeFound:
    """Return what is kept: ``going 482109379 ended 2 seen dinsos-data:page:2``."""
    parts = line.split()
    after = {name: parts[parts.index(name) + 1] for name in ("going", "ended") if name in parts}
    seen = parts[parts.index("seen") + 1 :] if "seen" in parts else []
    return AboutMeFound(
        going=tuple(code for code in after.get("going", "").split(",") if code),
        ended=int(after.get("ended", 0)),
        seen=tuple(_sighting(each) for each in seen),
        copy="https://contoh.example/data/x",
        shared=line == "shared",
    )


def _sighting(text: str) -> Sighting:
    who, action, times = text.split(":")
    at = datetime(2026, 8, 21, 3, tzinfo=UTC)
    return Sighting(who=who, action=action, code="", times=int(times), last=at)


def _programme(text: str) -> Programme:
    """Return ``PKH``, ``PKH inactive`` or ``PKH (Triwulan 2)``."""
    name, _, period = text.removesuffix(")").partition(" (")
    return Programme(name.removesuffix(" inactive"), not name.endswith(" inactive"), period)


def ticket(line: str) -> Ticket:
    """Return the ticket in *line*: ``482109379 RTLH in_progress dinas-perkim 2026-08-20``.

    An agency that several have a share with is one of ``dinas-perkim:done,baznas``; the day an
    office expects to be done may follow, and what else is known: ``reopens=1 outcome=asked``.
    """
    code, service, state, agencies, since, *more = line.split()
    rows = DISTRICT.services[service]
    state, _, because = state.partition(":")
    at = datetime.fromisoformat(since).replace(hour=3, tzinfo=UTC)
    known = dict(each.split("=") for each in more if "=" in each)
    expected = [date.fromisoformat(each) for each in more if "=" not in each]
    named = () if agencies == "-" else agencies.split(",")
    legs = tuple(_leg(n, name, at, expected, known) for n, name in enumerate(named, 1))
    return Ticket(
        code=code.replace(".", ""),
        service=service,
        area="",
        state=TicketState(state),
        since=at,
        opened_at=at,
        priority=rows.priority,
        sensitivity=rows.sensitivity,
        legs=legs,
        closed_because=ClosedBecause(because) if because else None,
        **_known(known),
    )


KNOWN: dict[str, Callable[[str], object]] = {
    "reopens": int,
    "level": int,
    "cooling_hours": int,
    "milestone": str,
    "outcome": Aftercare,
    "privacy": Privacy,
    "clocks": lambda value: tuple(_running(each) for each in value.split(",")),
}
STARTED = datetime(2026, 8, 20, 3, tzinfo=UTC)
OF_LEG_1 = {Clock.C2, Clock.C3, Clock.C4, Clock.C7}


def _known(known: dict[str, str]) -> dict[str, Any]:
    return {name: KNOWN[name](value) for name, value in known.items() if name in KNOWN}


def _running(name: str) -> Running:
    """Return the clock called so, of the first leg where legs have it."""
    return Running(Clock(name), STARTED, int(Clock(name) in OF_LEG_1))


def _leg(number: int, name: str, at: datetime, expected: list[date], known: dict[str, str]) -> Leg:
    agency, _, state = name.partition(":")
    review = known.get("review")
    return Leg(
        number=number,
        agency=agency,
        state=LegState(state or "working"),
        since=at,
        expected=expected[0] if expected else None,
        review=date.fromisoformat(review) if review else None,
        stage=known.get("stage", ""),
        with_centre=STARTED if "centre" in known else None,
    )


def recorded(record: Record) -> str:
    """Return *record* as a transcript writes it after "! "."""
    match record:
        case AgreeToNotice(version, language):
            return f"AgreeToNotice {version} {language}"
        case OpenTicket():
            return _opened(record)
        case CountProof(subject):
            return f"CountProof ...{subject[-4:]}"
        case AskLater(question):
            return f"AskLater {asked(question)}"
        case (OfferLink() | UseLink() | LinkNumber() | Unlink()) | (
            EraseMe() | TakeConsentBack() | CorrectMe() | Stop() | Start()
        ):
            return _about_themselves(record)
        case _:
            parts = (f"{type(record).__name__} {shown(record.code)}", *_told(record))
            return " | ".join(parts)


def _about_themselves(record: OnMyself | OnLinks | Stop | Start) -> str:
    match record:
        case OfferLink(code) | UseLink(code):
            return f"{type(record).__name__} {code}"
        case LinkNumber(number):
            return f"LinkNumber ...{number[-4:]}"
        case CorrectMe(wish):
            return f"CorrectMe {_opened(wish)}"
        case EraseMe(proof) | TakeConsentBack(proof) if proof:
            return f"{type(record).__name__} proof={proof}"
        case _:
            return type(record).__name__


def _opened(record: OpenTicket) -> str:
    draft = record.draft
    urgency = [draft.priority.value] if draft.priority else []
    first = (draft.first,) if draft.first else ()
    answers = [f"{a.key}={a.shown}" for a in (*first, *draft.answers)]
    parts = [shown(record.code), draft.service, *urgency, record.area, *answers]
    parts += _for_another(record.another) if record.another else []
    return "OpenTicket " + " | ".join(filter(None, parts))


def _for_another(another: Another) -> list[str]:
    """Return how *another* is told: ``for neighbour, reply: +6281200000002``."""
    told = (another.phone or another.witness, *(file.kind for file in another.attachments))
    how = " ".join(filter(None, told))
    return [f"for {another.relation}, {another.method}" + (f": {how}" if how else "")]


def _told(record: OnTicket) -> Iterator[str]:
    """Yield what a deed says beside its code: what was left out is not written."""
    for name in record.__struct_fields__[1:]:
        match getattr(record, name):
            case None | "" | () | False | 0:
                pass
            case int(leg) if name == "share":
                yield f"share {leg}"
            case True:
                yield name
            case Place():
                yield "place"
            case (Attachment(), *_) as files:
                yield from (file.kind for file in files)
            case value:
                yield str(value)
