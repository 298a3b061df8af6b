"""The mail server that takes our letters, as SATUPINTU_SMTP_URL names it."""

from typing import Literal
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import msgspec
from aiosmtplib import SMTP
from msgspec import Struct

PORTS = {"smtp": 587, "smtps": 465}
TIMEOUT = 20.0  # seconds for each answer of the server


class ServerUnreadableError(ValueError):
    """SATUPINTU_SMTP_URL is no smtp:// or smtps:// address; the text never shows it."""


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What can stand behind the ? of the address."""

    starttls: Literal["auto", "always", "never"] = "auto"
    timeout: float = TIMEOUT
    name: str = ""  # by which we greet it; the machine's own where none is given


class MailServer(Struct, frozen=True, kw_only=True):
    """Where mail is handed in. Prints without its password."""

    host: str
    port: int
    user: str
    password: str
    tls: bool
    options: Options

    def __repr__(self) -> str:
        return f"MailServer({self.host}:{self.port})"

    def connection(self) -> SMTP:
        """Return a connection, not open yet.

        A password is never sent over a line that others can read: with one, STARTTLS must work
        unless the address itself says starttls=never.
        """
        start = {"auto": True if self.user else None, "always": True, "never": False}
        return SMTP(
            hostname=self.host,
            port=self.port,
            username=self.user or None,
            password=self.password or None,
            use_tls=self.tls,
            start_tls=False if self.tls else start[self.options.starttls],
            timeout=self.options.timeout,
            local_hostname=self.options.name or None,
        )


def read_server(url: str) -> MailServer:
    """Return the server at smtp(s)://user:password@host:port?starttls=always.

    Raises ServerUnreadableError.
    """
    try:
        parts = urlsplit(url)
        given = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        return MailServer(
            host=_host(parts),
            port=parts.port or PORTS[parts.scheme],
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            tls=parts.scheme == "smtps",
            options=msgspec.convert(given, Options, strict=False),
        )
    except (ValueError, KeyError):
        raise ServerUnreadableError("must be smtp(s)://user:password@host:port") from None


def _host(parts: SplitResult) -> str:
    if not parts.hostname:
        raise ValueError("no server")
    return parts.hostname
