"""What a free sentence brings to a form."""

from datetime import UTC, datetime

from conversations.hearing.answer_words import Verb, Wanted
from conversations.hearing.stories import told
from conversations.menu import Menu
from conversations.messages import Address, Channel, Inbound
from conversations.tickets.unsure import Unsure
from conversations.turn import Said
from tests.conversations.examples import SARI
from tests.conversations.town import DISTRICT, SAY

SENTENCE = f"kis ibu saya mati, nik {SARI.digits}, sudah dua bulan"
MESSAGE = Inbound(
    sender=Address(Channel.SMS, "1"),
    message_id="1",
    received_at=datetime(2026, 9, 3, 3, tzinfo=UTC),
    text="halo",
)


def test_a_nik_in_a_story_is_not_shown() -> None:
    """A number in the sentence a form begins with is masked where others may read it."""
    service = next(s for s in DISTRICT.services.values() if told(s, SENTENCE))
    (answer,) = told(service, SENTENCE)
    assert answer.value == SENTENCE
    assert "...0001" in answer.shown
    assert SARI.digits not in answer.shown


def test_a_short_sentence_is_no_story() -> None:
    """What tells too little is asked about, as if nothing had been written."""
    service = next(s for s in DISTRICT.services.values() if told(s, SENTENCE))
    assert told(service, "ktp hilang") == ()
    assert told(service, "rumah kami kebocoran sedari malam kemarinan")


def test_who_writes_while_we_look_is_told_so() -> None:
    """A message that comes before the store has answered changes nothing."""
    state = Unsure(Wanted(Verb.ANSWER, reason="warna biru"), Menu())
    turn = state.heard(Said(MESSAGE, "0" * 32), SAY)
    assert (turn.state, turn.unread) == (state, False)
