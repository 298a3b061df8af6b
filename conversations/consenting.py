"""YA, TIDAK or KLAIM of whoever somebody else filed a ticket for, at whatever step they say it.

What waits for such an answer is looked for only when one comes: by its button, with the ticket's
code or number, or as a bare word that the question under way does not understand. By SMS, whose
sender may be made up, it counts with the number alone that went to the telephone of who was asked.
"""

import re
from typing import TypeVar

from msgspec import Struct

from conversations.asleep import ANSWERING
from conversations.days import day
from conversations.first import AskConsent, Greeting, Without
from conversations.hearing.words import plain
from conversations.memory import Memory
from conversations.menu import Menu
from conversations.messages import Choice, Inbound, Reply
from conversations.news.ticket_words import service_name
from conversations.records.deeds import Agree, Disagree
from conversations.records.parties import ConsentsFound, FindConsents, Relation, Waiting
from conversations.records.proofs import CountProof
from conversations.say import Say
from conversations.tickets.track import Shown
from conversations.turn import AgreeToNotice, Event, Said, State, Turn, ask
from referrals.codes import read_code, shown
from referrals.roles import Sensitivity
from referrals.ticket import Ticket

YES_TAP, NO_TAP = "ticket:setuju:", "ticket:tolak:"
TAPS = {YES_TAP: True, NO_TAP: False}
LONGEST = 40  # letters; a longer message says something else
YES = ("ya", "iya", "y", "yes", "setuju", "boleh", "agree", "inggih", "nggih")
NO = ("tidak", "tdk", "gak", "ga", "nggak", "no", "tolak", "jangan", "disagree", "mboten")
WORDS = {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}
CLAIMS = ("klaim", "claim")
BESIDE = frozenset(
    {"saya", "sy", "setuju", "mau", "pak", "bu", "kak", "min", "agree", "i", "do"}
    | {"nomor", "nomer", "no", "kode", "number"}
)
"""What may stand beside the word."""
FIRST = re.compile(r"\s*([^\W\d_]+)(.*)", re.DOTALL)  # a word, and whatever follows it
DIGITS = 4  # of the number in our text; see the count of wrong ones in `casework/citizen/tries.py`
UNASKING = (Menu, Greeting, Without, Shown)  # states to which a bare YA is no answer
WELCOMING = (Greeting, AskConsent, Without)  # whoever agrees is past these
Remembering = TypeVar("Remembering", bound=Memory)


class Answer(Struct, frozen=True):
    """YA or TIDAK, and to which ticket, where that was said by its code or our *number*.

    *agrees* is None for KLAIM: who was asked for their consent need only give it.
    """

    agrees: bool | None
    code: str = ""
    number: str = ""

    @property
    def named(self) -> bool:
        """Whether it surely answers something, for it says what."""
        return bool(self.code or self.number)


def read(message: Inbound) -> Answer | None:
    """Return the answer that *message* surely is, or None."""
    if message.picked is not None:
        return _tapped(message.picked)
    parts = FIRST.fullmatch(message.text)
    if len(message.text) > LONGEST or parts is None:
        return None
    word, rest = parts[1].lower(), parts[2]
    if word in CLAIMS and (code := read_code(rest)):
        return Answer(None, code)
    agrees = WORDS.get(word)
    if agrees is None:
        return None
    beside = {word for word in plain(rest).split() if not word.isdigit()}
    return Answer(agrees, read_code(rest) or "", _number(rest)) if beside <= BESIDE else None


def looked(
    before: Remembering, event: Event, after: Remembering, turn: Turn
) -> tuple[Remembering, Turn]:
    """Return *after* and *turn*, or the question whether a ticket waits for this answer."""
    if not isinstance(event, Said) or event.looked:
        return after, turn
    said = read(event.message)
    if said is None or not (said.named or _lost(before, after)):
        return after, turn
    asks = FindConsents(said.agrees, said.code, event.message, event.token, said.number)
    return before, Turn(before.state, question=asks)


def unfound(event: Event) -> Event:
    """Return the message itself where no ticket waits for it, so that it is heard as any other."""
    if not isinstance(event, ConsentsFound):
        return event
    unasked = event.asked.agrees is None and event.relation is None
    if unasked or not (event.waiting or event.until):
        return Said(event.asked.message, event.asked.token, looked=True)
    return event


def answered(memory: Memory, event: ConsentsFound, say: Say) -> Turn:
    """Record the answer, and ask again what was asked; of several tickets one must be named."""
    if event.until:
        told = say("another.until", day=day(event.until, say))
        return _told(memory.state, told, memory, say)
    counted = (CountProof(event.asked.subject),) if event.asked.subject else ()
    match event.meant:
        case (one, *_) if event.relation:
            return Turn(_met(memory.state), (request(one, event.relation, say),))
        case (one,) if not event.vouched:
            word = "ask_number" if event.asked.agrees else "unmoved"
            told = say(f"another.{word}", number=one.number)
            return _told(_met(memory.state), told, memory, say, *counted)
        case (one,) if event.asked.agrees:
            return _agreed(memory, one.ticket, say, *counted)
        case (one,):
            told = say("another.refused", code=shown(one.ticket.code))
            return _told(memory.state, told, memory, say, Disagree(one.ticket.code), *counted)
        case several:
            told = say("another.which", numbers=", ".join(one.number for one in several))
            return _told(memory.state, told, memory, say, *counted)


def request(waiting: Waiting, relation: Relation, say: Say) -> Reply:
    """Return what the person is asked for whom a ticket was filed; nothing sensitive is named.

    The number in it proves that whoever answers read it on that telephone.
    """
    ticket = waiting.ticket
    open_ = ticket.sensitivity is Sensitivity.ORDINARY
    about = f" {say('another.about', service=service_name(ticket, say))}" if open_ else ""
    who, us = say(f"another.by_{relation}"), say.district.service_name
    text = say("another.request", us=us, who=who, about=about, number=waiting.number)
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
    tap, _, code = value.rpartition(":")
    agrees = TAPS.get(f"{tap}:")
    return Answer(agrees, code) if agrees is not None and read_code(code) == code else None


def _lost(before: Memory, after: Memory) -> bool:
    """Say whether a bare word meant nothing to the question under way."""
    if before.stopped:
        return not isinstance(before.state, ANSWERING)
    return after.misses > before.misses or isinstance(before.state, UNASKING)


def _agreed(memory: Memory, ticket: Ticket, say: Say, *counted: CountProof) -> Turn:
    """Thank them; who is new agreed to the notice as well, and is not asked for it again."""
    told, deed = say("another.agreed", code=shown(ticket.code)), Agree(ticket.code)
    version = say.district.consent_version
    if memory.consent == version:
        return _told(memory.state, told, memory, say, deed, *counted)
    told = f"{told} {say('another.notice')}"
    state = Menu() if isinstance(memory.state, WELCOMING) else memory.state
    noted = AgreeToNotice(version, memory.language)
    return _told(state, told, memory, say, deed, noted, *counted)


def _met(state: State) -> State:
    """Return *state* without asking once more what somebody new wants from us."""
    return Greeting(asked=True) if isinstance(state, Greeting) else state


def _told(
    state: State,
    told: str,
    memory: Memory,
    say: Say,
    *records: Agree | Disagree | AgreeToNotice | CountProof,
) -> Turn:
    """Say *told*, and ask again what *state* asked where somebody waits for that."""
    if memory.stopped or isinstance(state, UNASKING):
        return Turn(state, (Reply(told),), records=records)
    return ask(state, say, told, records=records)


def _number(rest: str) -> str:
    """Return the number of our text that stands in *rest*, however it is grouped, or nothing."""
    digits = re.sub(r"\D", "", rest)
    return digits if len(digits) == DIGITS else ""
