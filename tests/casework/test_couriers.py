"""Which way a letter goes next, when, and what became of it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.district.reading import load
from casework.post.couriers import (
    AGAIN,
    BY_HAND,
    CLOSED,
    MOOT,
    Carriage,
    Lost,
    Rest,
    Try,
    mark_of,
    moot,
    next_step,
    pauses_of,
    told,
)
from casework.telling.letters import NEW, OFFICE, RING, TO_HEAD, Written
from casework.telling.reach import ways_to
from handlers.agencies.parcel import Gone, Receipt
from handlers.delivery import Blocked, Refused, TryLater, Unauthorised
from referrals.district.directory import Agency
from referrals.district.ways import EmailWay, InboxWay, LetterWay, OnCall, SmsWay, TelegramWay, Way
from referrals.district.words import Words
from referrals.ticket import Leg, LegState
from storage.replies.deliveries import Delivery, DeliveryState
from storage.replies.letters import KeptLetter

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
DISTRICT = load(Path(__file__).parents[2] / "districts" / "contoh")
MAIL, CHAT, PAPER = EmailWay(to="a@b.id"), TelegramWay(chats=(7,)), LetterWay()
LETTER = KeptLetter(id=5, agency="kantor", code="482109379", leg=1, body=b"", at=NOW)
WRITTEN = Written("subject", "text", "link", NEW)
WAITING, SENT, DELIVERED, FAILED = (
    DeliveryState.WAITING,
    DeliveryState.SENT,
    DeliveryState.DELIVERED,
    DeliveryState.FAILED,
)


def going(*news: Delivery, ways: tuple[Way, ...] = (MAIL, CHAT), **how: bool) -> Carriage:
    """Return the letter with what was tried so far."""
    return Carriage(letter=LETTER, written=WRITTEN, ways=ways, news=news, **how)


def was(state: DeliveryState, turn: int = 0, reason: str = "", attempts: int = 1) -> Delivery:
    """Return news of one way."""
    return Delivery(
        letter=5,
        turn=turn,
        agency="kantor",
        code="482109379",
        leg=1,
        way="email",
        state=state,
        at=NOW,
        reason=reason,
        attempts=attempts,
    )


def step(carriage: Carriage, *closed: Way, later: timedelta = timedelta()) -> Try | Lost | Rest:
    """Return what to do now, or *later*."""
    return next_step(carriage, [mark_of(way) for way in closed], NOW + later)


def tried(carriage: Carriage, *closed: Way) -> Way | None:
    """Return the way that is tried next, or None."""
    found = step(carriage, *closed)
    return found.way if isinstance(found, Try) else None


def test_ways_are_tried_in_their_order() -> None:
    """The first way first; the next when it failed; the same again while it waits."""
    assert tried(going()) == MAIL
    assert tried(going(was(WAITING))) == MAIL
    assert tried(going(was(FAILED))) == CHAT
    assert tried(going(was(FAILED), was(WAITING, 1))) == CHAT


@pytest.mark.parametrize(
    "news", [was(SENT), was(DELIVERED), was(WAITING, reason=BY_HAND), was(FAILED, reason=MOOT)]
)
def test_what_is_out_rests(news: Delivery) -> None:
    """A timer that comes once too often does nothing."""
    assert step(going(news)) == Rest()


def test_when_every_way_failed_it_is_lost() -> None:
    """Then people are told, once, and it ends."""
    assert step(going(was(FAILED), was(FAILED, 1))) == Lost(None, first=True, due=None)


def test_a_closed_way_is_passed_over() -> None:
    """Nobody calls an office that said not to call there again."""
    assert tried(going(), MAIL) == CHAT
    assert tried(going(was(FAILED)), CHAT) is None
    lost = step(going(), MAIL, CHAT)
    assert isinstance(lost, Lost)
    assert lost.delivery
    assert (lost.delivery.state, lost.delivery.reason, lost.due) == (FAILED, CLOSED, None)


def test_another_address_is_another_way() -> None:
    """A row that was corrected opens the way again."""
    assert mark_of(MAIL) == mark_of(EmailWay(to="a@b.id")) != mark_of(EmailWay(to="c@b.id"))


def test_some_letters_are_never_given_up() -> None:
    """After all ways have failed they go round again every hour; people are told once."""
    failed = (was(FAILED), was(FAILED, 1))
    first = step(going(*failed, endless=True))
    assert first == Lost(None, first=True, due=NOW + AGAIN)
    again = step(going(*failed, endless=True), later=AGAIN)
    assert isinstance(again, Try)
    assert (again.way, again.before.turn) == (MAIL, 2)
    second = (*failed, was(FAILED, 2), was(FAILED, 3))
    assert step(going(*second, endless=True)) == Lost(None, first=False, due=NOW + AGAIN)
    shut = step(going(*failed, endless=True), MAIL, CHAT, later=AGAIN)
    assert isinstance(shut, Lost)
    assert (shut.first, shut.due) == (False, NOW + AGAIN + AGAIN)


def test_what_a_try_comes_to() -> None:
    """Delivered, sent, by hand, again, or failed: each has its state, and its time to go on."""
    found = step(going())
    assert isinstance(found, Try)
    for outcome, state, due in (
        (Receipt(delivered=True, reference="SR-1"), DELIVERED, None),
        (Receipt(delivered=False), SENT, None),
        (Receipt(delivered=False, by_hand=True), WAITING, None),
        (TryLater(), WAITING, NOW + timedelta(seconds=5)),
        (TryLater(60.0), WAITING, NOW + timedelta(seconds=60)),
        (TryLater(1e9), WAITING, NOW + timedelta(days=1)),
        (Unauthorised(), WAITING, NOW + timedelta(minutes=5)),
        (Refused("550 no"), FAILED, NOW),
        (Blocked(), FAILED, NOW),
        (Gone(), FAILED, NOW),
    ):
        news = told(found, outcome, (5.0, 10.0), NOW)
        assert (news.delivery.state, news.due) == (state, due)
        assert news.delivery.attempts == 1


def test_why_it_failed_is_kept_in_few_words() -> None:
    """The kind of the fault, and the other side's own word where it has one."""
    found = step(going())
    assert isinstance(found, Try)
    assert told(found, TryLater(), (), NOW).delivery.reason == "TryLater"
    assert told(found, Refused("550 " + "x" * 900), (), NOW).delivery.reason.startswith(
        "Refused: 550 x"
    )
    assert len(told(found, Refused("x" * 900), (), NOW).delivery.reason) == 200


def test_a_way_has_its_own_table() -> None:
    """After the last pause of its table it has failed, and the next way follows at once."""
    table, dues = (5.0, 300.0), []
    delivery = was(WAITING, attempts=0)
    for _ in range(3):
        news = told(Try(MAIL, delivery), TryLater(), table, NOW)
        dues.append(news.due)
        delivery = news.delivery
    assert dues == [NOW + timedelta(seconds=5), NOW + timedelta(seconds=300), NOW]
    assert delivery.state is FAILED


def test_a_matter_of_life_does_not_wait_for_a_slow_way() -> None:
    """Of an urgent letter a way gets two minutes, the last one an hour."""
    table = (5.0, 60.0, 300.0, 3600.0)
    assert pauses_of(going(), 0, table) == table
    assert pauses_of(going(urgent=True), 0, table) == (5.0, 60.0)
    assert pauses_of(going(urgent=True), 1, table) == (5.0, 60.0, 300.0)
    assert pauses_of(going(urgent=True), 2, table) == (5.0, 60.0)


def leg(state: LegState) -> Leg:
    """Return an agency's share."""
    return Leg(number=1, agency="kantor", state=state, since=NOW)


def test_a_letter_that_nobody_needs_is_not_sent() -> None:
    """Nobody rings for what somebody took on, or brings what was taken back."""
    new, ring = WRITTEN, replace(WRITTEN, occasion=RING)
    answer = replace(WRITTEN, occasion="answered")
    assert not moot(new, leg(LegState.QUEUED))
    assert moot(new, leg(LegState.RECALLED))
    assert not moot(new, leg(LegState.WORKING))
    assert moot(ring, leg(LegState.WORKING))
    assert not moot(ring, leg(LegState.SENT))
    assert not moot(answer, leg(LegState.RETURNED))
    assert not moot(ring, None)


def office(**row: object) -> Agency:
    """Return an office."""
    values = {"code": "kantor", "name": Words("Kantor", "Office"), "roles": ("kantor",)}
    return Agency(**(values | row))  # type: ignore[arg-type]  # given by name


def test_whom_a_letter_is_for() -> None:
    """Head and officers on call have ways of their own, or the office's."""
    calls = (OnCall(name="1", ways=(CHAT,)),)
    full = office(ways=(MAIL,), head=(SmsWay(numbers=("+62",)),), on_call=calls)
    assert ways_to(DISTRICT, full, OFFICE) == (MAIL,)
    assert ways_to(DISTRICT, full, TO_HEAD) == full.head
    assert ways_to(DISTRICT, full, "on_call/0") == (CHAT,)
    assert ways_to(DISTRICT, full, "on_call/1") == (MAIL,)
    assert ways_to(DISTRICT, office(ways=(MAIL,)), TO_HEAD) == (MAIL,)


def test_an_office_without_ways_gets_paper() -> None:
    """The desk prints for others, and cannot print for itself; a vault's letters it never sees."""
    desk = replace(DISTRICT.agencies[DISTRICT.desk], ways=())
    assert ways_to(DISTRICT, office(), OFFICE) == (PAPER,)
    assert ways_to(DISTRICT, desk, OFFICE) == (InboxWay(),)
    assert ways_to(DISTRICT, office(vault=True), OFFICE) == (InboxWay(),)
