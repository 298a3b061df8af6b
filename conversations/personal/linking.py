"""SAMBUNG and PUTUS: one person on several channels, linked by proof, and never by itself.

A code is shown at one address and typed at the other, so that nobody can link a telephone that
they do not hold; whoever types it is asked once whether the other one is theirs. It is typed in a
chat: the sender of an SMS is easily made up, but what is sent to a number only its owner reads.
"""

import re
from typing import ClassVar

from conversations.again import again
from conversations.fetching import Fetching
from conversations.hearing.agreeing import YES
from conversations.hearing.choices import pick
from conversations.messages import Channel, Choice, Inbound, Reply
from conversations.one_of_two import OneOfTwo
from conversations.records.linked import (
    FindLink,
    LinkFound,
    LinkNumber,
    OfferLink,
    Unlink,
    UseLink,
)
from conversations.records.proofs import CountProof
from conversations.say import Say
from conversations.turn import Door, Enter, Event, Said, State, Turn, ask

DIGITS = 8  # of a code; five tries a day, and a quarter of an hour
LONGEST = 40  # letters; what is longer tells of something else
JOIN = re.compile(
    r"\W*(?:sambung(?:kan)?|hubungkan|link|connect)\W*((?:\d[\s.-]?){8})?\W*", re.IGNORECASE
)
PART = re.compile(r"\W*(?:putus(?:kan)?|unlink|disconnect)\W*", re.IGNORECASE)
PARTING = "putus"
NUMBER = "linking.number"


def wanted(text: str) -> str | None:
    """Return what *text* wants: a code in digits, "" for a new one, PARTING, or None.

    Only the word itself, with a code or without: "listrik putus" tells of something else.
    """
    if len(text) > LONGEST:
        return None
    if PART.fullmatch(text):
        return PARTING
    found = JOIN.fullmatch(text)
    return re.sub(r"\D", "", found[1] or "") if found else None


def start(wish: str, said: Said, say: Say) -> Turn:
    """Begin with what `wanted` made of the message."""
    if wish == PARTING:
        told = Reply(say("link.parted"))
        return Turn(Seeking(""), (told,), records=(Unlink(),), enter=Enter(Door.RETURN))
    if wish and said.message.sender.channel.traits.vouches:
        counted = CountProof(f"link {wish}")
        return Turn(Seeking(wish), question=FindLink(wish), records=(counted,))
    code = f"{int(said.token, 16) % 10**DIGITS:0{DIGITS}}"
    first = say("link.not_here") if wish else ""  # who sends an SMS is easily made up
    return ask(Offering(code, _number(said.message)), say, first, records=(OfferLink(code),))


def _number(message: Inbound) -> str:
    """Return the number that the channel itself vouches for and SMS would reach, if any."""
    return (message.own_number or "") if message.sender.channel.traits.vouches else ""


class Offering(State, frozen=True, tag="linking.offering"):
    """We showed a code; *number* is the sender's own, where SMS may go to it at once."""

    code: str
    number: str = ""

    def prompt(self, say: Say) -> Reply:
        code = f"{self.code[:4]} {self.code[4:]}"
        choices = (Choice(NUMBER, say("link.own_number")),) if self.number else ()
        label = say("link.share")
        return Reply(say("link.offer", code=code), choices, ask_phone=True, phone_label=label)

    def heard(self, said: Said, say: Say) -> Turn:
        """Link a number that the channel vouches for; anything else is said to who was before."""
        message = said.message
        picked = pick(self.prompt(say).choices, message)
        number = message.phone or (self.number if picked else "")
        if not number:
            return Turn(self, enter=Enter(Door.ANSWER))
        told = Reply(say("link.done_number", tail=number[-3:]))
        return Turn(self, (told,), records=(LinkNumber(number),), enter=Enter(Door.RETURN))


class Seeking(Fetching, frozen=True, tag="linking.seeking"):
    """It is being looked where the code was shown."""

    code: str
    awaits: ClassVar[tuple[type, ...]] = (LinkFound,)
    meanwhile: ClassVar[str] = "track.looking"

    def answered(self, event: Event, say: Say) -> Turn:
        if not isinstance(event, LinkFound):
            return ask(self, say)
        if event.channel:
            return ask(Sure(self.code, event.channel, event.tail), say)
        return Turn(self, (Reply(say("link.unknown")),), enter=Enter(Door.RETURN))


class Sure(OneOfTwo, frozen=True, tag="linking.sure"):
    """We asked whether the address at which the code was shown is their own."""

    code: str
    channel: Channel
    tail: str
    agreeing: ClassVar[frozenset[str]] = YES

    def prompt(self, say: Say) -> Reply:
        where = say(f"link.on_{self.channel.value}", tail=self.tail)
        choices = (
            Choice("linking.mine", say("link.mine")),
            Choice("linking.not_mine", say("link.not_mine")),
        )
        return Reply(say("link.sure", where=where), choices)

    def yes(self, say: Say) -> Turn:
        told, records = Reply(say("link.done")), (UseLink(self.code),)
        return Turn(self, (told,), records=records, enter=Enter(Door.RETURN))

    def no(self, say: Say) -> Turn:
        return Turn(self, (Reply(say("link.left")),), enter=Enter(Door.RETURN))

    def neither(self, said: Said, say: Say) -> Turn:  # noqa: ARG002 - a state's shape
        return again(self, say, "link.sure_again")
