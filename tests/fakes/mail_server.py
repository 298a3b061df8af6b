"""A small mail server on 127.0.0.1: it takes, puts off, refuses, hangs or hangs up as told."""

import asyncio
from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import NamedTuple

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

NOTES = frozenset({"RET", "ENVID", "NOTIFY"})


class Taken(NamedTuple):
    """A letter that was taken."""

    sender: str
    to: tuple[str, ...]
    content: bytes
    options: tuple[str, ...]

    @property
    def mail(self) -> EmailMessage:
        """The letter as its reader's program opens it."""
        message = message_from_bytes(self.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        return message


class MailServer:
    """The fake. *rcpt* and *data* are its answers; *drop* hangs up after the letter, unsaid.

    A mailbox in *unknown* is refused with 550, one in *busy* is put off with 451.
    """

    def __init__(self, *, login: tuple[str, str] | None = None, notes: bool = False) -> None:
        self.taken: list[Taken] = []
        self.unknown: set[str] = set()
        self.busy: set[str] = set()
        self.mail = ""  # the answer to MAIL FROM, "" takes it
        self.data = ""  # the answer to the letter, "" takes it
        self.hang = False  # never answers the letter
        self.drop = False  # takes the letter and breaks the line instead of saying so
        self.connections = 0
        self._login = login
        self._notes = notes
        self._sessions: set[SMTP] = set()

    async def start(self) -> None:
        """Start on a free port."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._session, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    @property
    def url(self) -> str:
        """What SATUPINTU_SMTP_URL says of it."""
        return f"smtp://127.0.0.1:{self.port}?timeout=2"

    async def close(self) -> None:
        """Stop, and break every line."""
        self._server.close()
        for session in self._sessions:
            if session.transport is not None:
                session.transport.abort()
        await asyncio.sleep(0)

    def _session(self) -> SMTP:
        self.connections += 1
        kind = WithNotes if self._notes else SMTP
        session = kind(
            self,
            hostname="mail.fake",
            ident="fake",
            auth_require_tls=False,
            authenticator=self._known if self._login else None,
        )
        self._sessions.add(session)
        return session

    def _known(
        self, server: SMTP, session: Session, envelope: Envelope, how: str, given: LoginPassword
    ) -> AuthResult:
        pair = (given.login.decode(), given.password.decode())
        return AuthResult(success=pair == self._login, handled=False)

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's own name and signature
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        session.host_name = hostname
        return [responses[0], "250-DSN", *responses[1:]] if self._notes else responses

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's own name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.mail:
            return self.mail
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's own name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.unknown:
            return "550 5.1.1 No such mailbox"
        if address in self.busy:
            return "451 4.2.1 Come back later"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's own name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.hang:
            await asyncio.Event().wait()
        if self.data:
            return self.data
        assert isinstance(envelope.content, bytes)
        options = (*envelope.mail_options, *envelope.rcpt_options)
        taken = Taken(
            envelope.mail_from or "", tuple(envelope.rcpt_tos), envelope.content, options
        )
        self.taken.append(taken)
        if self.drop:
            assert server.transport is not None
            server.transport.abort()
        return "250 2.0.0 Queued"


class WithNotes(SMTP):
    """A server that knows the parameters of delivery notes (RFC 3461)."""

    def _getparams(self, params: Sequence[str]) -> dict[str, str | bool] | None:
        return super()._getparams([p for p in params if p.partition("=")[0] not in NOTES])
