"""Accounts, sessions, invitations and tries, as both databases keep them."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from storage.console.staff import Account, Own, Sitting
from storage.console.staff_tries import LONGEST, REST, SPARE
from storage.database.writes import Loss
from storage.store import Store
from storage.unit import Outcome
from tests.storage.samples import NOW

OWN = Own("desk.one", "Petugas satu", "", "$argon2id$x")
ACCOUNT = Account(
    id="s1",
    role="officer",
    office="dinkes",
    areas=("99.01.01", "99.01.02"),
    state="active",
    own=OWN,
    version=1,
    made=NOW,
)
SITTING = Sitting(
    mark=b"", staff="s1", began=NOW, seen=NOW, until=NOW + timedelta(hours=12), where="Firefox"
)


@pytest.fixture
async def staffed(store: Store) -> Store:
    """Give a store with one account."""
    unit = store.unit()
    unit.add_account(ACCOUNT)
    assert await store.commit(unit) is Outcome.KEPT
    return store


async def test_an_account_comes_back_as_it_was_kept(staffed: Store) -> None:
    """By its name, by its id, and among all."""
    assert await staffed.account_named("desk.one") == ACCOUNT
    assert await staffed.account("s1") == ACCOUNT
    assert await staffed.accounts() == (ACCOUNT,)
    assert await staffed.account_named("nobody") is None


async def test_two_cannot_have_one_name(staffed: Store) -> None:
    """Nor one id."""
    for number, name in (("s2", "desk.one"), ("s1", "other")):
        unit = staffed.unit()
        unit.add_account(replace(ACCOUNT, id=number, own=replace(OWN, name=name)))
        assert await staffed.commit(unit) is Outcome.LOST
        assert unit.lost is Loss.STAFF


async def test_of_two_changes_at_once_one_is_lost(staffed: Store) -> None:
    """Who changed it against an older version looks again."""
    for outcome in (Outcome.KEPT, Outcome.LOST):
        unit = staffed.unit()
        unit.change_account(replace(ACCOUNT, role="trc"))
        assert await staffed.commit(unit) is outcome
    found = await staffed.account("s1")
    assert found
    assert (found.role, found.version) == ("trc", 2)


async def test_a_session_is_known_by_its_token_alone(staffed: Store) -> None:
    """It is touched and ended by its mark, which opens nothing."""
    unit = staffed.unit()
    unit.begin_session("token", SITTING)
    await staffed.commit(unit)
    found = await staffed.staff_session("token")
    assert found
    sitting, account = found
    assert (sitting.where, account) == ("Firefox", ACCOUNT)
    assert await staffed.staff_session(sitting.mark.hex()) is None
    unit = staffed.unit()
    unit.touch_session(sitting.mark, NOW + timedelta(minutes=5))
    await staffed.commit(unit)
    (touched,) = await staffed.sessions_of("s1")
    assert touched.seen == NOW + timedelta(minutes=5)
    unit = staffed.unit()
    unit.end_session(sitting.mark)
    await staffed.commit(unit)
    assert await staffed.staff_session("token") is None


async def test_an_invitation_is_used_once_and_in_time(staffed: Store) -> None:
    """A second use, a late one, and one replaced by a newer link are lost."""
    until = NOW + timedelta(days=3)
    for token in ("first", "second"):
        unit = staffed.unit()
        unit.invite(token, "s1", until)
        await staffed.commit(unit)
    assert await staffed.invited("first", NOW) is None
    assert await staffed.invited("second", NOW) == ACCOUNT
    assert await staffed.invited("second", until) is None
    for token, now, outcome in (
        ("second", until, Outcome.LOST),
        ("second", NOW, Outcome.KEPT),
        ("second", NOW, Outcome.LOST),
    ):
        unit = staffed.unit()
        unit.use_invitation(token, now)
        assert await staffed.commit(unit) is outcome


async def tried(store: Store, seconds: float, whose: str = "s1") -> Outcome:
    """Try a password *seconds* later."""
    unit = store.unit()
    unit.count_try("account", whose, NOW + timedelta(seconds=seconds))
    return await store.commit(unit)


async def test_pauses_grow_and_end(store: Store) -> None:
    """They double up to a quarter of an hour; a rest or the right password forgets all."""
    for _ in range(SPARE):
        assert await tried(store, 0) is Outcome.KEPT
    at, pauses = 0.0, []
    for _ in range(12):
        free = await store.free_at(("account", "s1"))
        pauses.append((free - NOW).total_seconds() - at)
        assert await tried(store, at + pauses[-1] - 0.5) is Outcome.LOST
        at += pauses[-1]
        assert await tried(store, at) is Outcome.KEPT
    assert pauses == [min(2**n, LONGEST.total_seconds()) for n in range(12)]
    assert await tried(store, 0, "another") is Outcome.KEPT
    later = at + REST.total_seconds() + 1
    for _ in range(SPARE):
        assert await tried(store, later) is Outcome.KEPT
    unit = store.unit()
    unit.clear_tries("account", "s1")
    await store.commit(unit)
    assert await tried(store, later) is Outcome.KEPT


async def test_the_right_password_gives_an_address_its_try_back(store: Store) -> None:
    """An office whose people all sign in through one address is not locked out by that."""
    for second in range(100):
        unit = store.unit()
        unit.count_try("address", "203.0.113.7", NOW + timedelta(seconds=second))
        assert await store.commit(unit) is Outcome.KEPT
        unit = store.unit()
        unit.clear_tries("address", "203.0.113.7")
        await store.commit(unit)


async def test_what_is_over_is_swept_away(staffed: Store) -> None:
    """Sessions, invitations and tries go; accounts stay."""
    unit = staffed.unit()
    unit.begin_session("token", SITTING)
    unit.invite("link", "s1", NOW + timedelta(days=3))
    unit.count_try("account", "s1", NOW)
    await staffed.commit(unit)
    assert await staffed.tidy(NOW) == 0
    assert await staffed.tidy(NOW + timedelta(days=4)) == 3
    assert await staffed.account("s1") == ACCOUNT


def test_an_account_prints_nothing_of_its_person() -> None:
    """A log that shows one tells neither name nor hash."""
    assert "Petugas" not in repr(ACCOUNT)
    assert "$argon2" not in repr(ACCOUNT)
