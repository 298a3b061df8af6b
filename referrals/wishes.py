"""What all commands have in common."""

from msgspec import Struct


class Wish(Struct, frozen=True, kw_only=True, tag_field="do"):
    """Any command; *words* is the digest of its free text, empty where there was none."""

    words: str = ""


class LegWish(Wish, frozen=True):
    """A command about one leg, by its number; 0 is the desk before any agency had the ticket."""

    leg: int
