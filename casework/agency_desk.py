"""What an officer does through a signed link: see one leg, act on it."""

from collections.abc import Callable, Iterable
from datetime import datetime

from msgspec import Struct

from casework.changing import Deed, change
from casework.letters import Letters
from casework.links import Claim, Links
from casework.powers import acting, addressed, opens
from casework.seeing import Seeing
from casework.spoken import Spoken
from casework.views import Done, LegView
from referrals import commands
from referrals.lifecycle import Refusal
from referrals.ticket import Ticket
from storage.outbox import OutboxItem
from storage.store import Store
from storage.tickets import StoredTicket
from storage.unit import Outcome, Unit

TRIES = 4  # times a click is decided anew when somebody else was faster
GONE = Refusal("gone", None)
REPEATED = Refusal("repeated", None)
ONCE = "agency"  # the inbox's name for what offices' programs do


class Office(Struct, frozen=True):
    """What an agency's desk works with."""

    store: Store
    links: Links
    seeing: Seeing
    letters: Letters


class Said(Struct, frozen=True):
    """What comes with an officer's command: words, and where it came from another program, when.

    *once* are the names under which it is done a single time; *at* is that program's own time.
    """

    words: str = ""
    once: tuple[str, ...] = ()
    at: datetime | None = None

    def __repr__(self) -> str:
        return f"Said({len(self.words)} letters)"


class AgencyDesk:
    """Lets officers without an account work on the leg their link is for."""

    def __init__(
        self,
        office: Office,
        hand_over: Callable[[Iterable[OutboxItem]], None],
        token: Callable[[], str],
    ) -> None:
        self._store = office.store
        self._links = office.links
        self._seeing = office.seeing
        self._letters = office.letters
        self._hand_over = hand_over
        self._token = token

    async def see(self, token: str, now: datetime) -> LegView | None:
        """Return the leg that *token* is for, or None for a bad, expired or revoked link."""
        claim = self._links.read(token, now)
        stored = await self._open(claim) if claim else None
        if claim is None or stored is None:
            return None
        words = await self._store.ticket_words(claim.code)
        entries = await self._store.entries(claim.code)
        return self._seeing.view(claim, stored.ticket, words, entries, now)

    async def act(
        self, token: str, command: commands.Command, words: str, now: datetime
    ) -> Done | Refusal:
        """Do *command* with *words*, tell whom it concerns, and say how the ticket stands."""
        claim = self._links.read(token, now)
        return await self.carry_out(claim, command, Said(words), now) if claim else GONE

    async def carry_out(
        self, claim: Claim, command: commands.Command, said: Said, now: datetime
    ) -> Done | Refusal:
        """Do *command* as whoever holds *claim*; REPEATED when it was done under its name."""
        for _ in range(TRIES):
            stored = await self._open(claim)
            if stored is None:
                return GONE
            deed = Deed(acting(claim, stored.ticket), now, self._spoken(said))
            unit = self._once(said, now)
            done = await self._try(unit, stored, command, deed)
            if done is not None:
                return done
        return Refusal("busy", None)

    def _once(self, said: Said, now: datetime) -> Unit:
        """Return a unit that is a duplicate when *said* was done before."""
        unit = self._store.unit()
        for name in said.once:
            unit.first_time(ONCE, name, now)
        return unit

    async def _try(
        self, unit: Unit, stored: StoredTicket, command: commands.Command, deed: Deed
    ) -> Done | Refusal | None:
        """Return None when somebody else changed the ticket meanwhile."""
        command_to = addressed(self._seeing.district, stored.ticket, command)
        if isinstance(command_to, Refusal):
            return command_to
        changed = change(unit, stored, command_to, deed, self._seeing.district)
        if isinstance(changed, Refusal):
            return changed
        self._tell_offices(unit, changed.ticket, command, deed.now)
        items = self._letters.tell_citizen(
            unit,
            changed.ticket,
            stored.contact,
            events=changed.events,
            words=deed.spoken.text if deed.spoken else "",
            now=deed.now,
        )
        outcome = await self._store.commit(unit)
        if outcome is not Outcome.KEPT:
            return REPEATED if outcome is Outcome.DUPLICATE else None
        self._hand_over(items)
        return Done(code=changed.ticket.code, state=changed.ticket.state)

    def _spoken(self, said: Said) -> Spoken | None:
        if not said.words and said.at is None:
            return None
        return Spoken(salt=self._token(), text=said.words, occurred_at=said.at)

    def _tell_offices(
        self, unit: Unit, ticket: Ticket, command: commands.Command, now: datetime
    ) -> None:
        match command:
            case commands.Return():
                self._letters.tell_desk(unit, ticket, "returned", now)
            case commands.Route() | commands.ReferAgain() | commands.Escalate():
                self._letters.tell_agency(unit, ticket, "new", now)
            case _:
                pass

    async def _open(self, claim: Claim) -> StoredTicket | None:
        stored = await self._store.ticket(claim.code)
        if stored is None or not opens(claim, stored.ticket, self._seeing.district):
            return None
        return stored
