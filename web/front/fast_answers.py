"""What the fast lane answers: a status and nothing else."""

import asyncio
import traceback
from functools import cache
from http import HTTPStatus

import structlog

LAST = "Connection: close\r\n"

log = structlog.get_logger()


@cache
def answer(status: int, last: str = "") -> bytes:
    """Return the bytes that answer *status*; *last* is empty or LAST."""
    again = "Retry-After: 1\r\n" if status == HTTPStatus.SERVICE_UNAVAILABLE else ""
    line = f"HTTP/1.1 {status:d} {HTTPStatus(status).phrase}\r\n"
    return f"{line}Content-Length: 0\r\nCache-Control: no-store\r\n{again}{last}\r\n".encode()


def outcome(turn: "asyncio.Task[int]") -> int:
    """Return the status that *turn* earned; a failed one is to be delivered again."""
    if turn.cancelled():
        return HTTPStatus.SERVICE_UNAVAILABLE
    error = turn.exception()
    if error is None:
        return turn.result()
    where = traceback.extract_tb(error.__traceback__)[-1]
    log.error("a webhook failed", error=type(error).__name__, at=f"{where.name}:{where.lineno}")
    return HTTPStatus.SERVICE_UNAVAILABLE
