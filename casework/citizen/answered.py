"""A ticket answered elsewhere than in its own chat: on a page, or by telephone.

Once it is proven the deed is the chat's, and its own telephone hears of it: whoever answered may
be somebody else.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from casework.citizen.deciding import CitizenDesk, speaker
from casework.citizen.tracked import offered, verb_of
from casework.telling.letters import Letters
from casework.telling.unasked import NO_ENTRY, Unasked, send
from casework.ticket.again import again
from casework.trail.actions import Action
from conversations.hearing.answer_words import Verb, Wanted
from conversations.hearing.cleaning import clean
from conversations.messages import Reply
from conversations.news.case import Case, case_of
from conversations.records.deeds import OnTicket, Withdraw
from conversations.say import Voices
from conversations.tickets.answers import about, act, meant
from referrals.codes import shown
from referrals.guards import is_vault
from referrals.roles import Role
from referrals.ticket import Ticket
from storage.cases.tickets import StoredTicket
from storage.replies.outbox import OutboxItem
from storage.store import Store
from storage.unit import Outcome, Unit

LONGEST_REASON = 1000  # characters
LONGEST_PICKED = 100  # characters of an answer's name, or a share's number
WITH_REASON = frozenset({"belum", "banding", "jawab", "belum_terima", "buka", "batal"})
"""The answers that need a reason in words, by their names."""


class Given(Struct, frozen=True):
    """What a citizen answers: *name* as lacak.do_* has it, once for each form.

    *unforced*: asked whether somebody makes them take it back, they said no.
    """

    name: str
    reason: str
    share: int
    once: str
    unforced: bool = False

    def __repr__(self) -> str:
        return f"Given({self.name})"


def read_given(text: Callable[[str], str], once: str) -> Given:
    """Return what a form answers, whose fields *text* gives by name; *once* is its own name."""
    share = text("share")[:LONGEST_PICKED]
    return Given(
        name=text("answer")[:LONGEST_PICKED],
        reason=clean(text("reason"))[:LONGEST_REASON].strip(),
        share=int(share) if share.isascii() and share.isdecimal() else 0,
        once=once,
        unforced=text("unforced") == "on",
    )


class Manner(Struct, frozen=True):
    """In which way it is answered: *names* are what can be, *notice* what its telephone hears.

    *inbox* is where forms are known again. *operator* is the audit's name of who writes down
    what the citizen said, empty where they answer themselves.
    """

    inbox: str
    names: tuple[str, ...]
    notice: str
    language: str
    operator: str = ""


class Answering:
    """Takes answers to tickets that were proven. *now* is aware UTC; *token* is by chance."""

    def __init__(  # noqa: PLR0913, PLR0917 - what a commit and its messages need, each once
        self,
        store: Store,
        letters: Letters,
        voices: Voices,
        now: Callable[[], datetime],
        token: Callable[[], str],
        hand_over: Callable[[Sequence[OutboxItem]], None],
    ) -> None:
        self._store = store
        self._letters = letters
        self._desk = CitizenDesk(letters)
        self._voices = voices
        self._now = now
        self._token = token
        self._hand_over = hand_over

    async def take(self, code: str, given: Given, manner: Manner) -> str:
        """Do what was *given*, once; return an empty text, or the wording of what hindered."""
        hindered = await again(lambda: self._try(code, given, manner))
        return "moved_on" if hindered is None else hindered

    async def open(self, code: str) -> StoredTicket | None:
        """Return the ticket *code*, None for a vault's: nobody reads that from a screen."""
        stored = await self._store.ticket(code)
        return None if stored is None or is_vault(stored.ticket) else stored

    async def _try(self, code: str, given: Given, manner: Manner) -> str | None:
        """Return None when somebody else changed the ticket meanwhile."""
        stored, now = await self.open(code), self._now()
        if stored is None or given.name not in offered(stored.ticket, now, manner.names):
            return await self._gone_by(code, given, manner)
        outcome = await self._take(stored, given, manner, now)
        if isinstance(outcome, str):
            return outcome
        return None if outcome is Outcome.LOST else ""

    async def _take(
        self, stored: StoredTicket, given: Given, manner: Manner, now: datetime
    ) -> Outcome | str:
        ticket = stored.ticket
        record = self._meant(ticket, given, manner, now)
        if isinstance(record, str):
            return record
        unit = self._store.unit()
        unit.first_time(manner.inbox, _key(ticket.code, given), now)
        role = Role.FACILITATOR if manner.operator else speaker(ticket)
        refused = self._desk.change(
            unit, stored, record, now, self._token(), role=role, operator=manner.operator
        )
        if refused:
            return "moved_on"
        if manner.operator:
            detail = msgspec.json.encode({"answer": given.name})
            unit.note(manner.operator, Action.SPOKEN, now, code=ticket.code, detail=detail)
        self._tell(unit, stored, given, manner, now)
        outcome = await self._store.commit(unit)
        if outcome is Outcome.KEPT:
            self._hand_over(unit.items)
        return outcome

    def _meant(
        self, ticket: Ticket, given: Given, manner: Manner, now: datetime
    ) -> OnTicket | str:
        """Return the deed that *given* means, or the wording of what it lacks."""
        say = self._voices[manner.language]
        case = case_of(ticket, now, say)
        if verb_of(given.name) is Verb.WITHDRAW:
            return _taken_back(ticket.code, given, case)
        wanted = _wanted(ticket, given, case)
        if wanted is None:
            return "say_which"
        deeds = [one for one in act(wanted, case, say).records if isinstance(one, OnTicket)]
        return deeds[0] if deeds else "say_why"

    def _tell(
        self, unit: Unit, stored: StoredTicket, given: Given, manner: Manner, now: datetime
    ) -> None:
        """Tell the ticket's own telephone what was answered: it may have been somebody else."""
        verb, say = verb_of(given.name), self._letters.notices.voice(stored.contact)
        text = say(manner.notice, code=shown(stored.ticket.code), verb=verb.upper())
        news = Unasked(stored.ticket, stored.contact, NO_ENTRY, Reply(text))
        send(unit, news, self._letters.district, now)

    async def _gone_by(self, code: str, given: Given, manner: Manner) -> str:
        """Return nothing where just this form was taken before, else that the ticket moved on."""
        return "" if await self._store.happened(manner.inbox, _key(code, given)) else "moved_on"


def _taken_back(code: str, given: Given, case: Case) -> Withdraw | str:
    """Return BATAL with its reason; where others may press somebody, they were asked first."""
    if not given.reason:
        return "say_why"
    if not (case.ordinary or given.unforced):
        return "say_unforced"
    return Withdraw(code, given.reason, unforced=given.unforced)


def _wanted(ticket: Ticket, given: Given, case: Case) -> Wanted | None:
    """Return what was *given* wants, about the share it names; None where it should name one."""
    wanted = Wanted(verb_of(given.name), ticket.code, reason=given.reason)
    several = meant(wanted, case)
    if len(several) < 2:  # noqa: PLR2004 - one share needs no name
        return wanted
    named = next((share for share in several if share.leg == given.share), None)
    return about(named, wanted, case) if named else None


def _key(code: str, given: Given) -> str:
    return f"{code}/{given.name}/{given.once}"
