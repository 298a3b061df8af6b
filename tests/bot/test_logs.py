"""Nothing personal reaches a log."""

import asyncio
import logging
import re
import time
from collections.abc import Callable

import pytest
import structlog

from bot.commands.people import Asked
from bot.logs import lines as logs
from bot.logs.errors import chain, trace
from bot.logs.masks import mask_text
from casework.citizen.whose import Person
from casework.privacy.copies import TalkCopy, Word
from casework.privacy.incident import Affected
from casework.trail.actions import CITIZEN, Action
from casework.trail.looking import Asker, Look
from conversations.messages import Address, Attachment, Channel, Inbound, Place, Reply
from conversations.session import Session
from conversations.turn import Answered, LookUp
from registry_client.nik import KkNumber, Nik
from storage.upkeep.retention import Idle
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
    Person(ADDRESS, NIK),
    Asked(Person(ADDRESS, NIK), STORY),
    Asker(ADDRESS.channel, PHONE, NIK),
    Look(Action.LOOK_UP, Asker(ADDRESS.channel, PHONE, NIK)),
    Affected(nik=NIK, code="", data="", by=CITIZEN, asker=ADDRESS, first=MONDAY, last=MONDAY),
    Word(STORY, {"Nama": STORY}),
    TalkCopy("id", stopped=False, unfinished={"story": STORY}),
    Idle(b"", 1, STORY.encode(), MONDAY),
    Inbound(sender=ADDRESS, message_id="1", received_at=MONDAY, text=STORY),
)


def fail_with(value: object) -> None:
    """Raise an error that carries *value*, as careless code does."""
    raise ValueError(value)


@pytest.fixture(params=["console", "json"])
def style(request: pytest.FixtureRequest) -> str:
    """Return a way of writing. A test sets it up itself: standard error is another by then."""
    return str(request.param)


@pytest.mark.parametrize("personal", PERSONAL, ids=lambda p: type(p).__name__)
def test_personal_types_print_masked(
    personal: object, style: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Logged as a value, in a text, or inside an exception, they show nothing whole."""
    logs.configure(style)
    log = structlog.get_logger()
    log.warning("seen", value=personal, text=f"got {personal}")
    try:
        fail_with(personal)
    except ValueError:
        log.exception("failed")
    logging.getLogger("library").error("library says %s", personal)

    written = capfd.readouterr().err
    assert "seen" in written
    assert "library says" in written
    for secret in (NIK, PHONE, STORY, "106.8"):
        assert secret not in written


def test_numbers_tokens_and_links_are_masked(
    style: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """What looks like a NIK, a phone, a bot token or an agency link is cut in any text."""
    logs.configure(style)
    link = "/agency/WyI0ODIxMDkzNzUiLDEsMCwx.c2ln"
    structlog.get_logger().bind().warning(
        f"nik {NIK} hp {PHONE}", url=f"https://x/bot{TOKEN}/getMe"
    )
    logging.getLogger("aiohttp").warning("GET %s for %s", link, NIK)

    written = capfd.readouterr().err
    for secret in (NIK, PHONE, TOKEN, "WyI0ODIx"):
        assert secret not in written
    assert "nik " in written
    assert "GET " in written


NAME = "Siti Aminah"
SPACED = "9901  0141 - 0780, 0001"
DASHED = "0812-3456-7890"
SIGNED = "WyI0ODIxMDkzNzUiLDEsMCwxXQ.4GZbXz0oYkq0yQm7C3cJwTtq2Hk"
PLANTED = f"{NAME} {SPACED} {DASHED} {SIGNED} {STORY}"
SECRETS = (NAME, STORY, "9901", "0141", "3456", "4GZbX", "WyI0")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")


def written_but_when(capfd: pytest.CaptureFixture[str]) -> str:
    """Return what was written without its instants, whose digits may be those of any number."""
    return INSTANT.sub("", capfd.readouterr().err)


def deeply() -> None:
    """Fail, and fail again over it, each time with a citizen's words."""
    try:
        fail_with(PLANTED)
    except ValueError as error:
        raise ExceptionGroup(PLANTED, [KeyError(PLANTED), OSError(28, PLANTED)]) from error


def caught() -> Exception:
    """Return what went wrong there, with its traceback."""
    try:
        deeply()
    except ExceptionGroup as error:
        return error
    raise AssertionError


def ours(error: Exception) -> None:
    """Log it as our code does."""
    structlog.get_logger().error(f"failed: {error}", exc_info=error)


def ours_at_once(error: Exception) -> None:
    """Log it where it is caught."""
    try:
        raise error
    except ExceptionGroup:
        structlog.get_logger().exception("failed")


def librarys(error: Exception) -> None:
    """Log it as libraries do."""
    logging.getLogger("library").error("failed: %s", error, exc_info=error)


def asyncios(error: Exception) -> None:
    """Log it as a loop does for a task that nobody awaited."""
    loop = asyncio.new_event_loop()
    loop.call_exception_handler({"message": "failed", "exception": error, "story": PLANTED})
    loop.call_soon(fail_with, PLANTED)
    loop.call_soon(loop.stop)
    loop.run_forever()
    loop.close()


@pytest.mark.parametrize("write", [ours, ours_at_once, librarys, asyncios])
def test_an_error_tells_its_kind_and_place_and_no_word(
    write: Callable[[Exception], None], style: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whoever logs it, and whatever it came from: file, line and function, and no message."""
    logs.configure(style)
    write(caught())

    written = written_but_when(capfd)
    for secret in SECRETS:
        assert secret not in written
    assert "failed" in written
    for told in ("ExceptionGroup", "builtins.KeyError", "builtins.OSError errno 28", "ValueError"):
        assert told in written
    assert f"{__file__}:" in written
    assert " fail_with" in written


def test_an_error_as_a_value_is_its_kind(style: str, capfd: pytest.CaptureFixture[str]) -> None:
    """Given as a value or as the whole line, an error says what it is and nothing more."""
    logs.configure(style)
    structlog.get_logger().warning("seen", why=ValueError(PLANTED))
    logging.getLogger("library").error(ValueError(PLANTED))

    written = written_but_when(capfd)
    assert written.count("ValueError") == 2
    for secret in SECRETS:
        assert secret not in written


def test_values_are_masked_at_any_depth(style: str, capfd: pytest.CaptureFixture[str]) -> None:
    """Lists, mappings, numbers, bytes and the keys of mappings hold no number of a person."""
    logs.configure(style)
    deep = {"list": [(SPACED, {DASHED: SIGNED})], "number": int(NIK), "raw": NIK.encode()}
    structlog.get_logger().warning("seen", deep=deep, glued=f"NIK{NIK}", phone=f"hp{DASHED}")

    written = written_but_when(capfd)
    for secret in (*SECRETS, NIK):
        assert secret not in written


def test_what_an_operator_needs_stays(style: str, capfd: pytest.CaptureFixture[str]) -> None:
    """Times, counts, addresses and names of modules are nobody's."""
    logs.configure(style)
    structlog.get_logger().warning(
        "polling waits", seconds=0.123456789, count=3, at=MONDAY, yes=True,
        address="http://127.0.0.1:8080", since="2026-11-22T02:30:05.628937Z",
        module="handlers.telegram_polling_and_more_of_it",
    )  # fmt: skip

    written = capfd.readouterr().err
    for told in ("0.123456789", "3", "05.628937Z", "127.0.0.1:8080", "telegram_polling_and_more"):
        assert told in written
    assert "…" not in written


@pytest.mark.parametrize("piece", ["_", "a-", "AAAA.", "0(((", ".abcd", "1:", "/agency/"])
def test_no_line_takes_long(piece: str) -> None:
    """A long line that is slow to read on purpose is masked at once."""
    began = time.perf_counter()
    mask_text(piece * (20_000 // len(piece)))
    assert time.perf_counter() - began < 1


def test_an_endless_chain_ends() -> None:
    """Errors that came from each other, and recursions, are told in few lines."""
    first, second = ValueError(), ValueError()
    first.__cause__, second.__cause__ = second, first
    assert len(list(chain(first))) == 2
    with pytest.raises(RecursionError) as caught:
        endless(0)
    assert len(trace(caught.value).splitlines()) < 60


def endless(depth: int) -> int:
    """Call itself."""
    return endless(depth + 1)


async def test_a_bug_in_a_turn_logs_no_word_of_the_citizen(
    play: Play, monkeypatch: pytest.MonkeyPatch, style: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """The traceback of a failed turn names the place in the code and no person."""
    logs.configure(style)
    citizen = await play.known()
    monkeypatch.setattr(Session, "step", _broken)
    await citizen.say(f"{STORY} {NIK}")

    written = capfd.readouterr().err
    assert "turn failed" in written
    assert NIK not in written
    assert STORY not in written


def _broken(_session: object, event: object, _voices: object) -> object:
    raise RuntimeError(event)
