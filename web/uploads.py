"""Forms with files on their way in: few at a time, two of one sender, none that stands still.

Who is known here may send 52 megabytes, which on a weak signal takes minutes. So nobody may keep
everybody else out by beginning and then sending nothing, or by beginning often.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import StreamReader, web

SMALL_FORM = 64 * 1024  # bytes of a body that needs no place
AT_ONCE = 8  # large forms read at once: less than half a gigabyte, whoever sends them
EACH = 2  # of one account or link: who sends one may try again while the first dies away
STILL = 15.0  # seconds in which a body must bring FEWEST: a pause of a weak signal is shorter
FEWEST = 4 * 1024  # bytes: slow 3G brings as many in a quarter of a second


class Uploads:
    """Places for large forms; who finds none is told to come again."""

    def __init__(self, places: int = AT_ONCE, each: int = EACH) -> None:
        self.places = places
        self._each = each
        self._taken: Counter[str] = Counter()

    def has_place(self, who: str) -> bool:
        """Tell whether *who* may have one more."""
        return self._taken.total() < self.places and self._taken[who] < self._each

    @contextmanager
    def place(self, request: web.Request, who: str) -> Iterator["Place"]:
        """Give the place of *request*, sent by *who*, which it takes once it is large.

        Raises HTTPServiceUnavailable at once for one that says it is large and finds none.
        """
        if (request.content_length or 0) > SMALL_FORM and not self.has_place(who):
            raise web.HTTPServiceUnavailable
        place = Place(self, who)
        try:
            yield place
        finally:
            place.leave()

    def take(self, who: str) -> None:
        """Take a place for *who*. Raises HTTPServiceUnavailable."""
        if not self.has_place(who):
            raise web.HTTPServiceUnavailable
        self._taken[who] += 1

    def leave(self, who: str) -> None:
        """Give a place of *who* back."""
        self._taken[who] -= 1
        if not self._taken[who]:
            del self._taken[who]


class Place:
    """The place of one body: held from when more than SMALL_FORM bytes of it have come."""

    def __init__(self, uploads: Uploads, who: str) -> None:
        self._uploads = uploads
        self._who = who
        self._held = False

    def grown(self, content: StreamReader) -> None:
        """Take the place if *content* is large by now. Raises HTTPServiceUnavailable."""
        if not self._held and content.total_bytes > SMALL_FORM:
            self._uploads.take(self._who)
            self._held = True

    def leave(self) -> None:
        """Give it back, if it was taken."""
        if self._held:
            self._uploads.leave(self._who)


class Moving:
    """Has *limit* end at once when *content* stands still: fewer than FEWEST bytes in STILL."""

    def __init__(self, content: StreamReader, limit: asyncio.Timeout) -> None:
        self._content = content
        self._limit = limit
        self._loop = asyncio.get_running_loop()

    def __enter__(self) -> None:
        self._come_again()

    def __exit__(self, *_: object) -> None:
        self._next.cancel()

    def _come_again(self) -> None:
        self._before = self._content.total_bytes
        self._next = self._loop.call_later(STILL, self._look)

    def _look(self) -> None:
        came = self._content.total_bytes - self._before
        if came < FEWEST and not self._content.is_eof():
            self._limit.reschedule(self._loop.time())
        else:
            self._come_again()
