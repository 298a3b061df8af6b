"""Logs: for a person on a console, as JSON for a machine; never a citizen's words or numbers."""

import logging
import re
import sys
from typing import Any

import structlog

LONG_NUMBERS = re.compile(r"(?<!\w)\+?\d{9,}(?!\w)")
TOKENS = re.compile(r"\d{6,12}:[A-Za-z0-9_-]{20,}")
AGENCY_LINKS = re.compile(r"/agency/[^\s\"']+")


def configure(log_format: str) -> None:
    """Send every log line, ours and the libraries', to standard error in *log_format*."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        masked,
    ]
    machine = log_format == "json"
    last: Any = structlog.processors.JSONRenderer() if machine else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[*shared, last],
        logger_factory=_to_standard_error,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    logging.raiseExceptions = False  # a line that cannot be written must not print its arguments
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


def _to_standard_error(*_: object) -> structlog.PrintLogger:
    return structlog.PrintLogger(sys.stderr)


def masked(_logger: object, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Mask what looks like a NIK, a phone, a bot token or an agency link in every text."""
    return {key: mask(value) if isinstance(value, str) else value for key, value in event.items()}


def mask(text: str) -> str:
    """Return *text* with long numbers cut to their last two digits, and secrets removed."""
    text = TOKENS.sub("(token)", text)
    text = AGENCY_LINKS.sub("/agency/(link)", text)
    return LONG_NUMBERS.sub(lambda found: f"…{found.group()[-2:]}", text)
