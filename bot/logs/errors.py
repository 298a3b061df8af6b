"""Errors in the log: what kind, and where; never what they say, for they quote citizens."""

import logging
import sys
from collections.abc import Iterator
from traceback import walk_tb
from typing import Any

DEEPEST = 10  # errors behind an error
LAST_FRAMES = 40  # of one error; an endless recursion has a thousand
SHORTEST_QUOTE = 4  # letters of an error's words that are looked for in the line itself


def placed(_logger: object, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Turn exc_info into the kinds and places of its errors (a processor of structlog)."""
    error = _error(event.pop("exc_info", None))
    if error is None:
        return event
    said = str(event.get("event", ""))
    for behind in chain(error):
        for quote in (repr(behind), str(behind)):
            if len(quote) >= SHORTEST_QUOTE:
                said = said.replace(quote, type(behind).__name__)
    return event | {"event": said, "exception": trace(error)}


def _error(exc_info: object) -> BaseException | None:
    """Return the error that *exc_info* means, in any of the shapes that logging takes."""
    match exc_info:
        case BaseException():
            return exc_info
        case (_, BaseException() as error, _):
            return error
        case None | False | (None, None, None):
            return None
        case _:
            return sys.exc_info()[1]


def trace(error: BaseException) -> str:
    """Return each error's kind, and under it file, line and function, the innermost last."""
    return "\nafter ".join("\n".join((_kind(one), *_places(one))) for one in chain(error))


def chain(error: BaseException) -> Iterator[BaseException]:
    """Yield *error*, those that it gathers, and those that it came from."""
    found = [error]
    for at in range(DEEPEST):
        if at == len(found):
            return
        one = found[at]
        yield one
        gathered = one.exceptions if isinstance(one, BaseExceptionGroup) else ()
        before = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
        found += [new for new in (*gathered, before) if new is not None and new not in found]


def _kind(error: BaseException) -> str:
    """Return the type; of the system's own errors also the number, which quotes nobody."""
    number = f" errno {error.errno}" if isinstance(error, OSError) and error.errno else ""
    return f"{type(error).__module__}.{type(error).__qualname__}{number}"


def _places(error: BaseException) -> list[str]:
    walked = list(walk_tb(error.__traceback__))[-LAST_FRAMES:]
    codes = [(frame.f_code, line) for frame, line in walked]
    return [f"  {code.co_filename}:{line} {code.co_qualname}" for code, line in codes]


def without_words(record: logging.LogRecord) -> logging.LogRecord:
    """Return a library's *record* without the words of errors that it has as arguments.

    asyncio writes whole tasks, and callbacks with their arguments: of its lines the head stays.
    """
    record = logging.makeLogRecord(record.__dict__)
    if isinstance(record.args, tuple):
        record.args = tuple(_named(argument) for argument in record.args)
    record.msg = _named(record.msg)
    if record.name == "asyncio":
        record.msg, record.args = record.getMessage().partition("\n")[0].partition("(")[0], ()
    return record


def _named(value: object) -> object:
    return type(value).__name__ if isinstance(value, BaseException) else value
