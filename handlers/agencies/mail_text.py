"""What a letter looks like in a mailbox: plain text, and HTML that a telephone shows well."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape

from msgspec import Struct

from handlers.agencies.parcel import Parcel

PAGE = """<!doctype html>
<html lang="id"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><title>{subject}</title></head>
<body style="margin:0;padding:16px;font:18px/1.5 sans-serif">
<div style="max-width:32em;margin:0 auto">
<h1 style="font-size:22px;line-height:1.3;margin:0 0 12px">{subject}</h1>
<p style="margin:0 0 16px">{text}</p>
{rows}{button}
<p style="font-size:14px;margin:24px 0 0">{footer}</p>
</div></body></html>
"""
ROW = '<p style="margin:0 0 4px"><b>{label}:</b> {value}</p>\n'
BUTTON = """<p style="margin:24px 0"><a href="{link}" style="display:block;padding:16px;
border-radius:8px;background:#0b5d3b;color:#fff;font-size:20px;font-weight:bold;text-align:center;
text-decoration:none">{open}</a></p>
<p style="font-size:14px;word-break:break-all;margin:0"><a href="{link}">{link}</a></p>
"""


class MailWords(Struct, frozen=True):
    """The fixed words of a letter by mail; *sender* is the name it comes from."""

    sender: str
    open: str
    service: str
    area: str
    priority: str
    due: str
    footer: str


class Envelope(Struct, frozen=True):
    """Who writes to whom, and under which id."""

    sender: str  # the visible address
    to: str
    id: str  # of the message, without its brackets


def mail_of(parcel: Parcel, words: MailWords, envelope: Envelope) -> EmailMessage:
    """Return *parcel* as a mail: nobody's name, no story, and the same bytes at every try."""
    mail = EmailMessage()
    mail["From"] = Address(display_name=words.sender, addr_spec=envelope.sender)
    mail["To"] = Address(addr_spec=envelope.to)
    mail["Subject"] = parcel.subject
    mail["Date"] = format_datetime(parcel.written_at)
    mail["Message-ID"] = f"<{envelope.id}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's holiday note answers it
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(_plain(parcel, words), cte="quoted-printable")
    mail.add_alternative(_page(parcel, words), subtype="html", cte="quoted-printable")
    rest = envelope.id.partition("@")[0]
    mail.set_boundary(f"=_{rest}")
    return mail


def _rows(parcel: Parcel, words: MailWords) -> list[tuple[str, str]]:
    """Return what helps an officer to see how urgent it is and whose desk it belongs to."""
    rows = [
        (words.service, parcel.service_name),
        (words.area, parcel.area_name),
        (words.priority, parcel.priority),
        (words.due, f"{parcel.due:%d-%m-%Y}" if parcel.due else ""),
    ]
    return [(label, value) for label, value in rows if value]


def _plain(parcel: Parcel, words: MailWords) -> str:
    rows = "\n".join(f"{label}: {value}" for label, value in _rows(parcel, words))
    link = f"{words.open}:\n{parcel.link}" if parcel.link else ""
    return "\n\n".join(filter(None, (parcel.text, rows, link, words.footer))) + "\n"


def _page(parcel: Parcel, words: MailWords) -> str:
    rows = "".join(
        ROW.format(label=escape(label), value=escape(value))
        for label, value in _rows(parcel, words)
    )
    link = escape(parcel.link, quote=True)
    return PAGE.format(
        subject=escape(parcel.subject),
        text=escape(parcel.text),
        rows=rows,
        button=BUTTON.format(link=link, open=escape(words.open)) if link else "",
        footer=escape(words.footer),
    )
