"""Once the day's texts are used up: what is heard all the same, and the last word."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from conversations import spent
from conversations.forms import fill
from conversations.menu import Menu
from conversations.messages import Address, Channel, Inbound
from conversations.say import LANGUAGES, Say
from handlers.sms_parts import cost
from tests.conversations.test_wording import SAID
from tests.conversations.town import DISTRICT, SAY, VOICES

NOW = datetime(2026, 9, 3, 3, tzinfo=UTC)
SENDER = Address(Channel.SMS, "+6281200000001")


def text(words: str) -> Inbound:
    """Return a text of *words*."""
    return Inbound(sender=SENDER, message_id="1", received_at=NOW, text=words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_last_word_names_our_desk_in_one_segment(language: str) -> None:
    """It says whom to call, that nothing is lost, and the word that is always heard."""
    said = spent.last_word(VOICES[language].in_brief).text
    assert "0299000112" in said
    assert "DARURAT" in said
    assert cost((said,)) == 1


def test_without_a_number_it_is_said_where_our_desk_is() -> None:
    """A kabupaten whose desk has no telephone has an office."""
    others = tuple(one for one in DISTRICT.hotlines if spent.DESK not in one.purpose)
    say = Say("id", SAID["id"], replace(DISTRICT, hotlines=others))
    assert DISTRICT.office.id in spent.last_word(say).text


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("rumah kami kebakaran", "113"),
        ("darurat", "112"),
        ("saya mau mati saja", "119"),
        ("1", ""),
    ],
)
def test_alarms_are_given_their_numbers(words: str, number: str) -> None:
    """Words of danger, of despair, and DARURAT; nothing else."""
    assert not spent.goes_on(Menu(), text(words), SAY)
    numbers = spent.numbers(text(words), SAY)
    assert number in numbers if number else not numbers


def test_the_safe_path_is_not_broken_off() -> None:
    """It begins and goes on as on any day."""
    assert spent.goes_on(Menu(), text("suami saya mukul saya"), SAY)
    assert spent.goes_on(fill.start("PPA", SAY).state, text("1"), SAY)
