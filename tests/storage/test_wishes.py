"""Consent, silence, and the limit of proofs."""

import asyncio
from datetime import timedelta

from conversations.messages import Address, Channel
from storage.chats.looks import Looked
from storage.chats.proofs import LIMIT, WRONG_A_MONTH
from storage.database.instants import from_number
from storage.database.writes import Loss
from storage.store import Store
from storage.unit import Outcome
from tests.storage.samples import BUDI, CONSENTS, NIK, NOW, SITI

MOST = 7  # people that an account looks up in a day


def stranger(number: int) -> Address:
    """Return somebody with a telephone."""
    return Address(Channel.SMS, f"+62813{number:08}")


async def tried(
    store: Store, citizen: Address = SITI, subject: str = NIK, *, own: bool = False
) -> Outcome:
    """Commit one try of *citizen* on *subject*."""
    unit = store.unit()
    unit.count_proof(citizen, subject, NOW, own=own)
    return await store.commit(unit)


async def test_the_sixth_proof_of_a_day_is_refused(store: Store) -> None:
    """Five proofs a day for one person, whomever they are about."""
    outcomes = [await tried(store, subject=str(n)) for n in range(LIMIT + 1)]
    assert outcomes == [Outcome.KEPT] * LIMIT + [Outcome.LOST]
    assert (await store.tried(SITI, "fresh", NOW)).used == LIMIT
    assert (await store.tried(SITI, "fresh", NOW + timedelta(days=1))).used == 0


async def test_proofs_count_per_subject_too(store: Store) -> None:
    """Fifty people in one instant have five tries on one NIK between them."""
    outcomes = await asyncio.gather(*(tried(store, stranger(n)) for n in range(50)))
    assert outcomes.count(Outcome.KEPT) == LIMIT
    assert (await store.tried(BUDI, NIK, NOW)).used == LIMIT
    assert (await store.tried(BUDI, "another", NOW)).used == 0


async def test_looks_at_once_are_no_way_around_their_limit(store: Store) -> None:
    """However many people an account looks up in one instant, no more than a day's count."""

    async def looked(whom: int) -> Outcome:
        unit = store.unit()
        unit.count_look("s1", str(whom), NOW, MOST)
        return await store.commit(unit)

    outcomes = await asyncio.gather(*(looked(whom) for whom in range(MOST + 5)))
    assert outcomes.count(Outcome.KEPT) == MOST
    known = outcomes.index(Outcome.KEPT), outcomes.index(Outcome.LOST)
    assert [await store.looked("s1", str(one), NOW) for one in known] == [
        Looked(MOST, among=True),
        Looked(MOST, among=False),
    ]
    assert await store.people_looked_up(["s1", "s2"], NOW) == {"s1": MOST, "s2": 0}
    assert await store.looked("s1", "0", NOW + timedelta(days=1)) == Looked(0, among=False)


async def test_own_counts_are_apart_from_everybodys(store: Store) -> None:
    """Who tries on a count of their own uses up nobody's, and has five a day of it."""
    for n in range(LIMIT):
        await tried(store, stranger(n))
    outcomes = [await tried(store, own=True) for _ in range(LIMIT + 1)]
    assert outcomes == [Outcome.KEPT] * LIMIT + [Outcome.LOST]
    assert (await store.tried(BUDI, NIK, NOW, own=True)).used == 0


async def test_wrong_proofs_of_ones_own_close_it_to_nobody_else(store: Store) -> None:
    """Fifteen wrong ones in a month are too many, of everybody together or of one apart."""
    for _ in range(WRONG_A_MONTH):
        unit = store.unit()
        unit.count_wrong(NIK, NOW, by=SITI)
        await store.commit(unit)
    assert (await store.tried(SITI, NIK, NOW, own=True)).guessed
    assert not (await store.tried(BUDI, NIK, NOW, own=True)).guessed
    assert not (await store.tried(BUDI, NIK, NOW)).guessed


async def test_a_refused_proof_changes_nothing(store: Store) -> None:
    """A try past the limit leaves no trace, neither with the person nor in the session."""
    for n in range(LIMIT):
        await tried(store, stranger(n))
    unit = store.unit()
    unit.keep_session(SITI, 0, b"body", NOW)
    unit.count_proof(SITI, NIK, NOW)
    assert await store.commit(unit) is Outcome.LOST
    assert unit.lost is Loss.PROOF
    assert (await store.tried(SITI, "fresh", NOW)).used == 0
    assert await store.session(SITI) is None


async def test_a_unit_counts_one_try_once(store: Store) -> None:
    """A turn that records the same try twice used one."""
    unit = store.unit()
    unit.count_proof(SITI, NIK, NOW)
    unit.count_proof(SITI, NIK, NOW)
    assert await store.commit(unit) is Outcome.KEPT
    assert (await store.tried(SITI, NIK, NOW)).used == 1


async def test_consent_is_kept_with_its_message(store: Store) -> None:
    """Version, language, message and time of the first consent stay."""
    for message in ("m1", "m2"):
        unit = store.unit()
        unit.consent(SITI, "2026-1", "id", message, NOW)
        await store.commit(unit)
    ((_, version, language, sealed, at, withdrawn_at),) = await store._fetch(CONSENTS)
    assert (version, language, from_number(at)) == ("2026-1", "id", NOW)
    assert store._sealer.open(sealed, "contact") == b"m1"
    assert withdrawn_at is None


async def test_a_consent_withdrawn_is_kept_as_one(store: Store) -> None:
    """That it was given and withdrawn can be shown; given anew, the new one counts."""
    for step in ("m1", "", "m2"):
        unit = store.unit()
        if step:
            unit.consent(SITI, "2026-1", "id", step, NOW)
        else:
            unit.withdraw_consent(SITI, NOW)
        await store.commit(unit)
        (kept,) = await store.consents_of(SITI)
        assert (kept.message, kept.withdrawn_at) == (step or "m1", None if step else NOW)


async def test_silence_is_kept_until_it_is_lifted(store: Store) -> None:
    """BERHENTI holds until MULAI, however often either is said."""
    for wish, silent in (("stop", True), ("stop", True), ("start", False), ("start", False)):
        unit = store.unit()
        unit.stop(SITI, NOW) if wish == "stop" else unit.start(SITI)
        await store.commit(unit)
        assert await store.has_stopped(SITI) is silent


async def test_the_last_word_of_a_turn_counts(store: Store) -> None:
    """Who says both in one turn means the last."""
    unit = store.unit()
    unit.start(SITI)
    unit.stop(SITI, NOW)
    await store.commit(unit)
    assert await store.has_stopped(SITI)
