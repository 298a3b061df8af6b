"""Fetch Telegram's updates ourselves, where no webhook can reach us."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

import msgspec
import structlog
from msgspec import Struct

from handlers.delivery import DeliveryError, TryLater
from handlers.telegram import ALLOWED_UPDATES
from handlers.telegram_wire import Bare, fault
from handlers.wire import Wire

WAIT = 50  # seconds that Telegram may keep an empty poll open
BATCH = 100  # updates, the Bot API's own limit
LARGEST = 16 << 20  # bytes of one batch
TRIES = 10  # times that an update may break us before it is passed over; minutes, by PAUSES
PAUSES = (1.0, 2.0, 5.0, 15.0, 30.0)  # seconds after failures in a row, the last one repeats

log = structlog.get_logger()

Take = Callable[[bytes], Awaitable[bool]]  # takes one update; True when it is committed


class Batch(Struct, frozen=True):
    """The answer to getUpdates."""

    result: tuple[msgspec.Raw, ...]


_batch = msgspec.json.Decoder(Batch)
_number = msgspec.json.Decoder(Bare)


class Polling:
    """Polls for updates and confirms one to Telegram only when all before it are committed."""

    def __init__(self, api_url: str, token: str, wait: int = WAIT) -> None:
        self._wire = Wire(api_url, limit=1, timeout=wait + 15, largest=LARGEST)
        self._get_updates = self._wire.head(f"/bot{token}/getUpdates")
        self._wait = wait
        self._offset = 0
        self._broken: Counter[int] = Counter()  # how often an update, by number, broke us

    async def run(self, take: Take) -> None:
        """Hand every update to *take*, for ever. Updates of a batch are taken side by side."""
        failures = 0
        while True:
            try:
                whole = await self._take_batch(take)
                failures = 0 if whole else failures + 1
                pause = 0.0 if whole else _pause(failures)
            except DeliveryError as error:
                failures += 1
                pause = error.after or _pause(failures)
                log.warning("telegram polling waits", why=type(error).__name__, seconds=pause)
            await asyncio.sleep(pause)

    async def close(self) -> None:
        """Close the connection."""
        await self._wire.close()

    async def _take_batch(self, take: Take) -> bool:
        """Return whether all updates of the next batch are committed and will not come again."""
        updates = await self._fetch()
        ends = await asyncio.gather(*(take(body) for _, body in updates), return_exceptions=True)
        taken = [self._over(number, end) for (number, _), end in zip(updates, ends, strict=True)]
        done = taken.index(False) if False in taken else len(taken)
        if done:
            self._offset = updates[done - 1][0] + 1
            self._broken = Counter({n: c for n, c in self._broken.items() if n >= self._offset})
        return done == len(updates)

    def _over(self, number: int, end: bool | BaseException) -> bool:  # noqa: FBT001 - what gather gives
        """Tell whether update *number* need not come again: a bug is tried a few times only."""
        if isinstance(end, bool):
            return end
        self._broken[number] += 1
        tries, error = self._broken[number], type(end).__name__
        if tries < TRIES:
            log.error("an update failed", error=error, tries=tries)
            return False
        log.critical("an update was passed over", error=error, tries=tries)
        return True

    async def _fetch(self) -> list[tuple[int, bytes]]:
        """Return the next updates with their numbers. Raises DeliveryError."""
        request = {
            "offset": self._offset,
            "limit": BATCH,
            "timeout": self._wait,
            "allowed_updates": ALLOWED_UPDATES,
        }
        answer = await self._wire.post(self._get_updates, msgspec.json.encode(request))
        error = fault(answer.body)
        if error is not None:
            raise error
        try:
            bodies = [bytes(raw) for raw in _batch.decode(answer.body).result]
            return [(_number.decode(body).update_id, body) for body in bodies]
        except ValueError:
            raise TryLater from None


def _pause(failures: int) -> float:
    return PAUSES[min(failures, len(PAUSES)) - 1]
