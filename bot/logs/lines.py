"""Logs: for a person on a console, as JSON for a machine; never a citizen's words or numbers."""

import logging
import sys
from typing import Any

import structlog

from bot.logs.errors import placed, without_words
from bot.logs.masks import masked


class LibraryLines(structlog.stdlib.ProcessorFormatter):
    """Writes the lines of libraries as ours are written."""

    def format(self, record: logging.LogRecord) -> str:
        return super().format(without_words(record))


def configure(log_format: str) -> None:
    """Send every log line, ours and the libraries', to standard error in *log_format*."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        placed,
    ]
    last = [masked, _renderer(log_format)]
    structlog.configure(processors=[*shared, *last], logger_factory=_to_standard_error)
    handler = logging.StreamHandler(sys.stderr)
    bare = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler.setFormatter(LibraryLines(foreign_pre_chain=shared, processors=[bare, *last]))
    logging.raiseExceptions = False  # a line that cannot be written must not print its arguments
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


def _renderer(log_format: str) -> Any:  # noqa: ANN401 - as structlog types processors
    if log_format == "json":
        return structlog.processors.JSONRenderer()
    return structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)


def _to_standard_error(*_: object) -> structlog.PrintLogger:
    return structlog.PrintLogger(sys.stderr)
