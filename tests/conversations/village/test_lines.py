"""What a village's people type is read as they mean it, and as nothing else."""

from datetime import UTC, datetime

import pytest

from conversations.messages import Address, Channel, Inbound
from conversations.village.lines import (
    Bind,
    Case,
    Check,
    Deed,
    Line,
    Word,
    form_begun,
    is_line,
    line_of,
    read,
)

NOW = datetime(2026, 9, 3, 3, tzinfo=UTC)
NIK, CODE = "9901014107800001", "482109379"


def typed(text: str, channel: Channel = Channel.TELEGRAM, picked: str | None = None) -> Inbound:
    """Return a message."""
    sender = Address(channel, "70077")
    return Inbound(sender=sender, message_id="1", received_at=NOW, text=text, picked=picked)


@pytest.mark.parametrize("text", ["/desa", "/DESA tiket", "/desa 1234 5678"])
def test_a_line_begins_with_its_mark(text: str) -> None:
    """In a chat it is a line; by SMS, whose sender may be made up, it is a citizen's words."""
    assert is_line(typed(text))
    assert is_line(typed(text, Channel.WHATSAPP))
    assert not is_line(typed(text, Channel.SMS))


@pytest.mark.parametrize("text", ["", "desa Sukamaju", "halo /desa", "/desaku"])
def test_what_citizens_write_is_no_line(text: str) -> None:
    """A desa is in many an answer."""
    assert not is_line(typed(text))


def test_a_button_is_a_line_too() -> None:
    """What was tapped counts, not the text that a channel sends with it."""
    tapped = typed("Tiket desa", picked="/desa tiket")
    assert is_line(tapped)
    assert line_of(tapped) is Word.TICKETS


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", Word.MENU),
        ("menu", Word.MENU),
        ("xyzzy", Word.MENU),
        ("cek", Word.MENU),
        ("TIKET", Word.TICKETS),
        ("putus", Word.PART),
        ("Usul", Word.PROPOSE),
        ("perbaikan", Word.CORRECT),
        ("12345678", Bind("12345678")),
        ("1234 5678", Bind("12345678")),
        ("1234-5678", Bind("12345678")),
        (f"CEK {NIK}  0007", Check(NIK, "0007")),
        (f"cek 12345\n{NIK}", Check("12345", NIK)),
        (CODE, Case(CODE, Deed.OPEN, "")),
        ("4821 0937 9", Case(CODE, Deed.OPEN, "")),
        ("482109378", Case("", Deed.OPEN, "")),
        (f"{CODE} Terima", Case(CODE, Deed.ACCEPT, "")),
        (f"{CODE} lanjut", Case(CODE, Deed.RESUME, "")),
        (f"{CODE} naik", Case(CODE, Deed.ESCALATE, "")),
        (f"{CODE} naik di luar\ndesa", Case(CODE, Deed.ESCALATE, "di luar\ndesa")),
        ("4821 0937 9 catat Rumah kosong.", Case(CODE, Deed.NOTE, "Rumah kosong.")),
        (f"{CODE} bagaimana ini", Case(CODE, Deed.OPEN, "ini")),
    ],
)
def test_what_is_typed(text: str, line: Line) -> None:
    """Words in any case, numbers in groups; what is nothing else gets the menu."""
    assert read(text) == line
    assert line_of(typed(f" /Desa {text}\n")) == line


def test_a_form_is_begun_as_if_it_were_tapped() -> None:
    """The line itself answers no question of it."""
    begun = form_begun(typed("/desa usul"), "USUL")
    assert (begun.text, begun.picked) == ("", "resident:USUL")


@pytest.mark.parametrize(
    "line", [Bind("12345678"), Check(NIK, "0007"), Case(CODE, Deed.NOTE, "rumah Siti")]
)
def test_lines_print_masked(line: Line) -> None:
    """Neither a code that binds, nor a NIK, nor a word about somebody reaches a log."""
    assert not {"12345678", NIK, "0007", "Siti"} & {*repr(line).replace("(", " ").split()}
    assert "1234" not in repr(line)
    assert "Siti" not in repr(line)
