"""YA, TIDAK or KLAIM of whoever somebody else filed a ticket for, at whatever step they say it.

What waits for such an answer is looked for only when one comes: by its button, with the ticket's
code, or as a bare word that the question under way does not understand.
"""

from typing import TypeVar

from msgspec import Struct

from conversations.asleep import ANSWERING
from conversations.first import AskConsent, Greeting, Without
from conversations.hearing.words import plain
from conversations.memory import Memory
from conversations.menu import Menu
from conversations.messages import Channel, Choice, Inbound, Reply
from conversations.news.ticket_words import service_name
from conversations.personal.sure import surely
from conversations.records.deeds import Agree, Disagree
from conversations.records.parties import ConsentsFound, FindConsents, Relation
from conversations.say import Say
from conversations.tickets.track import Shown
from conversations.turn import AgreeToNotice, Event, Said, State, Turn, ask
from referrals.codes import read_code, shown
from referrals.directory import Sensitivity
from referrals.ticket import Ticket

YES_TAP, NO_TAP = "ticket:setuju:", "ticket:tolak:"
LONGEST = 40  # letters; a longer message says something else
YES = ("ya", "iya", "y", "yes", "setuju", "boleh", "agree", "inggih", "nggih")
NO = ("tidak", "tdk", "gak", "ga", "nggak", "no", "tolak", "jangan", "disagree", "mboten")
WORDS = {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}
CLAIMS = ("klaim", "claim")
BESIDE = frozenset({"saya", "sy", "setuju", "mau", "pak", "bu", "kak", "min", "agree", "i", "do"})
"""What may stand beside the word."""
UNASKING = (Menu, Greeting, Without, Shown)  # states to which a bare YA is no answer
WELCOMING = (Greeting, AskConsent, Without)  # whoever agrees is past these
Remembering = TypeVar("Remembering", bound=Memory)


class Answer(Struct, frozen=True):
    """YA or TIDAK, and to which ticket, where that was said.

    *agrees* is None for KLAIM: who was asked for their consent need only give it.
    """

    agrees: bool | None
    code: str = ""


def read(message: Inbound) -> Answer | None:
    """Return the answer that *message* surely is, or None."""
    if message.picked is not None:
        return _tapped(message.picked)
    if len(message.text) > LONGEST:
        return None
    first, _, rest = message.text.strip().partition(" ")
    word = first.rstrip(".,!").lower()
    if word in CLAIMS and (code := read_code(rest)):
        return Answer(None, code)
    agrees = WORDS.get(word)
    if agrees is None:
        return None
    beside = {word for word in plain(rest).split() if not word.isdigit()}
    return Answer(agrees, read_code(rest) or "") if beside <= BESIDE else None


def looked(
    before: Remembering, event: Event, after: Remembering, turn: Turn
) -> tuple[Remembering, Turn]:
    """Return *after* and *turn*, or the question whether a ticket waits for this answer."""
    if not isinstance(event, Said) or event.looked:
        return after, turn
    answer = read(event.message)
    if answer is None or not (answer.code or _lost(before, after)):
        return after, turn
    question = FindConsents(answer.agrees, answer.code, event.message, event.token)
    return before, Turn(before.state, question=question)


def unfound(event: Event) -> Event:
    """Return the message itself where no ticket waits for it, so that it is heard as any other."""
    if not isinstance(event, ConsentsFound):
        return event
    unasked = event.asked.agrees is None and event.relation is None
    if unasked or not event.tickets:
        return Said(event.asked.message, event.asked.token, looked=True)
    return event


def answered(memory: Memory, event: ConsentsFound, say: Say) -> Turn:
    """Record the answer, and ask again what was asked; of several tickets one must be named."""
    match event.tickets:
        case (ticket, *_) if event.relation:
            greets = isinstance(memory.state, Greeting)
            state = Greeting(asked=True) if greets else memory.state
            return Turn(state, (request(ticket, event.relation, say),))
        case (ticket,) if event.asked.agrees:
            return _agreed(memory, ticket, say)
        case (ticket,):
            return _refused(memory, ticket, event, say)
        case tickets:
            codes = ", ".join(ticket.code for ticket in tickets)
            return _told(memory.state, say("another.which", codes=codes), memory, say)


def request(ticket: Ticket, relation: Relation, say: Say) -> Reply:
    """Return what the person is asked for whom *ticket* was filed; nothing sensitive is named."""
    open_ = ticket.sensitivity is Sensitivity.ORDINARY
    about = f" {say('another.about', service=service_name(ticket, say))}" if open_ else ""
    who, us = say(f"another.by_{relation}"), say.district.service_name
    text = say("another.request", us=us, who=who, about=about, code=ticket.code)
    choices = (
        Choice(YES_TAP + ticket.code, say("another.agree")),
        Choice(NO_TAP + ticket.code, say("another.disagree")),
    )
    return Reply(text, choices, unasked=True)


def goes_on(ticket: Ticket, say: Say) -> Reply:
    """Return the last word to who filed *ticket*: from now on its person is told."""
    return Reply(say("another.goes_on", code=shown(ticket.code)), unasked=True)


def ended(ticket: Ticket, say: Say) -> Reply:
    """Return what who filed *ticket* hears when nobody agreed: not whether there was a no."""
    return Reply(say("another.ended", code=shown(ticket.code)), unasked=True)


def unreached(ticket: Ticket, say: Say) -> Reply:
    """Return what helps where our question never reached the person of *ticket*."""
    return Reply(say("another.unreached", code=shown(ticket.code)), unasked=True)


def taken_over(ticket: Ticket, say: Say) -> Reply:
    """Return the last word to who filed *ticket*, which its person holds from now on."""
    return Reply(say("claim.passed", code=shown(ticket.code)), unasked=True)


def _tapped(value: str) -> Answer | None:
    for tap, agrees in ((YES_TAP, True), (NO_TAP, False)):
        code = value.removeprefix(tap)
        if value.startswith(tap) and read_code(code) == code:
            return Answer(agrees, code)
    return None


def _lost(before: Memory, after: Memory) -> bool:
    """Say whether a bare word meant nothing to the question under way."""
    if before.stopped:
        return not isinstance(before.state, ANSWERING)
    return after.misses > before.misses or isinstance(before.state, UNASKING)


def _agreed(memory: Memory, ticket: Ticket, say: Say) -> Turn:
    """Thank them; who is new agreed to the notice as well, and is not asked for it again."""
    told, deed = say("another.agreed", code=shown(ticket.code)), Agree(ticket.code)
    version = say.district.consent_version
    if memory.consent == version:
        return _told(memory.state, told, memory, say, deed)
    told = f"{told} {say('another.notice')}"
    state = Menu() if isinstance(memory.state, WELCOMING) else memory.state
    return _told(state, told, memory, say, deed, AgreeToNotice(version, memory.language))


def _refused(memory: Memory, ticket: Ticket, event: ConsentsFound, say: Say) -> Turn:
    """Erase it; by SMS, whose sender may be made up, a code to that number comes first."""
    told, deed = say("another.refused", code=shown(ticket.code)), Disagree(ticket.code)
    if event.asked.message.sender.channel is not Channel.SMS:
        return _told(memory.state, told, memory, say, deed)
    done = Turn(memory.state, (Reply(told),), records=(deed,))
    return surely(done, event.asked.token, say("another.kept", code=shown(ticket.code)), say)


def _told(
    state: State, told: str, memory: Memory, say: Say, *records: Agree | Disagree | AgreeToNotice
) -> Turn:
    """Say *told*, and ask again what *state* asked where somebody waits for that."""
    if memory.stopped or isinstance(state, UNASKING):
        return Turn(state, (Reply(told),), records=records)
    return ask(state, say, told, records=records)
