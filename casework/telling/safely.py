"""Contact with whoever a vault ticket is about: at the times they named, and never unasked."""

from collections.abc import Mapping
from datetime import datetime

from casework.ticket.receipts import FILED
from casework.ticket.spoken import unpacked
from referrals.district.directory import District
from referrals.district.safe_times import Safe, safe_times, unreachable
from referrals.guards import is_vault
from referrals.ticket import Ticket
from storage.database.sealing import VaultClosed
from storage.store import Store


def safe_of(district: District, ticket: Ticket, words: Mapping[int, bytes]) -> Safe:
    """Return when the citizen of the vault *ticket* may be contacted, by their own answers.

    *words* are all that was said, by the log's entry. Without any, they may not be.
    """
    picked = _picked(words)
    return safe_times(district.services[ticket.service], picked, ticket.opened_at)


def has_way(district: District, ticket: Ticket, words: Mapping[int, bytes]) -> bool:
    """Tell whether an officer can contact them: who asks for a call may give no number."""
    return not unreachable(district.services[ticket.service], _picked(words))


def _picked(words: Mapping[int, bytes]) -> Mapping[str, str]:
    filed = words.get(FILED)
    return {answer.key: answer.value for answer in unpacked(filed).answers} if filed else {}


async def safe_at(store: Store, district: District, ticket: Ticket, now: datetime) -> datetime:
    """Return when the citizen of *ticket* may be contacted, as a vault's form asked them.

    *now* where they named no hours, or where this process may not read which: what is asked of
    the officer then is not held back, and their page says whether it is safe.
    """
    if not is_vault(ticket):
        return now
    try:
        words = await store.ticket_words(ticket.code)
    except VaultClosed:
        return now
    return safe_of(district, ticket, words).opening(district.calendar, now) or now
