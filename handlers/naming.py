"""What we call a message to a channel that knows it again by its name, or tells of it later."""

import hashlib
from typing import Final

NAME_BYTES: Final = 16  # 32 signs, which every channel takes


def named(salt: str, *told: str) -> str:
    """Return the name of a message that is made of *told*: the same in each try, no other's.

    *salt* is this house's secret: nobody else can make up a name that we know, and of two houses
    with one gateway both have a first message.
    """
    text = "\0".join(told).encode()
    return hashlib.blake2b(text, digest_size=NAME_BYTES, key=salt.encode()[:64]).hexdigest()
