"""Chance that comes out the same at each run: for invented people, never for secrets."""

WORD = 2**64 - 1  # 64 bits
SPENT = 2**32  # of 64 bits, what is left when more are drawn
GOLDEN, FIRST, SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


class Chance:
    """Numbers of SplitMix64 (Steele, Lea and Flood, 2014), in the order of their seed."""

    __slots__ = ("_left", "_state")

    def __init__(self, seed: int) -> None:
        self._state = seed & WORD
        self._left = 0

    def next(self) -> int:
        """Return the next 64 bits."""
        self._state = (self._state + GOLDEN) & WORD
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * FIRST) & WORD
        mixed = ((mixed ^ (mixed >> 27)) * SECOND) & WORD
        return mixed ^ (mixed >> 31)

    def below(self, limit: int) -> int:
        """Return a number from 0 to *limit* - 1; each is as likely, for limits in the thousands.

        Several numbers are taken from the same 64 bits: that is three times as fast.
        """
        left = self._left if self._left >= SPENT else self.next()
        self._left, number = divmod(left, limit)
        return number
