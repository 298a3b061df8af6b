"""Asking the store for counts, by this and that."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from casework.figures.kinds import Kind
from casework.figures.looking import EVER, Asked, Look, spans
from casework.figures.tables import Sides
from storage.figures.counted import Count
from storage.store import Store

WEEK = 7
By = Mapping[Any, int]


class Period(Struct, frozen=True):
    """Days counted: whole weeks from a Monday on, of which the newest may not be over."""

    first: int
    last: int

    @classmethod
    def until(cls, today: date, weeks: int) -> "Period":
        """Return the newest *weeks*, this one among them, up to *today*."""
        monday = today.toordinal() - today.weekday()
        return cls(monday - WEEK * (weeks - 1), today.toordinal())

    @property
    def days(self) -> tuple[int, int]:
        """The first and the last day."""
        return self.first, self.last

    @property
    def weeks(self) -> tuple[int, ...]:
        """Its weeks, as the store numbers them."""
        return tuple(range((self.first - 1) // WEEK, (self.last - 1) // WEEK + 1))

    def before(self) -> "Period":
        """Return as many days of the weeks just before: the same weekdays are compared."""
        back = WEEK * len(self.weeks)
        return Period(self.first - back, self.last - back)


class Gathered(Struct, frozen=True):
    """Counts of several kinds by one thing, and what their values make."""

    counts: tuple[Count, ...]

    def and_(self, other: "Gathered") -> "Gathered":
        """Return these counts and the *other* ones, of other kinds."""
        return Gathered(self.counts + other.counts)

    def only(self, *kinds: Kind) -> "Gathered":
        """Return the counts of *kinds*."""
        return Gathered(tuple(one for one in self.counts if one.kind in kinds))

    def turned(self) -> "Gathered":
        """Return the same counts with the parts of their groups in the other order."""
        turned = (Count(one.kind, one.group[::-1], one.n, one.total) for one in self.counts)
        return Gathered(tuple(turned))

    def by(self, kind: Kind, place: int = 0) -> Counter[Any]:
        """Return how many of *kind* there are, by the group's part at *place*."""
        return self._sum(kind, lambda one: (one.group[place], one.n))

    def values(self, kind: Kind, place: int = 0) -> Counter[Any]:
        """Return the sum of the values of *kind*, by the group's part at *place*."""
        return self._sum(kind, lambda one: (one.group[place], one.total))

    def sides(self, kind: Kind, place: int = 0) -> Sides:
        """Return how many of *kind* have the value 1, of all."""
        return Sides(named(self.values(kind, place)), named(self.by(kind, place)))

    def pairs(self, *kinds: Kind) -> Counter[tuple[str, str]]:
        """Return how many of *kinds* together there are, by both parts of the group."""
        found: Counter[tuple[str, str]] = Counter()
        for one in self.counts:
            if one.kind in kinds:
                found[str(one.group[0]), str(one.group[1])] += one.n
        return found

    def n(self, kind: Kind) -> int:
        """Return how many of *kind* there are in all."""
        return sum(one.n for one in self.counts if one.kind == kind)

    def total(self, kind: Kind) -> int:
        """Return what the values of *kind* make in all."""
        return sum(one.total for one in self.counts if one.kind == kind)

    def _sum(self, kind: Kind, part: Callable[[Count], tuple[Any, int]]) -> Counter[Any]:
        found: Counter[Any] = Counter()
        for one in self.counts:
            if one.kind == kind:
                group, n = part(one)
                found[group] += n
        return found


class Gathering:
    """Counts for one look at the figures. Raises StoreUnavailable."""

    def __init__(self, store: Store, asked: Asked, look: Look) -> None:
        self._store = store
        self._asked = asked
        self._look = look

    async def counts(
        self, kinds: Sequence[Kind], *by: str, days: tuple[int, int] = EVER
    ) -> Gathered:
        """Return the counts of *kinds* in *days*, by the dimensions *by*."""
        found: list[Count] = []
        for span in spans(self._asked, self._look, days):
            found += await self._store.count(kinds, span, *by)
        return Gathered(tuple(found))


def named(counts: Mapping[Any, int]) -> dict[str, int]:
    """Return *counts* with their groups as texts, as tables have them."""
    return {str(name): n for name, n in counts.items()}
