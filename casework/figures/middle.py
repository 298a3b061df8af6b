"""Middles and buckets of whole numbers that were counted."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence

from casework.figures.hiding import LEAST
from casework.figures.tables import Mark, Shown


def middle(counts: Mapping[int, int]) -> Shown:
    """Return the median of the numbers counted, the lower of two; hidden for a few people."""
    whole = sum(counts.values())
    if whole == 0:
        return Mark.NOTHING
    if whole < LEAST:
        return Mark.HIDDEN
    left = (whole + 1) // 2
    for number in sorted(counts):
        left -= counts[number]
        if left <= 0:
            return number
    raise AssertionError("a median lies among what was counted")


def buckets(counts: Mapping[int, int], edges: Sequence[int]) -> dict[str, int]:
    """Return how many numbers lie below the first of *edges*, from it to the next, and so on."""
    found: Counter[str] = Counter()
    for number, n in counts.items():
        found[str(bisect_right(edges, number))] += n
    return dict(found)
