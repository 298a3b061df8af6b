"""A reply as WhatsApp messages: buttons, a list or a numbered menu (Cloud API, 2026)."""

from functools import lru_cache
from typing import Final

import msgspec

from conversations.messages import Address, Choice, Reply
from handlers.long_text import split, utf16_units

TEXT_LIMIT = 4096  # UTF-16 units of a text
BODY_LIMIT = 1024  # of a message with buttons, a list or a request for a place
MOST_BUTTONS, BUTTON_LABEL = 3, 20
MOST_ROWS, ROW_LABEL = 10, 24
LIST_LABEL: Final = "\N{IDENTICAL TO}"  # opens a list where the district has no word for it


def addressed(address: Address, named: str = "") -> bytes:
    """Return the beginning of every message to *address*; receipts will call it *named*.

    Numbers go in "to", ids for us alone in "recipient" (Meta, business-scoped user ids).
    """
    key = b"to" if address.number else b"recipient"
    called = b',"biz_opaque_callback_data":' + msgspec.json.encode(named) if named else b""
    return b'{"messaging_product":"whatsapp","recipient_type":"individual","%b":%b%b,' % (
        key,
        msgspec.json.encode(address.id),
        called,
    )


def render(reply: Reply, list_label: str = LIST_LABEL) -> tuple[bytes, ...]:
    """Return the messages of *reply*, each without its beginning; choices go with the last.

    *list_label* is on the button that opens a list, at most 20 characters. A text that is too
    long for a message with choices goes before it, up to its last part.
    """
    if reply.ask_place:
        return _asking(_menu(reply.text, reply), _PLACE)
    action = _action(reply.choices, list_label)
    if action:
        return _asking(_text(reply), action)
    return tuple(map(_plain, split(_menu(_text(reply), reply), TEXT_LIMIT)))


def _text(reply: Reply) -> str:
    return f"{reply.text}\n{reply.phone_same}" if reply.phone_same else reply.text


def _menu(text: str, reply: Reply) -> str:
    """Return *text* with the choices beneath it, which a number or their name answers.

    Those of an unasked notice have no numbers, for a number answers the question under way.
    """
    lines = [_line(number, choice, reply) for number, choice in reply.numbered]
    return "\n".join((text, *lines))


def _line(number: int, choice: Choice, reply: Reply) -> str:
    if choice.link:
        return f"{choice.label}: {choice.link}"
    unnumbered = reply.unasked or not number
    return f"- {choice.label}" if unnumbered else f"{number}. {choice.label}"


def _asking(text: str, action: bytes) -> tuple[bytes, ...]:
    """Return *text* with *action* beneath it; its beginning in plain messages where it is long."""
    before = ""
    body = text
    if utf16_units(text) > BODY_LIMIT:
        body = split(text, BODY_LIMIT)[-1]
        before = text.removesuffix(body).rstrip()
    first = split(before, TEXT_LIMIT) if before else ()
    return (*map(_plain, first), b'"type":"interactive","interactive":{%b}}' % _with(body, action))


def _with(body: str, action: bytes) -> bytes:
    return b'"body":{"text":%b},%b' % (msgspec.json.encode(body), action)


def _plain(text: str) -> bytes:
    return b'"type":"text","text":{"body":%b,"preview_url":false}}' % msgspec.json.encode(text)


_PLACE: Final = b'"type":"location_request_message","action":{"name":"send_location"}'


@lru_cache(maxsize=2048)
def _action(choices: tuple[Choice, ...], list_label: str) -> bytes:
    """Return buttons where all fit, else a list where all fit; else nothing.

    WhatsApp takes no two that are called alike, and opens no page.
    """
    apart = len({choice.label for choice in choices}) == len(choices)
    if not choices or not apart or any(choice.link for choice in choices):
        return b""
    longest = max(utf16_units(choice.label) for choice in choices)
    if len(choices) <= MOST_BUTTONS and longest <= BUTTON_LABEL:
        return _encoded("button", {"buttons": [_button(choice) for choice in choices]})
    if len(choices) <= MOST_ROWS and longest <= ROW_LABEL:
        rows = [{"id": choice.value, "title": choice.label} for choice in choices]
        return _encoded("list", {"button": list_label, "sections": [{"rows": rows}]})
    return b""


def _button(choice: Choice) -> dict[str, object]:
    return {"type": "reply", "reply": {"id": choice.value, "title": choice.label}}


def _encoded(kind: str, action: dict[str, object]) -> bytes:
    return b'"type":"%b","action":%b' % (kind.encode(), msgspec.json.encode(action))
