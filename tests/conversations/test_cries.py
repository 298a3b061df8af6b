"""A bare cry for help, hunger and a death are answered before anything else is asked."""

import pytest

from conversations.first import AskConsent, Greeting, Without
from conversations.hearing.alarms import Alarm, card
from conversations.hearing.cries import cries, hungry
from conversations.session import Session
from conversations.small_talk import Offered
from conversations.turn import OpenTicket, State
from referrals.district.directory import Priority
from tests.conversations.test_session import CHAT, HOME, said
from tests.conversations.town import DISTRICT, SAY, VOICES

NUMBERS = card(SAY, Alarm.EMERGENCY)


@pytest.mark.parametrize(
    "text", ["tolong", "tolooong pak", "cepet pak!!!", "tolong bu saya takut"]
)
def test_a_bare_cry_is_heard(text: str) -> None:
    """Who writes nothing but a cry for help is given the numbers, and asked what happened."""
    assert cries(text)
    _, turn = HOME.step(said(text), VOICES)
    assert "112 " in turn.replies[0].text
    assert SAY("talk.cry") in turn.replies[0].text


@pytest.mark.parametrize(
    "text", ["tolong cek pkh saya", "lampu jalan mati tolong", "please help me"]
)
def test_a_request_is_no_cry(text: str) -> None:
    """Tolong beside a wish is politeness."""
    assert not cries(text)


@pytest.mark.parametrize("state", [Greeting(), AskConsent(), Without()])
def test_a_cry_before_consent_has_the_numbers(state: State) -> None:
    """Nobody agrees to a notice before they know whom to call."""
    stranger = Session(sender=CHAT, language="id", state=state)
    _, turn = stranger.step(said("cepet pak!!!", sender=CHAT), VOICES)
    assert NUMBERS in turn.replies[0].text


@pytest.mark.parametrize(
    ("text", "hunger"),
    [
        ("anak2 blm makan 2 hari, suami pergi", True),
        ("sy butuh beras, anak 4 lapar", True),
        ("petani gagal panen ga punya apa2 buat makan", True),
        ("anak belum dapat makan gratis", False),
        ("beras bansos belum dapat hari ini", False),
        ("ga ada biaya, makan aja susah, anak di kota", False),
        ("anak ga doyan makan sama sekali", False),
        ("suami kerja tapi beras hari ini tidak ada", True),
        ("we have no food", True),
        ("i have no food aid card", False),
    ],
)
def test_hunger_is_told_from_a_programme(text: str, hunger: bool) -> None:  # noqa: FBT001 - expected
    """An empty pot is heard; a programme that serves meals is a matter of its own."""
    assert hungry(text) is hunger


def test_hunger_goes_to_a_person_at_once() -> None:
    """The officer is told what was written, and nothing is asked twice."""
    session, _ = HOME.step(said("anak2 blm makan 2 hari"), VOICES)
    assert isinstance(session.state, Offered)
    _, turn = session.step(said("ya"), VOICES)
    [opened] = [one for one in turn.records if isinstance(one, OpenTicket)]
    assert opened.draft.priority is Priority.P2
    assert opened.draft.service == DISTRICT.person_service
    assert "blm makan 2 hari" in opened.draft.answers[0].value


def test_a_death_is_met_with_condolence() -> None:
    """Who lost a husband is told that we are sorry before anything is asked."""
    _, turn = HOME.step(said("suami saya mati kemarin"), VOICES)
    assert turn.replies[0].text.startswith(SAY("talk.grief"))


LONG = "kantornya itu sebenarnya dimana soalnya anak mau dateng langsung besok"


@pytest.mark.parametrize("text", ["kantornya dimana", "buka jam brp", "alamatnya mana pak", LONG])
def test_where_and_when_is_answered(text: str) -> None:
    """Who asks for our office reads where it is and when it is open."""
    _, turn = HOME.step(said(text), VOICES)
    assert DISTRICT.office.in_language("id") in turn.replies[0].text
