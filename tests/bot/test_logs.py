"""Nothing personal reaches a log."""

import logging

import pytest
import structlog

from bot import logs
from conversations.messages import Address, Attachment, Channel, Inbound, Place, Reply
from conversations.session import Session
from conversations.turn import Answered, LookUp
from registry_client.nik import KkNumber, Nik
from tests.bot.playing import MONDAY, Play

NIK, PHONE, STORY = "9901014107800001", "+6281234567890", "suami saya sakit"
TOKEN = "123456789:AAExample-of_a-bot-token-that-is-secret"
ADDRESS = Address(Channel.SMS, PHONE)
PERSONAL = (
    Nik(NIK),
    KkNumber(NIK),
    ADDRESS,
    LookUp(Nik(NIK), "0001"),
    Answered("nik", NIK, STORY),
    Place(-6.1, 106.8),
    Attachment("photo", STORY),
    Reply(STORY),
    Inbound(sender=ADDRESS, message_id="1", received_at=MONDAY, text=STORY),
)


def fail_with(value: object) -> None:
    """Raise an error that carries *value*, as careless code does."""
    raise ValueError(value)


@pytest.fixture(params=["console", "json"])
def capfd(
    request: pytest.FixtureRequest, capfd: pytest.CaptureFixture[str]
) -> pytest.CaptureFixture[str]:
    """Set logs up as an operator would, and give what they write."""
    logs.configure(request.param)
    return capfd


@pytest.mark.parametrize("personal", PERSONAL, ids=lambda p: type(p).__name__)
def test_personal_types_print_masked(personal: object, capfd: pytest.CaptureFixture[str]) -> None:
    """Logged as a value, in a text, or inside an exception, they show nothing whole."""
    log = structlog.get_logger()
    log.warning("seen", value=personal, text=f"got {personal}")
    try:
        fail_with(personal)
    except ValueError:
        log.exception("failed")
    logging.getLogger("library").error("library says %s", personal)

    written = capfd.readouterr().err
    assert "seen" in written
    for secret in (NIK, PHONE, STORY, "106.8"):
        assert secret not in written


def test_numbers_tokens_and_links_are_masked(capfd: pytest.CaptureFixture[str]) -> None:
    """What looks like a NIK, a phone, a bot token or an agency link is cut in any text."""
    link = "/agency/WyI0ODIxMDkzNzUiLDEsMCwx.c2ln"
    structlog.get_logger().bind().warning(
        f"nik {NIK} hp {PHONE}", url=f"https://x/bot{TOKEN}/getMe"
    )
    logging.getLogger("aiohttp").warning("GET %s for %s", link, NIK)

    written = capfd.readouterr().err
    for secret in (NIK, PHONE, TOKEN, "WyI0ODIx"):
        assert secret not in written
    assert "nik " in written


async def test_a_bug_in_a_turn_logs_no_word_of_the_citizen(
    play: Play, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The traceback of a failed turn names the place in the code and no person."""
    citizen = await play.known()
    monkeypatch.setattr(Session, "step", _broken)
    await citizen.say(f"{STORY} {NIK}")

    written = capfd.readouterr().err
    assert "turn failed" in written
    assert NIK not in written
    assert STORY not in written


def _broken(_session: object, event: object, _voices: object) -> object:
    raise RuntimeError(event)
