"""Contact with whoever a vault ticket is about: at the times they named, and never unasked."""

from collections.abc import Mapping

from casework.ticket.receipts import FILED
from casework.ticket.spoken import unpacked
from referrals.directory import District
from referrals.safe_times import NEVER, Safe, safe_times
from referrals.ticket import Ticket


def safe_of(district: District, ticket: Ticket, words: Mapping[int, bytes]) -> Safe:
    """Return when the citizen of the vault *ticket* may be contacted, by their own answers.

    *words* are all that was said, by the log's entry. Without any, they may not be.
    """
    filed = words.get(FILED)
    if filed is None:
        return NEVER
    picked = {answer.key: answer.value for answer in unpacked(filed).answers}
    return safe_times(district.services[ticket.service], picked, ticket.opened_at)
