"""What a citizen is told of what happened to their ticket, and in short whoever follows it."""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from casework.telling.unasked import NO_ENTRY, Unasked, send
from casework.ticket.changing import Changed
from conversations.messages import Pictures, Reply
from conversations.news.notices import Silent, file_lost, notice, passed_on, repeats
from conversations.say import Say, Voices, voice_on
from referrals.district.directory import District
from referrals.events import Event
from referrals.ticket import Ticket
from storage.cases.tickets import Contact, StoredTicket
from storage.replies.outbox import OutboxItem
from storage.unit import Unit


class Beside(Struct, frozen=True):
    """What goes with a notice: an office's *words*, and a *proof*, a link to what it shows."""

    words: str = ""
    proof: str = ""


class Notices:
    """Writes notices to citizens into a unit of work."""

    def __init__(self, district: District, voices: Voices) -> None:
        self._district = district
        self._voices = voices

    def voice(self, contact: Contact) -> Say:
        """Return how we speak to *contact*: in their language, and in brief by SMS."""
        return voice_on(contact.address.channel, self._voices[contact.language])

    def tell(
        self, unit: Unit, before: StoredTicket, changed: Changed, beside: Beside, now: datetime
    ) -> list[OutboxItem]:
        """Write one notice of what *changed*, or none where every event has its reason for none.

        *before* is the ticket as it was kept: whose it is, and who follows it, who hear in short
        how it stands. Return what is ours to send at once: nothing at night, when it waits for
        the morning.
        """
        newest = self._newest(before, changed, beside)
        if newest is None:
            return []
        followed = (self._passed_on(changed.ticket, who) for who in before.followers)
        items = [send(unit, news, self._district, now) for news in (newest, *followed)]
        return [item for item in items if item]

    def file_lost(self, unit: Unit, stored: StoredTicket, now: datetime) -> None:
        """Ask whose ticket *stored* is to send again what never came, where it is needed still."""
        reply = file_lost(stored.ticket, self.voice(stored.contact))
        if reply is None:
            return
        news = Unasked(stored.ticket, stored.contact, NO_ENTRY, reply)
        send(unit, news, self._district, now)

    def _newest(self, before: StoredTicket, changed: Changed, beside: Beside) -> Unasked | None:
        """Return the newest news that has a notice, and says what was not said before."""
        ticket, say = changed.ticket, self.voice(before.contact)
        for back, event in enumerate(reversed(changed.events)):
            reply = worded(event, ticket, beside, say, shared=before.shared)
            if reply is not None and not repeats(event, before.ticket):
                return Unasked(ticket, before.contact, ticket.events - back, reply)
        return None

    def _passed_on(self, ticket: Ticket, follower: Contact) -> Unasked:
        """Return the short neutral news that a follower gets; it asks them for nothing."""
        return Unasked(ticket, follower, NO_ENTRY, passed_on(ticket, self.voice(follower)))


def worded(
    event: Event, ticket: Ticket, beside: Beside, say: Say, *, shared: bool
) -> Reply | None:
    """Return the notice of *event* on *ticket*, None where nothing is said of it.

    On a telephone of several people, *shared*, it neither names what the ticket is about nor
    shows what was done.
    """
    reply = notice(event, ticket, beside.words, say, beside.proof, coded=shared)
    if isinstance(reply, Silent):
        return None
    reply = _twinned(reply, event, ticket, beside, say)
    if shared or not beside.proof:
        return reply
    return replace(reply, pictures=Pictures(ticket.code, ticket.events))


def _twinned(reply: Reply, event: Event, ticket: Ticket, beside: Beside, say: Say) -> Reply:
    """Return *reply* with what a linked number gets in its place, which others may read too."""
    if say.brief:
        return reply
    brief = notice(event, ticket, beside.words, say.in_brief, beside.proof, coded=True)
    return reply if isinstance(brief, Silent) else replace(reply, by_sms=brief.text)
