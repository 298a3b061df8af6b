"""Whole lives of tickets, left to the dice, in which every promise is kept."""

from collections.abc import Sequence
from random import Random

from tests.referrals.promises import kept, the_log_tells_the_ticket, told_or_silent
from tests.referrals.wild import Chance, Life, T


class OfDice(Random):
    """Choices that a seed makes."""

    def pick(self, choices: Sequence[T]) -> T:
        """Return one of *choices*."""
        return self.choice(choices)

    def whole(self, low: int, high: int) -> int:
        """Return a number from *low* to *high*."""
        return self.randint(low, high)


def lived(chance: Chance, steps: int) -> Life:
    """Return a life of some *steps*, in which every promise was kept."""
    life = Life(chance)
    life.file()
    kept(life, None)
    for _ in range(steps):
        before = life.ticket
        life.step()
        kept(life, before)
    the_log_tells_the_ticket(life)
    told_or_silent(life)
    return life
