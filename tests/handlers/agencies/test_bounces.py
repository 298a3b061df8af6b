"""What mail servers send back, as several of them write it; the letter's tag is filled in."""

import base64
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


@given(st.binary(max_size=2000), st.sampled_from(SAMPLES))
@example(b"Content-Type: message/delivery-status\n\nAction: \xff\n", SAMPLES[0])
def test_whatever_comes_is_survived(noise: bytes, sample: Path) -> None:
    """The box for bounces gets all the rubbish of the world, and nothing breaks."""
    mail = filled(sample, TAGS.of(SENT))
    for broken in (noise, mail[: len(mail) // 2] + noise, noise + mail):
        assert read_note(broken, TAGS).news in set(News)
