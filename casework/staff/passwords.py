"""Passwords of the console: hashed with Argon2id, a few at a time, beside the loop.

A hash takes a tenth of a second and 64 MiB (RFC 9106, second choice), so that guessing is dear; no
more than a few are reckoned at once, whoever asks.
"""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST_PASSWORD = 12  # characters; a sentence is easier to keep in mind than a riddle
LONGEST = 200
DIFFERENT = 5  # characters that must differ
AT_ONCE = 2  # hashes reckoned at a time
NOBODYS = (  # the hash of no password: what is reckoned against where nobody has the name
    "$argon2id$v=19$m=65536,t=3,p=4$MuRo5RQgJIhV5m2Xi8fIBQ$"
    "DqmcQg45FU9AFjCxyIsVfQ50JmdnZ74ei+7/uC9Cpjg"
)


class Passwords:
    """Makes and checks hashes without holding up anybody else's request."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._room = asyncio.Semaphore(AT_ONCE)

    async def hashed(self, password: str) -> str:
        """Return what is kept of *password*."""
        async with self._room:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def fits(self, password: str, kept: str) -> bool:
        """Tell whether *password* is the one whose hash is *kept*.

        Where nothing is kept the same is reckoned, so that the time tells nobody who has an
        account.
        """
        async with self._room:
            fits = await asyncio.to_thread(self._verify, password[:LONGEST], kept or NOBODYS)
        return fits and bool(kept)

    def _verify(self, password: str, kept: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False


def fault_of(password: str, name: str) -> str:
    """Return what is wrong with a new *password* of who signs in as *name*: a word, or nothing."""
    if len(password) < SHORTEST_PASSWORD:
        return "short"
    if len(password) > LONGEST:
        return "long"
    if len(set(password)) < DIFFERENT or (name and name.casefold() in password.casefold()):
        return "easy"
    return ""
