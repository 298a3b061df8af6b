"""Danger told on the safe path."""

import pytest

from conversations import codec
from conversations.messages import Channel
from conversations.session import Session
from tests.conversations.test_session import HOME, after, said
from tests.conversations.town import DISTRICT, VOICES

BEGUN = after(HOME, "saya dipukul suami")
DANGER = (
    "dia mukul lagi",  # an alarm of the district's rows
    "anak saya ditendang juga",  # a word of the safe path's own row
    "takut",  # fear alone
    "rumah saya kebakaran",
    "saya mau mati",
)


@pytest.mark.parametrize("text", DANGER)
@pytest.mark.parametrize("language", VOICES)
def test_a_second_danger_is_met_calmly(text: str, language: str) -> None:
    """Who tells of more danger reads a calm sentence and numbers, and not that they must pick."""
    session, turn = Session(
        sender=BEGUN.sender, language=language, state=BEGUN.state, consent=BEGUN.consent
    ).step(said(text), VOICES)
    told = turn.replies[0].text
    assert "112" in told
    assert VOICES[language]("safe.unclear") not in told
    assert (session.state, turn.records) == (BEGUN.state, ())


@pytest.mark.parametrize("text", DANGER)
def test_no_calm_sentence_comes_thrice(text: str) -> None:
    """However often danger is told, no sentence is said three times in a row, nor a story kept."""
    session, said_before = BEGUN, []
    for _ in range(6):
        session, turn = session.step(said(text), VOICES)
        said_before.append(turn.replies[0].text.partition("\n")[0])
        assert text.encode() not in codec.dump(session)
        assert text not in turn.replies[0].text
    assert all(len({*said_before[at : at + 3]}) == 3 for at in range(4))


def test_an_answer_beside_danger_is_taken() -> None:
    """A number that stands beside what happens is kept; the numbers to call come first.

    More danger after it is met with other words than those.
    """
    session = after(BEGUN, "1", "pesan")
    after_it, turn = session.step(said("0812 3456 7890, dia mukul kalau saya telepon"), VOICES)
    assert turn.replies[0].text.startswith(VOICES["id"]("safe.calm"))
    assert after_it.state != session.state
    _, turn = after_it.step(said("dia mukul saya lagi"), VOICES)
    assert turn.replies[0].text.startswith(VOICES["id"]("safe.calm_again"))


def test_one_ticket_whatever_is_told() -> None:
    """Danger told before it is sent opens no second ticket, and sends none by itself."""
    session, opened = after(BEGUN, "1", "jangan hubungi saya", "lewati"), 0
    for text in ("dia mukul lagi", "ya", "menu"):
        session, turn = session.step(said(text), VOICES)
        opened += len(turn.records)
    assert opened == 1
    assert Channel.SMS is session.sender.channel
    assert session.filed == tuple(s.code for s in DISTRICT.services.values() if s.safe_path)


@pytest.mark.parametrize("text", ["belum", "belum aman pak", "sudah", "jawab apa ya", "jawab"])
def test_no_ticket_word_without_a_code_leaves_the_safe_path(text: str) -> None:
    """BELUM answers whether one is safe; SUDAH and JAWAB without a code lead nowhere else."""
    session, turn = BEGUN.step(said(text), VOICES)
    assert session.state.safe
    assert VOICES["id"]("safe.dropped") not in turn.replies[0].text


PLEAS = (
    *("bantu saya", "bantu saya keluar dari rumah", "help me please", "i need help"),
    *("lapor polisi", "lapor polisi takut", "report to police"),
)


@pytest.mark.parametrize("text", PLEAS)
@pytest.mark.parametrize("answers", [(), ("1", "pesan"), ("1", "jangan hubungi saya", "lewati")])
def test_a_plea_for_help_is_met_on_the_safe_path(text: str, answers: tuple[str, ...]) -> None:
    """Who asks for help or the police reads the numbers and the same question, and stays."""
    session = after(BEGUN, *answers)
    then, turn = session.step(said(text), VOICES)
    assert then.state == session.state
    assert turn.replies[0].text.startswith(VOICES["id"]("safe.calm"))
    assert turn.records == ()
