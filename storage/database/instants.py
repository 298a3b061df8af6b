"""Instants as both databases keep them: whole microseconds since 1970 in UTC, in a BIGINT.

An integer is the same on SQLite and PostgreSQL, sorts, indexes, and costs no parsing.
"""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def to_number(instant: datetime) -> int:
    """Return *instant*, which must be aware, in microseconds. TypeError for a naive one."""
    return (instant - EPOCH) // MICROSECOND


def from_number(number: int) -> datetime:
    """Return the instant that *number* stands for, aware and in UTC."""
    return EPOCH + timedelta(microseconds=number)
