"""What follows an answer to a ticket: a reason, the answer itself, a confirmation, stars."""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from conversations.again import again
from conversations.choices import pick
from conversations.deeds import (
    AcceptDecline,
    AnswerAgency,
    Appeal,
    ConfirmSolved,
    NotSolved,
    Rate,
    Withdraw,
)
from conversations.messages import Attachment, Choice, Inbound, Place, Reply
from conversations.say import Say
from conversations.turn import Door, Enter, Event, Record, Said, State, Turn, ask
from conversations.words import plain
from referrals.codes import shown

LETTERS = 2  # of a reason that tells anything
STARS = 5


class Verb(StrEnum):
    """An answer to a ticket."""

    SOLVED = "sudah"
    NOT_SOLVED = "belum"
    ACCEPT = "terima"
    APPEAL = "banding"
    ANSWER = "jawab"
    WITHDRAW = "batal"


class Wanted(Struct, frozen=True):
    """What somebody wants to answer: to which ticket (empty where they did not say), and why.

    For an agency's question, *reason* is the answer, with what was sent along.
    """

    verb: Verb
    code: str = ""
    reason: str = ""
    attachments: tuple[Attachment, ...] = ()
    place: Place | None = None


def act(wanted: Wanted, say: Say) -> Turn:
    """Do what is wanted with the ticket that is known now, or ask what is still missing."""
    code = wanted.code
    match wanted.verb:
        case Verb.SOLVED:
            return ask(AskStars(code), say, say("answer.solved"), records=(ConfirmSolved(code),))
        case Verb.ACCEPT:
            return _done(AskWhy(wanted), AcceptDecline(code), "answer.accepted", say)
        case Verb.ANSWER:
            return _answering(wanted, say)
        case _ if wanted.reason:
            return _because(wanted, say)
        case _:
            return ask(AskWhy(wanted), say)


class AskWhy(State, frozen=True, tag="track.why"):
    """We asked for the reason: what is not solved, why an appeal, why it is taken back."""

    wanted: Wanted

    def prompt(self, say: Say) -> Reply:
        return Reply(say(f"answer.why_{self.wanted.verb.value}", code=shown(self.wanted.code)))

    def step(self, event: Event, say: Say) -> Turn:
        if not isinstance(event, Said):
            return Turn(self)
        reason = event.message.text.strip()
        if len(plain(reason)) < LETTERS:
            return again(self, say, "answer.why_again")
        return _because(replace(self.wanted, reason=reason), say)


class AskAnswer(State, frozen=True, tag="track.answer"):
    """We asked for the answer to an agency's question: words, a photo or a place."""

    code: str

    def prompt(self, say: Say) -> Reply:
        return Reply(say("answer.ask", code=shown(self.code)))

    def step(self, event: Event, say: Say) -> Turn:
        if not isinstance(event, Said):
            return Turn(self)
        message = event.message
        if not (plain(message.text) or message.attachments or message.place):
            return again(self, say, "answer.ask_again")
        return _done(self, _answer(self.code, message), "answer.answered", say)


class AskWithdraw(State, frozen=True, tag="track.withdraw"):
    """We asked whether the ticket is really to be taken back."""

    wanted: Wanted

    def prompt(self, say: Say) -> Reply:
        choices = tuple(
            Choice(f"track.withdraw:{c}", say(f"answer.withdraw_{c}")) for c in ("yes", "no")
        )
        return Reply(say("answer.withdraw", code=shown(self.wanted.code)), choices)

    def step(self, event: Event, say: Say) -> Turn:
        if not isinstance(event, Said):
            return Turn(self)
        match pick(self.prompt(say).choices, event.message):
            case Choice(value="track.withdraw:yes"):
                record = Withdraw(self.wanted.code, self.wanted.reason)
                return _done(self, record, "answer.withdrawn", say)
            case Choice():
                return Turn(self, (Reply(say("answer.goes_on")),), enter=Enter(Door.RETURN))
            case _:
                return again(self, say, "answer.withdraw_again")


class AskStars(State, frozen=True, tag="track.stars"):
    """We asked how content the citizen is, 1 to 5, or to skip it."""

    code: str

    def prompt(self, say: Say) -> Reply:
        stars = tuple(
            Choice(f"track.stars:{n}", say(f"answer.stars_{n}")) for n in range(1, STARS + 1)
        )
        return Reply(say("answer.stars"), (*stars, Choice("track.stars:0", say("answer.skip"))))

    def step(self, event: Event, say: Say) -> Turn:
        if not isinstance(event, Said):
            return Turn(self)
        picked = pick(self.prompt(say).choices, event.message)
        if picked is None:
            return again(self, say, "answer.stars_again")
        stars = int(picked.value.removeprefix("track.stars:"))
        if not stars:
            return Turn(self, (Reply(say("answer.thanks")),), enter=Enter(Door.RETURN))
        return _done(self, Rate(self.code, stars), "answer.thanks", say)


def _because(wanted: Wanted, say: Say) -> Turn:
    """Go on with the reason: a ticket is only taken back after one more question."""
    match wanted.verb:
        case Verb.NOT_SOLVED:
            record: Record = NotSolved(wanted.code, wanted.reason)
            return _done(AskWhy(wanted), record, "answer.not_solved", say)
        case Verb.APPEAL:
            record = Appeal(wanted.code, wanted.reason)
            return _done(AskWhy(wanted), record, "answer.appealed", say)
        case _:
            return ask(AskWithdraw(wanted), say)


def _answering(wanted: Wanted, say: Say) -> Turn:
    """Pass on what came with JAWAB, or ask for it."""
    state = AskAnswer(wanted.code)
    if not (wanted.reason or wanted.attachments or wanted.place):
        return ask(state, say)
    record = AnswerAgency(wanted.code, wanted.reason, wanted.attachments, wanted.place)
    return _done(state, record, "answer.answered", say)


def _answer(code: str, message: Inbound) -> AnswerAgency:
    return AnswerAgency(code, message.text, message.attachments, message.place)


def _done(state: State, record: Record, key: str, say: Say) -> Turn:
    """Record it, say so, and go back to where the citizen was."""
    return Turn(state, (Reply(say(key)),), records=(record,), enter=Enter(Door.RETURN))
