"""Send a citizen what they did not ask for: at decent hours, and known by what it is about."""

from datetime import datetime

from msgspec import Struct

from casework.ticket.receipts import about
from conversations.messages import Reply
from referrals.district.decent_hours import next_decent
from referrals.district.directory import District, Priority
from referrals.guards import is_vault
from referrals.ticket import Ticket
from storage.cases.tickets import Contact
from storage.replies.outbox import OutboxItem
from storage.unit import Unit

NO_ENTRY = 0  # of a log: whether such news arrives starts no clock


class Unasked(Struct, frozen=True):
    """News of *ticket* for whoever is at *contact*: entry *seq* of its log, if any, worded."""

    ticket: Ticket
    contact: Contact
    seq: int
    reply: Reply
    lasting: bool = False  # sent even though the ticket is erased in the same unit


def send(unit: Unit, news: Unasked, district: District, now: datetime) -> OutboxItem | None:
    """Have *news* sent, and return what is ours to send once *unit* is kept.

    That is nothing at night, when it waits for the morning, unless lives are at stake. About a
    vault ticket nothing is ever sent unasked, however urgent: who holds the telephone may not be
    who filed it. Its officer makes contact, when that is safe (`casework.telling.safely`).
    """
    if not news.contact.address.id or is_vault(news.ticket):  # or everything was erased
        return None
    told = about(news.ticket, news.seq, asks=bool(news.reply.choices))
    told = "" if news.lasting else told
    due = next_decent(district.decent_hours, district.calendar, now)
    if due == now or news.ticket.priority is Priority.P1:
        return unit.send(news.contact.address, news.reply, now, about=told)
    unit.send_later(news.contact.address, news.reply, now, due, told)
    return None
