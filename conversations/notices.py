"""What a citizen is told, unasked, about each thing that happens to their ticket."""

from msgspec import Struct

from conversations.days import day
from conversations.messages import Choice, Reply
from conversations.say import Say
from conversations.ticket_words import agency_called, service_name
from referrals import events
from referrals.codes import shown
from referrals.directory import Sensitivity
from referrals.events import Event
from referrals.happened import LegHappened
from referrals.ticket import Ticket
from registry_client.masking import hidden

LONGEST = 600  # letters of an office's message that still fit a few text messages
OWN_DOING = "the citizen did it, and was answered at once"
SAFE = "a vault ticket: only its own officer writes, in the way and at the hours that are safe"


class Silent(Struct, frozen=True):
    """Nothing is sent, for this reason."""

    reason: str


class Notice(Struct, frozen=True):
    """How one kind of event is told: a wording key, and the answers offered under it."""

    key: str
    verbs: tuple[str, ...] = ()


QUIET: dict[type[Event], str] = {
    events.Submitted: OWN_DOING,
    events.ConsentAwaited: "the facilitator who filed it asks for the consent",
    events.ConsentGiven: OWN_DOING,
    events.ConsentRefused: "nothing is kept of it, not even where to write",
    events.Answered: OWN_DOING,
    events.Added: OWN_DOING,
    events.Confirmed: OWN_DOING,
    events.Rated: OWN_DOING,
    events.NotSolved: OWN_DOING,
    events.DeclineAccepted: OWN_DOING,
    events.Appealed: OWN_DOING,
    events.Withdrawn: OWN_DOING,
    events.NotReceived: OWN_DOING,
}
TOLD: dict[type[Event], Notice] = {
    events.Referred: Notice("notice.referred"),
    events.Asked: Notice("notice.asked", ("jawab",)),
    events.WaitingEnded: Notice("notice.waiting_ended"),
    events.DuplicateFound: Notice("notice.duplicate"),
    events.OutOfScopeFound: Notice("notice.out_of_scope"),
    events.Accepted: Notice("notice.accepted"),
    events.Returned: Notice("notice.returned"),
    events.AcceptanceOverdue: Notice("notice.overdue"),
    events.LegExpired: Notice("notice.returned"),
    events.Escalated: Notice("notice.referred"),
    events.PutOnHold: Notice("notice.on_hold"),
    events.Resumed: Notice("notice.resumed"),
    events.Resolved: Notice("notice.resolved", ("sudah", "belum")),
    events.Declined: Notice("notice.declined", ("terima", "banding")),
    events.StillNotSolved: Notice("notice.still_not_solved"),
    events.AutoConfirmed: Notice("notice.auto_confirmed"),
    events.Overturned: Notice("notice.overturned"),
    events.OverturnedToDesk: Notice("notice.overturned"),
    events.Upheld: Notice("notice.upheld"),
    events.Reopened: Notice("notice.reopened"),
    events.ReopenedAtAgency: Notice("notice.reopened"),
    events.HandedOver: Notice("notice.handed_over"),
    events.Voided: Notice("notice.voided"),
}


def notice(event: Event, ticket: Ticket, words: str, say: Say) -> Reply | Silent:
    """Return what the citizen of *ticket* is told about *event*, or why nothing.

    *words* is what the office wrote with it. Numbers of persons in it are masked; what the
    registry knows is never in it.
    """
    if ticket.sensitivity is Sensitivity.VAULT:
        return Silent(SAFE)
    if reason := quiet(event, ticket):
        return Silent(reason)
    told = TOLD[type(event)]
    parts = (_head(told, event, ticket, say), _quoted(words, say), _answers(told, ticket, say))
    choices = tuple(
        Choice(f"ticket:{verb}:{ticket.code}", say(f"answer.{verb}")) for verb in told.verbs
    )
    return Reply("\n".join(part for part in parts if part), choices, unasked=True)


def quiet(event: Event, ticket: Ticket) -> str:
    """Return why the citizen is not told about *event*; empty where they are."""
    if isinstance(event, events.Referred) and event.at == ticket.opened_at:
        return "said with the ticket's code when it was filed"
    return QUIET.get(type(event), "")


def _head(told: Notice, event: Event, ticket: Ticket, say: Say) -> str:
    """Return what happened, and to which ticket."""
    sentence = say(told.key, agency=_agency(event, ticket, say), **_details(event, say))
    private = ticket.sensitivity is not Sensitivity.ORDINARY
    service = "" if private else service_name(ticket, say)
    name = say(
        "notice.named" if service else "notice.coded", code=shown(ticket.code), service=service
    )
    return f"{name} {sentence}".rstrip()


def _agency(event: Event, ticket: Ticket, say: Say) -> str:
    """Return the office that *event* is about, else the one that has the ticket."""
    match event:
        case events.Referred(agency=code) | events.Escalated(agency=code):
            return agency_called(code, say)
        case LegHappened(leg=number) if leg := ticket.leg(number):
            return agency_called(leg.agency, say)
        case _:
            return agency_called(say.district.desk, say)


def _details(event: Event, say: Say) -> dict[str, str]:
    match event:
        case events.Accepted(expected=expected):
            date = say("notice.expected", date=day(expected, say)) if expected else ""
            return {"expected": date}
        case events.PutOnHold(review=review):
            return {"date": day(review, say)}
        case events.Declined(reason=reason):
            return {"reason": say(f"reason.{reason}")}
        case events.HandedOver(system=system, number=number):
            return {"system": system, "number": number}
        case events.DuplicateFound(of=code):
            return {"other": shown(code)}
        case _:
            return {}


def _quoted(words: str, say: Say) -> str:
    """Return what the office wrote, without anybody's NIK or KK number."""
    masked = hidden(words.strip())[:LONGEST]
    return say("notice.words", words=masked) if masked else ""


def _answers(told: Notice, ticket: Ticket, say: Say) -> str:
    """Return how to answer by typing, for telephones without buttons."""
    typed = say("notice.or").join(f"{verb.upper()} {ticket.code}" for verb in told.verbs)
    return say("notice.reply", words=typed) if typed else ""
