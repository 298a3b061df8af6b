"""What a proof says of something that does not hold."""

from msgspec import Struct


class Broken(Struct, frozen=True):
    """A link that does not hold: where, and what is wrong there."""

    where: str
    why: str
