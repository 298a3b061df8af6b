"""What every channel can carry: a reply beyond it breaks on somebody's telephone."""

import msgspec

from conversations.messages import Reply
from handlers.telegram import render

TEXT = 4096  # Telegram
LABEL = 24  # a row of a WhatsApp list
VALUE = 64  # bytes of callback data, Telegram
ROWS = 10  # of a WhatsApp list
GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€"
)
EXTENDED = frozenset("^{}\\[~]|€")  # two places each
ONE, PART = 160, 153  # characters of a single text message, and of each one of several


def check(reply: Reply, quoted: str = "") -> None:
    """Assert that *reply* goes through every channel; *quoted* is what the citizen wrote."""
    assert 0 < len(reply.text) <= TEXT
    assert reply.text == reply.text.strip()
    assert {*reply.text} <= GSM | {*quoted}, {*reply.text} - GSM
    assert len(reply.choices) <= ROWS
    values = [choice.value for choice in reply.choices]
    labels = [choice.label for choice in reply.choices]
    assert len({*values}) == len(values)
    assert len({*labels}) == len(labels)
    assert all(value.isascii() and 0 < len(value) <= VALUE for value in values)
    assert all(0 < len(label) <= LABEL and {*label} <= GSM for label in labels)
    assert msgspec.json.decode(msgspec.json.encode(reply), type=Reply) == reply
    for body in render(reply, "1234"):
        assert msgspec.json.decode(body)


def segments(reply: Reply) -> int:
    """Return how many text messages *reply* costs with its choices counted from 1."""
    lines = [f"{n} {choice.label}" for n, choice in enumerate(reply.choices, 1)]
    text = "\n".join((reply.text, *lines))
    places = len(text) + sum(letter in EXTENDED for letter in text)
    return 1 if places <= ONE else -(-places // PART)
