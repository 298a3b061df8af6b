"""What is so on one channel and not on another."""

from datetime import UTC, datetime, timedelta

import click
import pytest

from bot.cli import main
from bot.commands.terminal import CITIZENS
from conversations.channel_traits import MARGIN, Traits
from conversations.messages import Address, Channel
from conversations.say import LANGUAGES
from tests.conversations.town import VOICES
from web.voice import load_voices

NUMBER = "+6281200000001"
WROTE = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize("channel", Channel)
def test_every_channel_has_its_traits(channel: Channel) -> None:
    """They are found by the channel that a row names; what is kept of it is a word."""
    assert isinstance(Channel(channel.value).traits, Traits)
    assert channel == str(channel) == channel.value


@pytest.mark.parametrize("channel", Channel)
def test_traits_agree_with_each_other(channel: Channel) -> None:
    """Only an address that is a number has a plus, or is a line, and lines alone are metered."""
    traits = channel.traits
    assert traits.id_is_number or not (traits.with_plus or traits.is_line)
    assert traits.is_line or not traits.is_metered


@pytest.mark.parametrize("channel", Channel)
def test_an_address_is_a_number_where_numbers_are_addresses(channel: Channel) -> None:
    """A chat's id, or a form's, may be digits all the same."""
    address = Address.of_number(channel, NUMBER)
    assert address.number == (NUMBER if channel.traits.id_is_number else None)
    assert address.id.startswith("+") is channel.traits.with_plus
    assert Address(channel, "ab12").number is None


def test_a_window_closes_a_little_early() -> None:
    """Where there is one; elsewhere whoever wrote may be written to for ever."""
    day, free = Channel.WHATSAPP.traits, Channel.TELEGRAM.traits
    closes = WROTE + timedelta(hours=24) - MARGIN
    assert (day.free_until(WROTE), day.free_until(None), free.free_until(WROTE)) == (
        closes,
        None,
        None,
    )
    assert day.is_open(WROTE, closes - timedelta(seconds=1))
    assert not day.is_open(WROTE, closes)
    assert not day.is_open(None, WROTE)
    assert free.is_open(None, WROTE)


@pytest.mark.parametrize("channel", Channel)
def test_the_console_has_a_name_for_every_channel(channel: Channel) -> None:
    """In each language, where a case says how its citizen is reached."""
    voices = load_voices("Asia/Jakarta")
    assert all(voices[one](f"console_board.channel_{channel.value}") for one in LANGUAGES)


@pytest.mark.parametrize("channel", CITIZENS)
def test_a_channel_with_talk_is_named_to_who_links_it(channel: Channel) -> None:
    """In each language, when two addresses are about to be one person's."""
    assert all(VOICES[one](f"link.on_{channel.value}", tail="001") for one in LANGUAGES)


def test_a_terminal_shows_every_channel_with_talk() -> None:
    """On the web's page nobody talks; all others can be tried before they are connected."""
    (option,) = main.commands["chat"].params
    assert isinstance(option.type, click.Choice)
    assert set(option.type.choices) == set(CITIZENS) == set(Channel) - {Channel.WEB}
