"""What a caller answers to a ticket: who proved it says it, and who listens writes it down.

Proven is a ticket by the end of its NIK, or by a code that is named from the ticket's very own
number, if one person alone uses that. The proof holds for VALID, and for nobody else's page.
"""

import hmac
from collections.abc import Mapping
from datetime import timedelta

from msgspec import Struct

from casework.calls.caller import Call
from casework.citizen.answered import Answering, Given, Manner
from casework.citizen.finding import Finding
from casework.citizen.tracked import ON_PAGE, offered, shares_of
from casework.trail.actions import staff_actor
from conversations.news.case import case_of
from conversations.news.shares import Share
from conversations.news.ticket_story import story
from referrals.codes import is_code
from referrals.ticket import Ticket, TicketState
from storage.store import Store

BY_CALL = (*ON_PAGE, "batal")
INBOX = "console answer"  # the inbox's name for forms of answers
VALID = timedelta(minutes=20)


class Answerable(Struct, frozen=True):
    """A proven ticket: *names* are what can be answered, *word* what carries its proof on."""

    code: str
    word: str
    names: tuple[str, ...]
    shares: Mapping[str, tuple[Share, ...]]
    gently: bool = False  # somebody may be pressed to take it back: they are asked

    def __repr__(self) -> str:
        return f"Answerable({self.code})"


class Heard:
    """Takes callers' answers."""

    def __init__(self, store: Store, finding: Finding, answering: Answering) -> None:
        self._store = store
        self._finding = finding
        self._answering = answering

    async def of(self, call: Call, ticket: Ticket, end: str) -> Answerable | None:
        """Return what may be answered to *ticket*, of whose NIK the caller said the *end*."""
        return self.answerable(call, ticket) if await self._is_theirs(call, ticket, end) else None

    async def _is_theirs(self, call: Call, ticket: Ticket, end: str) -> bool:
        """Tell whether *end* proves it, or the number does: a linked one may be another's."""
        if await self._finding.proves(ticket, end):
            return True
        own = call.caller.address
        theirs = bool(call.caller.number) and ticket.code in await self._store.codes_of([own])
        return theirs and not await self._store.is_shared(own)

    def answerable(self, call: Call, ticket: Ticket) -> Answerable | None:
        """Return what can be answered to *ticket*, None where nothing can.

        What waits for a consent is answered with YA, from the telephone that was asked.
        """
        names = offered(ticket, call.at, BY_CALL)
        if not names or ticket.state is TicketState.AWAITING_CONSENT:
            return None
        case = case_of(ticket, call.at, call.say)
        said = f"{ticket.code}.{int((call.at + VALID).timestamp())}"
        word = f"{said}.{self._signed(call, said)}"
        return Answerable(ticket.code, word, names, shares_of(names, case), not case.ordinary)

    def code_of(self, call: Call, word: str) -> str:
        """Return the ticket whose proof *word* carries; empty where it is over, or forged."""
        said, _, signature = word.rpartition(".")
        if not hmac.compare_digest(self._signed(call, said).encode(), signature.encode()):
            return ""
        code, _, ends = said.partition(".")
        return code if is_code(code) and call.at.timestamp() < int(ends) else ""

    async def take(self, call: Call, code: str, given: Given) -> str:
        """Do what was *given*, once; return an empty text, or the wording of what hindered."""
        manner = Manner(
            inbox=INBOX,
            names=BY_CALL,
            notice="notice.answered_by_call",
            language=call.say.language,
            operator=staff_actor(call.staff.id),
        )
        return await self._answering.take(code, given, manner)

    async def now_told(self, call: Call, code: str) -> tuple[str, Answerable | None]:
        """Return how *code* stands now, in words to be read aloud, and what can be answered."""
        stored = await self._answering.open(code)
        if stored is None:
            return "", None
        return story(stored.ticket, call.at, call.say).text, self.answerable(call, stored.ticket)

    def _signed(self, call: Call, said: str) -> str:
        mac = self._store.sealer.mac("inbox", INBOX, call.staff.id, call.caller.number, said)
        return mac.hex()
