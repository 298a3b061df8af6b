"""What mail servers send back, as several of them write it; the letter's tag is filled in."""

import base64
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers.agencies.bounces import News, Note, read_note
from handlers.agencies.verp import Sent
from tests.handlers.agencies.test_email import TAGS

FOLDER = Path(__file__).parent / "bounces"
SAMPLES = sorted(FOLDER.glob("*.eml"))
SENT = Sent(7_300_000_000_123, 2)
STATUS = {
    "failed__postfix": "5.1.1",
    "failed__exchange": "5.2.2",
    "failed__headers_only": "5.4.4",
    "delivered__note": "2.0.0",
    "nothing__delayed": "4.4.1",
    "nothing__relayed": "2.1.5",
}


def filled(sample: Path, tag: str) -> bytes:
    """Return *sample* about the letter with *tag*."""
    mail = sample.read_bytes()
    back = base64.b64decode("TWVzc2FnZS1JRDogPEBUQUdAQGNvbnRvaC5nby5pZD4K")
    named = base64.b64encode(back.replace(b"@TAG@", tag.encode()))
    mail = mail.replace(base64.b64encode(back), named)
    return mail.replace(b"{tag}", tag.encode()).replace(b"{TAG}", tag.upper().encode())


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_note_says_of_which_letter_and_what(sample: Path) -> None:
    """Whatever server wrote it, and wherever it names the letter."""
    verdict = News(sample.stem.partition("__")[0])
    note = read_note(filled(sample, TAGS.of(SENT)), TAGS)
    assert note == Note(SENT, verdict, STATUS.get(sample.stem, ""))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_nobody_can_make_up_a_note(sample: Path) -> None:
    """A tag that we did not make names no letter."""
    tag = TAGS.of(SENT)
    forged = tag[:-4] + ("0000" if tag[-4:] != "0000" else "1111")
    assert read_note(filled(sample, forged), TAGS).sent is None


def nested(depth: int) -> bytes:
    """Return a mail of parts in parts."""
    heads = (f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    return "".join(heads).encode()


def packed(text: bytes) -> bytes:
    """Return a mail whose returned headers are *text*, in base64."""
    head = b"Content-Type: text/rfc822-headers\nContent-Transfer-Encoding: base64\n\n"
    return head + base64.encodebytes(text)


MOMENT = 3.0  # seconds of this process, other threads among them: squares would take minutes
HOSTILE = {
    "parts in parts": nested(1500),
    "mails in mails": b"Content-Type: message/rfc822\n\n" * 3000 + b"x",
    "letters s": packed(b"s" * 60_000),
    "nearly tags": b"To: " + b"s1-1-" * 18_000 + b"\n\nx",
    "a long number": b"To: s" + b"1" * 90_000 + b"\n\nx",
    "a long turn": b"To: s1-" + b"1" * 90_000 + b"-" + b"0" * 16 + b"\n\nx",
    "many parts": b'Content-Type: multipart/mixed; boundary="a"\n\n' + b"--a\n\n" * 15_000,
    "many addresses": b"To: x\n" * 15_000 + b"\n\n",
}


@pytest.mark.parametrize("mail", HOSTILE.values(), ids=HOSTILE)
def test_a_mail_made_to_hurt_says_nothing(mail: bytes) -> None:
    """However deep or long it is, it is read in a moment and names no letter."""
    begun = time.process_time()
    assert read_note(mail, TAGS) == Note(None, News.NOTHING)
    assert time.process_time() - begun < MOMENT


def test_a_tag_stands_on_its_own() -> None:
    """Letters before it make it another word; what follows it, as a mail server adds, does not."""
    tag = TAGS.of(SENT)
    assert TAGS.read(f"<{tag}@contoh.go.id>") == SENT
    assert TAGS.read(f"kembali+{tag}@contoh.go.id") == SENT
    assert TAGS.read(f"x{tag}") is None


@given(st.binary(max_size=2000), st.sampled_from(SAMPLES))
@example(b"Content-Type: message/delivery-status\n\nAction: \xff\n", SAMPLES[0])
def test_whatever_comes_is_survived(noise: bytes, sample: Path) -> None:
    """The box for bounces gets all the rubbish of the world, and nothing breaks."""
    mail = filled(sample, TAGS.of(SENT))
    for broken in (noise, mail[: len(mail) // 2] + noise, noise + mail):
        assert read_note(broken, TAGS).news in set(News)
