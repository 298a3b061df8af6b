"""What the social registry (DTSEN) can answer. Expected outcomes are values."""

from datetime import date

from msgspec import Struct


class Edition(Struct, frozen=True):
    """Which data an answer comes from: DTSEN is published four times a year."""

    version: str  # for example "DTSEN 2026-T3"
    as_of: date


class Programme(Struct, frozen=True):
    """One programme as the registry records it for a family."""

    code: str  # PKH, SEMBAKO, PBI-JK, …
    active: bool
    period: str = ""  # the last period recorded, as the source writes it


class Listed(Struct, frozen=True, tag="listed"):
    """The family is in the registry. *desil* is 1 to 10, None where BPS has not ranked it yet."""

    desil: int | None
    programmes: tuple[Programme, ...]
    edition: Edition


class NotFound(Struct, frozen=True, tag="not_found"):
    """No such NIK, or the proof was wrong: one answer for both, so that no stranger learns."""

    edition: Edition


class NotMatched(Struct, frozen=True, tag="not_matched"):
    """The record does not match the civil registry (tidak padan); Dukcapil must mend it first."""

    edition: Edition


class NeedsPerson(Struct, frozen=True, tag="needs_person"):
    """Recorded as dead or anomalous: never told by chat; an officer calls (domain rule)."""


class TooManyTries(Struct, frozen=True, tag="too_many"):
    """Too many proofs were given, by this person or for this NIK; the next counts on *until*."""

    until: date


class Unavailable(Struct, frozen=True, tag="unavailable"):
    """The registry did not answer, or answered nonsense."""


class Pending(Struct, frozen=True, tag="pending"):
    """The registry is slow; it goes on being asked, and the answer follows as an event."""


Answer = Listed | NotFound | NotMatched | NeedsPerson | TooManyTries | Unavailable | Pending
