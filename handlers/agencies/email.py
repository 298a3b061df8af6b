"""An office's mailbox: SMTP (RFC 5321). Bounces come to an address of each letter's own."""

from email.message import EmailMessage

from aiosmtplib import (
    SMTP,
    SMTPConnectError,
    SMTPException,
    SMTPHeloError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)
from msgspec import Struct

from handlers.agencies.mail_text import Envelope, MailWords, mail_of
from handlers.agencies.parcel import Parcel, Receipt
from handlers.agencies.smtp_server import MailServer
from handlers.agencies.verp import Sent, Tags, tagged
from handlers.delivery import DeliveryError, Refused, TryLater, Unauthorised
from referrals.district.ways import EmailWay

NOT_LET_IN = frozenset({530, 534, 535, 538})  # RFC 4954, section 6
PERMANENT = range(500, 600)
LONGEST_REASON = 150  # characters


class Mailbox(Struct, frozen=True):
    """From where we write, and where what cannot be delivered comes back; "" is not noticed."""

    sender: str
    bounces: str


class Email:
    """Sends letters by mail, one connection each: offices are written to now and then."""

    pauses = (300.0, 900.0, 1800.0, 3600.0, 7200.0, 14400.0)

    def __init__(self, server: MailServer, mailbox: Mailbox, tags: Tags, words: MailWords) -> None:
        self._server = server
        self._mailbox = mailbox
        self._tags = tags
        self._words = words

    async def send(self, parcel: Parcel, to: EmailWay) -> Receipt:
        """Hand *parcel* to the mail server: it is sent, and delivered once a note says so.

        The same letter on the same way has the same Message-ID at every try. Raises Refused for
        5xx, Unauthorised when we are not let in, TryLater for anything else.
        """
        tag = self._tags.of(Sent(parcel.id, parcel.turn))
        domain = self._mailbox.sender.rpartition("@")[2]
        mail = mail_of(
            parcel, self._words, Envelope(self._mailbox.sender, to.to, f"{tag}@{domain}")
        )
        bounces = self._mailbox.bounces
        sender = tagged(bounces, tag) if bounces else self._mailbox.sender
        smtp = self._server.connection()
        try:
            await smtp.connect()
            await _hand_in(smtp, mail, sender, to.to, tag)
        except (SMTPException, OSError, ValueError) as error:
            raise fault(error) from None
        finally:
            smtp.close()  # no goodbye: a server that fails at it has our letter all the same
        return Receipt(delivered=False, reference=tag)

    async def look(self) -> None:
        """See whether the server lets us in. Raises DeliveryError."""
        smtp = self._server.connection()
        try:
            await smtp.connect()
        except (SMTPException, OSError, ValueError) as error:
            raise fault(error) from None
        finally:
            smtp.close()


async def _hand_in(smtp: SMTP, mail: EmailMessage, sender: str, to: str, tag: str) -> None:
    """Hand *mail* in; a server that knows how is asked to say when it has arrived (RFC 3461)."""
    notes = smtp.supports_extension("dsn")
    await smtp.send_message(
        mail,
        sender=sender,
        recipients=[to],
        mail_options=["RET=HDRS", f"ENVID={tag}"] if notes else [],
        rcpt_options=["NOTIFY=SUCCESS,FAILURE"] if notes else [],
    )


def fault(error: Exception) -> DeliveryError:
    """Return what an SMTP error means for a letter: what the mailbox says counts, not the line."""
    match error:
        case SMTPRecipientsRefused(recipients=refused):
            return fault(refused[0])
        case SMTPConnectError() | SMTPHeloError():
            return TryLater()
        case SMTPResponseException(code=code) if code in NOT_LET_IN:
            return Unauthorised()
        case SMTPSenderRefused(code=code) if code in PERMANENT:
            return Unauthorised()
        case SMTPResponseException(code=code, message=message) if code in PERMANENT:
            return Refused(" ".join(f"{code} {message}".split())[:LONGEST_REASON])
    return TryLater()
