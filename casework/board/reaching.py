"""How a case's citizen is reached, and what a step of an officer's would tell them, and cost."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from msgspec.structs import replace

from casework.access.links import Claim
from casework.access.powers import acting, addressed
from casework.board.personal import ending
from casework.board.views import Reached, Written
from casework.desk.deeds import Merge, Propose, Spare, Step, Strike
from casework.telling.letters import Letters
from casework.ticket.views import LegView
from conversations.messages import Address, Channel, Reply
from conversations.news.notices import Silent, notice
from handlers.sms_parts import messages
from handlers.sms_text import segments
from referrals import commands, log
from referrals.choosing import Refusal
from referrals.district.directory import District
from referrals.district.replies import Canned
from referrals.guards import is_vault
from referrals.lifecycle import decide
from storage.cases.tickets import StoredTicket

DIGEST = "-"  # stands for words that are not written yet

Wrote = Callable[[Address], Awaitable[datetime | None]]  # when somebody last wrote to us


def by_voice(stored: StoredTicket) -> bool:
    """Tell whether nothing can be written to the citizen of *stored*: they left no number.

    Not so of a vault's case, whose own officer writes in no case at all.
    """
    return not stored.contact.address.id and not is_vault(stored.ticket)


class Reaching:
    """Knows the way to a citizen."""

    def __init__(self, letters: Letters, wrote: Wrote) -> None:
        self._letters = letters
        self._wrote = wrote

    async def way(self, stored: StoredTicket, now: datetime) -> Reached | None:
        """Return how the citizen of *stored* is reached; None where nothing is ever written."""
        contact = stored.contact
        if is_vault(stored.ticket) or not contact.address.id:
            return None
        address = contact.address
        traits = address.channel.traits
        wrote = await self._wrote(address) if traits.window else None
        return Reached(
            channel=address.channel,
            language=contact.language,
            shown=ending(address.number) if address.number else "",
            window=traits.free_until(wrote),
            closed=not traits.is_open(wrote, now),
        )

    def told(
        self, claim: Claim, stored: StoredTicket, step: Step, words: str, now: datetime
    ) -> Written | None:
        """Return the message that *step* with *words* would become; None where none would be."""
        reply = self._reply(claim, stored, step, words, now)
        return None if reply is None else _written(reply, stored.contact.address.channel)

    def _reply(
        self, claim: Claim, stored: StoredTicket, step: Step, words: str, now: datetime
    ) -> Reply | None:
        ticket, command = stored.ticket, _command(step)
        to = addressed(self._letters.district, ticket, command) if command else None
        if to is None or isinstance(to, Refusal) or not stored.contact.address.id:
            return None
        actor = acting(claim, ticket)
        events = decide(ticket, replace(to, words=DIGEST), actor, now)
        if isinstance(events, Refusal):
            return None
        after, _ = log.append(ticket, stored.last_hash, events, actor, DIGEST)
        say = self._letters.notices.voice(stored.contact)
        worded = [notice(one, after, words, say, coded=stored.shared) for one in events]
        told = [one for one in worded if not isinstance(one, Silent)]
        return told[-1] if told else None


def fitting(district: District, view: LegView, service: str) -> Mapping[str, tuple[Canned, ...]]:
    """Return the texts that each step of *view* may begin with, as the district's rows say."""
    state = view.state.value
    found = {
        step: tuple(row for row in district.replies if row.fits(step, state, service))
        for step in view.actions
    }
    return {step: rows for step, rows in found.items() if rows}


def _command(step: Step) -> commands.Command | None:
    """Return the lifecycle's word for *step*; a proposal changes nothing yet."""
    match step:
        case Merge(into):
            return commands.MarkDuplicate(of=into)
        case Propose() | Strike() | Spare():
            return None
        case _:
            return step


def _written(reply: Reply, channel: Channel) -> Written:
    if not channel.traits.is_metered:
        return Written(text=reply.text, letters=len(reply.text), segments=0)
    texts = messages(reply)
    return Written(
        text="\n".join(texts),
        letters=sum(map(len, texts)),
        segments=sum(segments(text).count for text in texts),
    )
