"""What the words of an office's own program mean here, as its row says."""

from enum import StrEnum

from msgspec import Struct


class Means(StrEnum):
    """What an office's status says about its leg."""

    ACCEPT = "accept"  # it took the case on; repeated while it works: nothing new
    RESOLVE = "resolve"  # it did its share; only the citizen closes
    DECLINE = "decline"  # it cannot be granted
    RETURN = "return"  # not this office's
    HOLD = "hold"  # on its waiting list
    ASK = "ask"  # the citizen is to tell something more
    NOTHING = "nothing"  # known, and nobody's news


class OfficeStatus(Struct, frozen=True, kw_only=True):
    """One status of an office's program."""

    says: str  # in its own words, large or small letters
    means: Means
    reason: str = ""  # of a decline that names none: one of our list's


class Updates(Struct, frozen=True, kw_only=True):
    """How an office's own program tells us what became of its legs."""

    secret_env: str  # the environment variable that holds "whsec_…", several split by spaces
    statuses: tuple[OfficeStatus, ...]


def status_named(statuses: tuple[OfficeStatus, ...], word: str) -> OfficeStatus | None:
    """Return the one of *statuses* that *word* names, or None."""
    wanted = word.strip().casefold()
    return next((one for one in statuses if one.says.strip().casefold() == wanted), None)
