"""What a citizen is told, unasked, about each thing that happens to their ticket."""

from datetime import timedelta

from msgspec import Struct

from conversations.hearing.answer_words import TAP
from conversations.messages import Choice, Reply
from conversations.news.notice_words import sentence
from conversations.news.ticket_words import awaited, service_name, standing
from conversations.say import Say
from referrals import events
from referrals.codes import shown
from referrals.district.directory import Priority
from referrals.events import Event
from referrals.roles import Sensitivity
from referrals.ticket import Ticket, TicketState
from registry_client.masking import hidden

LONGEST_QUOTE = 600  # letters of an office's message that still fit a few text messages
OWN_DOING = "the citizen did it, and was answered at once"
SOLVED = ("sudah", "belum")
RECEIVED = ("sudah_terima", "belum_terima")  # the same verbs, worded for what should have come
WHILE_WAITING = ("status", "petugas", "batal")  # under a sign of life that asks for nothing
AGAIN = ("buka",)  # under what a clock closed
WHAT_IS_ASKED = ("",)  # stands for whatever the ticket waits for
SOON = timedelta(days=1)  # after it was said to which office it goes
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
    events.OutcomeConfirmed: OWN_DOING,
    events.LegSent: "it is on its way: told when it has arrived",
    events.Reached: "it is the receipt of what was told",
    events.NotReached: "no message arrives: a person calls or visits",
    events.TakenOver: OWN_DOING,
    events.Joined: "who filed the other ticket hears of it there",
}
UNANSWERED = frozenset(TicketState) - {
    TicketState.RESOLVED,
    TicketState.DECLINED,
    TicketState.CLOSED,
    TicketState.VOID,
}
TOLD: dict[type[Event], Notice] = {
    events.Referred: Notice("notice.referred"),
    events.AgencyAdded: Notice("notice.agency_added"),
    events.LegDelivered: Notice("notice.leg_delivered"),
    events.LegUndeliverable: Notice("notice.leg_undeliverable"),
    events.LegRecalled: Notice("notice.leg_recalled"),
    events.Asked: Notice("notice.asked", ("jawab",)),
    events.WaitingEnded: Notice("notice.waiting_ended", AGAIN),
    events.DuplicateFound: Notice("notice.duplicate"),
    events.OutOfScopeFound: Notice("notice.out_of_scope"),
    events.Accepted: Notice("notice.accepted"),
    events.Returned: Notice("notice.returned"),
    events.AcceptanceOverdue: Notice("notice.overdue"),
    events.LegExpired: Notice("notice.returned"),
    events.Escalated: Notice("notice.referred"),
    events.PutOnHold: Notice("notice.on_hold"),
    events.Resumed: Notice("notice.resumed"),
    events.MilestoneReached: Notice("notice.milestone"),
    events.LeftToCentre: Notice("notice.milestone"),
    events.Resolved: Notice("notice.resolved", SOLVED),
    events.ResolvedInPart: Notice("notice.resolved_in_part", SOLVED),
    events.LegDone: Notice("notice.leg_done"),
    events.LegNotDone: Notice("notice.leg_not_done"),
    events.Declined: Notice("notice.declined", ("terima", "banding")),
    events.StillNotSolved: Notice("notice.still_not_solved"),
    events.AutoConfirmed: Notice("notice.auto_confirmed", AGAIN),
    events.DeclineUnopposed: Notice("notice.decline_unopposed", AGAIN),
    events.Overturned: Notice("notice.overturned"),
    events.OverturnedToDesk: Notice("notice.overturned"),
    events.Upheld: Notice("notice.upheld"),
    events.Reopened: Notice("notice.reopened"),
    events.ReopenedAtAgency: Notice("notice.reopened"),
    events.HandedOver: Notice("notice.handed_over"),
    events.Voided: Notice("notice.voided"),
    events.AbuseFound: Notice("notice.abuse_found"),
    events.SubjectGone: Notice("notice.subject_gone"),
    events.Reminded: Notice("notice.reminded", WHAT_IS_ASKED),
    events.Breached: Notice("notice.breached"),
    events.StillWaiting: Notice("notice.still", WHAT_IS_ASKED),
    events.OutcomeAsked: Notice("notice.outcome_asked", RECEIVED),
}


def notice(  # noqa: PLR0913 - what happened to which ticket, and how it may be told
    event: Event, ticket: Ticket, words: str, say: Say, proof: str = "", *, coded: bool = False
) -> Reply | Silent:
    """Return what the citizen of *ticket* is told about *event*, or why nothing.

    *words* is what the office wrote with it, *proof* leads to what it shows for its work. Numbers
    of persons in the words are masked; what the registry knows is never in them. A *coded* one,
    for a telephone of several people, does not name what the ticket is about.
    """
    if ticket.sensitivity is Sensitivity.VAULT:
        return Silent(SAFE)
    if reason := quiet(event, ticket):
        return Silent(reason)
    told = TOLD[type(event)]
    verbs = _verbs(told, ticket)
    head = f"{_name(ticket, say, coded=coded)} {sentence(told.key, event, ticket, say)}"
    shown_work = say("notice.proof", link=proof) if proof else _unshown(event, ticket, say)
    heard = (_quoted(words, say), shown_work, _answers(verbs, ticket, say))
    parts = (" ".join(head.split()), *heard)
    offered = verbs or (WHILE_WAITING if told.verbs is WHAT_IS_ASKED else ())
    choices = tuple(_button(name, ticket, say) for name in offered)
    return Reply("\n".join(part for part in parts if part), choices, unasked=True)


def _verbs(told: Notice, ticket: Ticket) -> tuple[str, ...]:
    """Return the answers offered: beside SUDAH and BELUM an appeal of what an office refused."""
    if told.verbs is WHAT_IS_ASKED:
        return asked(ticket)
    return (*SOLVED, "banding") if told.verbs is SOLVED and ticket.refused else told.verbs


def _unshown(event: Event, ticket: Ticket, say: Say) -> str:
    """Return that the office showed nothing for what it calls done, where its service wants it."""
    service = say.district.services.get(ticket.service)
    says_done = isinstance(event, events.Resolved | events.LegDone)
    return say("notice.no_proof") if says_done and service and service.proof else ""


def _button(name: str, ticket: Ticket, say: Say) -> Choice:
    """Return the button called answer.*name*; the part before "_" is what it means."""
    return Choice(f"{TAP}{name.partition('_')[0]}:{ticket.code}", say(f"answer.{name}"))


def file_lost(ticket: Ticket, say: Say) -> Reply | None:
    """Return that a file sent for *ticket* is not to be had, None where nobody needs it any more.

    It is asked for again by the ticket's code alone, which tells others nothing.
    """
    if ticket.sensitivity is Sensitivity.VAULT or ticket.state not in UNANSWERED:
        return None
    told = say("notice.file_lost", code=shown(ticket.code), typed=ticket.code)
    return Reply(
        told, (Choice(f"{TAP}jawab:{ticket.code}", say("notice.send_file")),), unasked=True
    )


def passed_on(ticket: Ticket, say: Say) -> Reply:
    """Return the short news of *ticket* for who filed the same case: it asks them for nothing."""
    now = standing(ticket, say)
    return Reply(say("notice.passed_on", code=shown(ticket.code), standing=now), unasked=True)


def quiet(event: Event, ticket: Ticket) -> str:
    """Return why the citizen is not told about *event*; empty where they are."""
    if isinstance(event, events.Referred) and event.at == ticket.opened_at:
        return "said with the ticket's code when it was filed"
    return QUIET.get(type(event), "")


def repeats(event: Event, before: Ticket) -> bool:
    """Tell whether *event* adds nothing to what the citizen of *before* was told of it already.

    To which office it goes was said with its code, or when it was referred: that its letter
    arrived there within the day is what everybody takes for granted, and costs a text message. It
    is news where lives are at stake, and to who agreed and has not heard of an office yet.
    """
    leg = before.leg(event.leg) if isinstance(event, events.LegDelivered) else None
    if leg is None or before.priority is Priority.P1:
        return False
    unheard = before.in_own_hands and leg.number == 1
    return event.at - leg.since < SOON and not unheard


def asked(ticket: Ticket) -> tuple[str, ...]:
    """Return the answers that *ticket* waits for now."""
    return awaited(ticket)


def _name(ticket: Ticket, say: Say, *, coded: bool) -> str:
    """Return which ticket it is; of a sensitive or *coded* one not what it is about."""
    private = coded or ticket.sensitivity is not Sensitivity.ORDINARY
    service = "" if private else service_name(ticket, say)
    key = "notice.named" if service else "notice.coded"
    return say(key, code=shown(ticket.code), service=service)


def _quoted(words: str, say: Say) -> str:
    """Return what the office wrote, without anybody's NIK or KK number."""
    masked = hidden(words.strip())[:LONGEST_QUOTE]
    return say("notice.words", words=masked) if masked else ""


def _answers(verbs: tuple[str, ...], ticket: Ticket, say: Say) -> str:
    """Return how to answer by typing, for telephones without buttons."""
    words = (name.partition("_")[0].upper() for name in verbs)
    typed = say("notice.or").join(f"{word} {ticket.code}" for word in words)
    key = "notice.reply_answer" if verbs == ("jawab",) else "notice.reply"
    return say(key, words=typed) if typed else ""
