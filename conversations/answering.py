"""An answer to a ticket, tapped under a notice or typed at any step: find the ticket first."""

import re

from msgspec.structs import replace

from conversations.again import again
from conversations.answers import Verb, Wanted, act
from conversations.choices import pick
from conversations.messages import Choice, Reply
from conversations.say import Say
from conversations.ticket_words import Row, actions, listed, row, standing
from conversations.turn import (
    Door,
    Enter,
    Event,
    FindTicket,
    FindTickets,
    Said,
    State,
    TicketsFound,
    Turn,
    ask,
)
from conversations.words import plain
from referrals.codes import read_code, shown
from referrals.ticket import Ticket

TAP = "ticket:"  # ticket:sudah:482109379, the value of a button under a notice
VALUE = "track.answer_which:"
LISTED = 9
WORDS = {
    **{verb.value: verb for verb in Verb},
    "solved": Verb.SOLVED,
    "unsolved": Verb.NOT_SOLVED,
    "accept": Verb.ACCEPT,
    "appeal": Verb.APPEAL,
    "answer": Verb.ANSWER,
    "withdraw": Verb.WITHDRAW,
}
REASONED = frozenset({Verb.NOT_SOLVED, Verb.APPEAL, Verb.ANSWER})  # words may follow, no code


def read(text: str) -> Wanted | None:
    """Return the answer in *text*, as in ``BELUM 4821 0937 9 airnya masih mati``, or None."""
    first, _, rest = text.strip().partition(" ")
    verb = WORDS.get(plain(first))
    if verb is None:
        return None
    if code := read_code(rest):
        return Wanted(verb, code, _after(code, rest))
    if verb is Verb.WITHDRAW or (rest and verb not in REASONED):
        return None  # BATAL alone leaves the conversation; "terima kasih" is no answer
    return Wanted(verb, reason=rest.strip())


def read_tap(value: str) -> Wanted | None:
    """Return the answer that a tapped button means, or None for a value of another version."""
    verb, _, code = value.removeprefix(TAP).partition(":")
    known = verb in set(Verb) and read_code(code) == code
    return Wanted(Verb(verb), code) if known else None


def begin(wanted: Wanted) -> Turn:
    """Find the ticket that is meant."""
    question = FindTicket(wanted.code) if wanted.code else FindTickets()
    return Turn(Finding(wanted), question=question)


class Finding(State, frozen=True, tag="track.answering"):
    """The ticket is being fetched."""

    wanted: Wanted
    awaits = (TicketsFound,)

    def prompt(self, say: Say) -> Reply:
        return Reply(say("track.looking"))

    def step(self, event: Event, say: Say) -> Turn:
        if not isinstance(event, TicketsFound):
            return ask(self, say)
        found = event.tickets if self.wanted.code else listed(event.tickets)
        waiting = [t for t in found if self.wanted.verb in actions(t)]
        match waiting:
            case []:
                return self._none(event.tickets, say)
            case [ticket]:
                return act(replace(self.wanted, code=ticket.code), say)
            case _:
                rows = tuple(row(t, say) for t in waiting[:LISTED])
                return ask(AskWhich(self.wanted, rows), say)

    def _none(self, tickets: tuple[Ticket, ...], say: Say) -> Turn:
        """Say kindly why there is nothing to answer."""
        code = shown(self.wanted.code)
        if not self.wanted.code:
            text = say("answer.nothing_waits")
        elif tickets:
            text = say("answer.not_now", code=code, standing=standing(tickets[0], say))
        else:
            text = say("answer.not_yours", code=code)
        return Turn(self, (Reply(text),), enter=Enter(Door.RETURN))


class AskWhich(State, frozen=True, tag="track.answer_which"):
    """We asked which of several tickets is meant."""

    wanted: Wanted
    rows: tuple[Row, ...]

    def prompt(self, say: Say) -> Reply:
        lines = "\n".join(row.line for row in self.rows)
        choices = tuple(Choice(VALUE + row.code, shown(row.code)) for row in self.rows)
        return Reply(say("answer.which", lines=lines), choices)

    def step(self, event: Event, say: Say) -> Turn:
        if not isinstance(event, Said):
            return Turn(self)
        picked = pick(self.prompt(say).choices, event.message)
        if picked is None:
            return again(self, say, "answer.which_again")
        return begin(replace(self.wanted, code=picked.value.removeprefix(VALUE)))


def _after(code: str, text: str) -> str:
    """Return what was written beside *code* in *text*."""
    return re.sub(r"[\s.\-]*".join(code), "", text, count=1).strip(" .,:-")
