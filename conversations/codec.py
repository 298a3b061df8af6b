"""Sessions as they are stored, and back: no body is ever too old or too broken to read."""

from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, TypeVar

import msgspec
from msgspec import Raw, Struct
from msgspec.msgpack import Decoder, Encoder
from msgspec.structs import replace

from conversations.again import Stuck
from conversations.asleep import Stopping
from conversations.first import AskConsent, Greeting, Without
from conversations.forms.states import FORMS
from conversations.helping import Helped
from conversations.language import AskLanguage
from conversations.menu import Menu
from conversations.messages import Address
from conversations.personal.linking import Offering, Seeking, Sure
from conversations.personal.rights import AskProof as AskOwnProof
from conversations.personal.rights import AskWhose, Proving, WhichRight
from conversations.personal.rights_done import (
    AskWhoseOwn,
    AskWrong,
    Gathering,
    SureDisagree,
    SureErase,
)
from conversations.personal.sure import TypeCode, TypeTicketCode
from conversations.say import LANGUAGES
from conversations.session import Session
from conversations.small_talk import Offered
from conversations.status.check_status import AskNik, AskProof, Looking, Next, WhichNumber
from conversations.tickets.answering import AskWhich, AskWhoseAnswer
from conversations.tickets.answering import Finding as FindingAnswered
from conversations.tickets.answers import AskShare, AskWhy
from conversations.tickets.between import LookBetween, WhichOfTwo
from conversations.tickets.claiming import AskClaim, Claiming, OfferClaim
from conversations.tickets.doubts import AskDecided, AskMeant
from conversations.tickets.rating import AskPoor, AskStars
from conversations.tickets.supplying import AskAnswer, AskMore
from conversations.tickets.track import AskCode, AskProofAgain, Finding, Listing, Shown, Which
from conversations.tickets.track import AskProof as AskTicketProof
from conversations.tickets.track import AskWhose as AskWhoseTicket
from conversations.tickets.unsure import Beside, Unsure
from conversations.tickets.withdrawing import AskWithdraw, Pressed
from conversations.turn import Draft, State
from conversations.twice import LookFirst, StillOpen
from conversations.wish.accompanying import Called, Passing
from conversations.wish.comfort import Comforted
from conversations.wish.informing import Informed
from conversations.wish.person import AskReason
from conversations.wish.rescue import Rescue
from conversations.wish.wishes import Guessed
from conversations.wordless import Wordless

KINDS: tuple[type[State], ...] = (
    *(
        Greeting,
        AskConsent,
        Without,
        Menu,
        AskLanguage,
        AskReason,
        Stuck,
        Wordless,
        Offered,
        Guessed,
        Informed,
    ),
    *(Comforted, Called, Passing, Helped, Rescue, Unsure, Beside, AskMeant, AskDecided),
    *(AskNik, WhichNumber, AskProof, Looking, Next),
    *(Listing, Which, AskCode, AskTicketProof, AskProofAgain, AskWhoseTicket, Finding),
    Shown,
    *(FindingAnswered, AskWhich, AskWhoseAnswer, AskShare, AskWhy, AskAnswer, AskMore),
    *(AskClaim, Claiming, OfferClaim),
    *(Offering, Seeking, Sure),
    *(AskWithdraw, Pressed, TypeCode, TypeTicketCode, AskStars, AskPoor),
    *(LookFirst, StillOpen, Stopping, LookBetween, WhichOfTwo),
    *(WhichRight, AskWhose, AskOwnProof, Proving, Gathering, AskWhoseOwn),
    *(SureErase, SureDisagree, AskWrong),
    *FORMS,
)
"""Every state a session can rest in. A state that is missing here cannot be stored."""

WORDLESS = (Greeting, AskConsent, Without, Menu)  # states that hold no word of anybody

VERSION = b"\x01"  # counted up when a state's fields stay and their meaning changes
T = TypeVar("T")

KNOWN: Any = reduce(or_, KINDS)


class Stored(Struct, frozen=True, kw_only=True):
    """A stored session; what a newer version may have changed is read by itself."""

    language: str
    state: Raw
    history: list[Raw] = []
    consent: str = ""
    kept: Raw = Raw()
    later: Raw = Raw()
    misses: int = 0
    stopped: bool = False
    reminded: bool = False
    restarted: bool = False
    seen: datetime | None = None
    filed: tuple[str, ...] = ()
    page: int = 0


class Whose(Struct, frozen=True):
    """Whose conversation a stored session is."""

    sender: Address


class Drafted(Struct, frozen=True):
    """The form inside a state that we no longer know."""

    draft: Draft


ENCODE = Encoder().encode
OUTER = Decoder(Stored)
STATE = Decoder(KNOWN)
WHOSE = Decoder(Whose)
DRAFT = Decoder(Draft)
DRAFTED = Decoder(Drafted)
LATER = Decoder(tuple[Looking, ...])
BROKEN = (msgspec.MsgspecError, ValueError)


def fresh(sender: Address, language: str | None) -> Session:
    """Return the session with somebody new, in their *language* if we speak it."""
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    return Session(sender=sender, language=spoken, state=Greeting())


def dump(session: Session) -> bytes:
    """Return *session* as bytes."""
    return VERSION + ENCODE(session)


def load(body: bytes, sender: Address) -> Session:
    """Return the session in *body*.

    A state that is unknown or changed leads back to the menu; language, consent and a readable
    unfinished form are kept. What cannot be read at all is a first contact.
    """
    try:
        stored = OUTER.decode(body[len(VERSION) :])
    except BROKEN:
        return fresh(sender, None)
    session = _without_place(stored, sender)
    try:
        if not body.startswith(VERSION):
            return _lost(session, stored)
        history = tuple([STATE.decode(state) for state in stored.history])
        return replace(session, state=STATE.decode(stored.state), history=history)
    except BROKEN:
        return _lost(session, stored)


def emptied(body: bytes) -> Session | None:
    """Return the session in *body* without anything that was said in it.

    Language, consent and silence stay. None where nothing was said, or nothing can be read.
    """
    try:
        sender = WHOSE.decode(body[len(VERSION) :]).sender
    except BROKEN:
        return None
    session = load(body, sender)
    state = session.state if isinstance(session.state, WORDLESS) else Menu()
    empty = replace(
        session, state=state, history=(), kept=None, later=(), misses=0, filed=(), page=0
    )
    return None if empty == session else empty


def _without_place(stored: Stored, sender: Address) -> Session:
    """Return what *stored* remembers beside the state."""
    return Session(
        sender=sender,
        language=stored.language if stored.language in LANGUAGES else LANGUAGES[0],
        state=Menu(),
        consent=stored.consent,
        kept=_read(DRAFT, stored.kept),
        later=_read(LATER, stored.later) or (),
        misses=stored.misses,
        stopped=stored.stopped,
        reminded=stored.reminded,
        restarted=stored.restarted,
        seen=stored.seen,
        filed=stored.filed,
        page=stored.page,
    )


def _lost(session: Session, stored: Stored) -> Session:
    """Return *session* at its menu, with the form that the unknown state held."""
    drafted = _read(DRAFTED, stored.state)
    kept = drafted.draft if drafted else session.kept
    return replace(session, kept=kept).restart()


def _read(decoder: Decoder[T], body: Raw) -> T | None:
    """Return what *body* holds, or None where it holds nothing readable."""
    if not body:
        return None
    try:
        return decoder.decode(body)
    except BROKEN:
        return None
