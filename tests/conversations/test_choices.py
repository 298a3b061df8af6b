"""Answering a choice by tap, number, label, or a label misspelt."""

from datetime import UTC, datetime

import pytest

from conversations.hearing.choices import exact, pick
from conversations.messages import Address, Channel, Choice, Inbound

LABELS = ("Atap bocor", "Dinding rusak", "Lantai tanah", "Ya", "Belum tahu", "Belum punya")
CHOICES = tuple(Choice(f"v{n}", label) for n, label in enumerate(LABELS))
SENDER = Address(Channel.SMS, "1")


def said(text: str = "", picked: str | None = None) -> Inbound:
    """Return a message with *text*, or a tap on *picked*."""
    now = datetime(2026, 9, 3, 3, tzinfo=UTC)
    return Inbound(sender=SENDER, message_id="1", received_at=now, text=text, picked=picked)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", "v0"),
        ("2.", "v1"),
        ("no 3", "v2"),
        ("3️⃣", "v2"),
        ("7", None),
        ("0", None),
        ("atap BOCOR!", "v0"),
        ("bocor", "v0"),
        ("atp bocor", "v0"),
        ("dindng rusaq", "v1"),
        ("ya", "v3"),
        ("y", None),
        ("belum", None),
        ("belum punyak", "v5"),
        ("rumah saya roboh", None),
        ("", None),
        ("satu", "v0"),
        ("yang pertama", "v0"),
        ("nomor dua", "v1"),
        ("pilih yg nomer 3 aja", "v2"),
        ("pilih b", "v1"),
        ("the second one", "v1"),
        ("one", "v0"),
        ("b", None),
        ("yang ketujuh", None),
        ("dua anak", None),
        ("saya mau yang nomor dua saja ya", None),
    ],
)
def test_pick(text: str, value: str | None) -> None:
    """A number, also in words, a label, or a telling or misspelt word of it picks what it fits."""
    picked = pick(CHOICES, said(text))
    assert (picked.value if picked else None) == value


def test_ties() -> None:
    """Between two labels equally near, none is picked."""
    near = (Choice("a", "kartu a"), Choice("b", "kartu b"))
    assert pick(near, said("kartu c")) is None


@pytest.mark.parametrize(("text", "value"), [("rt", "v0"), ("RW", "v0"), ("kk", None)])
def test_parts(text: str, value: str | None) -> None:
    """A part between strokes picks its label, unless two labels have it."""
    choices = (Choice("v0", "RT/RW"), Choice("v1", "KTP/KK"), Choice("v2", "KK/Akta"))
    picked = pick(choices, said(text))
    assert (picked.value if picked else None) == value


def test_taps() -> None:
    """A tap picks its value and nothing near it."""
    assert exact(CHOICES, said(picked="v1")) == CHOICES[1]
    assert pick(CHOICES, said("1", picked="other:value")) is None


def test_nothing_to_pick() -> None:
    """Without choices nothing is picked."""
    assert pick((), said("1")) is None
