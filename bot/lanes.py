"""Room for letters under way: a slow office, or a slow mail server, holds nobody else up."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

OF_AN_OFFICE = 2  # letters to one office at once
OF_A_WAY = 48  # letters on one kind of way at once


class Lanes:
    """Counts what is under way in this process."""

    def __init__(self) -> None:
        self._under_way: Counter[str] = Counter()

    def full(self, office: str, way: str) -> bool:
        """Say whether *office* or *way* has as many letters under way as it may."""
        there, so = _lanes(office, way)
        return self._under_way[there] >= OF_AN_OFFICE or self._under_way[so] >= OF_A_WAY

    @contextmanager
    def taken(self, office: str, way: str) -> Iterator[None]:
        """Hold one place for as long as it takes."""
        lanes = _lanes(office, way)
        self._under_way.update(lanes)
        try:
            yield
        finally:
            self._under_way.subtract(lanes)
            self._under_way = +self._under_way  # forgets those that are empty


def _lanes(office: str, way: str) -> tuple[str, str]:
    return f"office {office}", f"way {way}"
