"""Words of danger, and which numbers are shown to who writes them."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct


class Danger(StrEnum):
    """Which hotlines are shown where lives are at stake in a service."""

    EMERGENCY = "emergency"
    HEALTH = "health"


class Near(Struct, frozen=True):
    """Phrases that are heard only with one phrase of each of *beside* a few words away."""

    phrases: tuple[str, ...]
    beside: tuple[tuple[str, ...], ...] = ()


class Alarms(Struct, frozen=True, kw_only=True, eq=False):
    """Words that must never wait in a form. Known by identity: there are many."""

    emergency: tuple[str, ...]
    violence: tuple[str, ...]
    despair: tuple[str, ...] = ()  # somebody cannot go on living
    health: tuple[str, ...] = ()  # somebody needs an ambulance or is in hospital
    near: Mapping[str, tuple[Near, ...]] = {}  # by the name of what they raise
    quiet: tuple[Near, ...] = ()  # where these stand no alarm is heard: "bunuh nyamuk"
