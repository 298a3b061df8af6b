"""Sealing: nothing personal can be read on the disk, and keys can be changed."""

import base64
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.messages import Reply
from referrals.roles import Sensitivity
from registry_client.answers import Edition, Listed
from registry_client.nik import KkNumber, Nik
from registry_client.person import Person
from storage.database.sealing import KeyUnreadableError, SealBroken, Sealer
from storage.store import Store
from storage.tables.schema import metadata
from storage.upkeep.resealing import SEALED
from tests.servers import Postgres
from tests.storage.conftest import Open
from tests.storage.samples import BUDI, CONSENTS, NIK, NOW, SITI, STORY, WEEK, open_ticket, opened

ONE, TWO = (base64.b64encode(bytes(range(at, at + 32))).decode() for at in (0, 32))
KK = "9901010101100001"
NAME = "SITI AMINAH"
EDITION = Edition("DTSEN 2026-T3", NOW.date())
SECRETS = (NIK, KK, NAME, STORY, SITI.id, BUDI.id, "Balasan rahasia", "isi surat", "isi sesi")


async def lived(store: Store) -> None:
    """Write something of every kind that is personal."""
    unit = store.unit()
    unit.first_time("telegram", f"{SITI.id}-1", NOW)
    unit.keep_session(SITI, 0, b"isi sesi", NOW + WEEK)
    unit.send(BUDI, Reply("Balasan rahasia"), NOW)
    unit.count_proof(SITI, NIK, NOW)
    unit.consent(SITI, "1", "id", f"wamid {BUDI.id}", NOW)
    unit.set_timer("registry:1", "registry", NOW, f"LookUp {NIK}".encode())
    unit.tell_agency("dinsos", "482109379", 1, b"isi surat", NOW)
    unit.stop(BUDI, NOW)
    await store.commit(unit)
    for code, sensitivity in (("1", Sensitivity.ORDINARY), ("2", Sensitivity.VAULT)):
        await store.commit(open_ticket(store, *opened(code, sensitivity)))
    person = Person(nik=Nik(NIK), kk=KkNumber(KK), name=NAME, desil=2)
    await store.import_people([person], EDITION)


async def still_readable(store: Store) -> None:
    """Check that everything `lived` wrote opens."""
    assert await store.session(SITI) == (1, b"isi sesi")
    assert [item.reply.text for item in await store.claim(NOW, 9)] == ["Balasan rahasia"]
    ((*_, sealed, _, _),) = await store._fetch(CONSENTS)
    assert store._sealer.open(sealed, "contact") == f"wamid {BUDI.id}".encode()
    assert (await store.claim_timers("registry", NOW, 9))[0].body == f"LookUp {NIK}".encode()
    assert (await store.letters(None, 9))[0].body == b"isi surat"
    for code in ("1", "2"):
        stored = await store.ticket(code)
        assert stored is not None
        assert stored.contact.address == SITI
        assert await store.ticket_words(code) == {1: STORY.encode()}
    assert isinstance(await store.look_up(Nik(NIK), "0001"), Listed)


@given(st.binary(max_size=500), st.sampled_from(["session", "outbox", "vault"]))
def test_what_is_sealed_opens(plain: bytes, purpose: str) -> None:
    """Sealing and opening for the same purpose gives back what was put in."""
    sealer = Sealer.read(ONE)
    sealed = sealer.seal(plain, purpose)  # type: ignore[arg-type]  # one of the purposes
    assert sealer.open(sealed, purpose) == plain  # type: ignore[arg-type]  # one of the purposes
    assert len(sealed) == 1 + 12 + len(plain) + 16


def test_nothing_is_sealed_the_same_twice() -> None:
    """Equal words look different on the disk."""
    sealer = Sealer.read(ONE)
    assert sealer.seal(b"hai", "session") != sealer.seal(b"hai", "session")


@pytest.mark.parametrize("change", ["purpose", "key", "byte", "short", "id"])
def test_a_broken_seal_is_noticed(change: str) -> None:
    """Another purpose, another key or a changed byte opens nothing."""
    sealer = Sealer.read(ONE)
    sealed = sealer.seal(b"hai", "session")
    opener = Sealer.read(TWO) if change == "key" else sealer
    if change == "byte":
        sealed = sealed[:-1] + bytes((sealed[-1] ^ 1,))
    if change == "short":
        sealed = sealed[:5]
    if change == "id":
        sealed = b"\x09" + sealed[1:]
    with pytest.raises(SealBroken):
        opener.open(sealed, "outbox" if change == "purpose" else "session")


def test_the_last_key_seals_and_all_open() -> None:
    """A key is added at the end; what older ones sealed can still be read."""
    old = Sealer.read(f"1:{ONE}")
    both = Sealer.read(f"1:{ONE}, 2:{TWO}")
    assert both.open(old.seal(b"hai", "session"), "session") == b"hai"
    sealed = both.seal(b"hai", "session")
    assert sealed[0] == both.newest == 2
    with pytest.raises(SealBroken):
        old.open(sealed, "session")


def test_no_nonce_is_used_twice_across_a_fork() -> None:
    """A forked process draws its own nonces: with GCM, one used twice would betray both texts."""
    sealer = Sealer.read(ONE)
    sealer.seal(b"", "session")
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        os.write(writing, b"".join(sealer.seal(b"", "session")[1:13] for _ in range(300)))
        os._exit(0)
    os.waitpid(child, 0)
    theirs = os.read(reading, 300 * 12)
    ours = [sealer.seal(b"", "session")[1:13] for _ in range(300)]
    assert len({*ours, *(theirs[at : at + 12] for at in range(0, len(theirs), 12))}) == 600


def test_threads_share_a_sealer() -> None:
    """Sealing from several threads uses each nonce once."""
    sealer = Sealer.read(ONE)
    with ThreadPoolExecutor(4) as threads:
        sealed = list(threads.map(lambda _: sealer.seal(b"", "session"), range(5000)))
    assert len({one[1:13] for one in sealed}) == 5000


def test_look_ups_survive_a_new_key() -> None:
    """The first key makes the index keys, so that rows are still found after a rotation."""
    assert Sealer.read(ONE).mac("nik", NIK) == Sealer.read(f"1:{ONE},2:{TWO}").mac("nik", NIK)
    assert Sealer.read(ONE).mac("nik", NIK) != Sealer.read(TWO).mac("nik", NIK)


def test_macs_tell_indexes_and_parts_apart() -> None:
    """No two things that differ are found under one key."""
    sealer = Sealer.read(ONE)
    macs = [
        sealer.mac("nik", "12"),
        sealer.mac("kk", "12"),
        sealer.mac("nik", "1", "2"),
        sealer.mac("nik", "", "12"),
        sealer.mac("nik", "12", ""),
        sealer.mac("nik", "1:2"),
    ]
    assert len(set(macs)) == len(macs)
    assert {len(mac) for mac in macs} == {16}


@pytest.mark.parametrize(
    "text",
    ["", "no base64!", "c2hvcnQ=", f"0:{ONE}", f"256:{ONE}", f"x:{ONE}", f"1:{ONE},1:{TWO}"],
)
def test_an_unreadable_key_is_told_without_showing_it(text: str) -> None:
    """The error says what is wrong and never what was given."""
    with pytest.raises(KeyUnreadableError) as refused:
        Sealer.read(text)
    assert ONE not in str(refused.value)
    assert "no base64" not in str(refused.value)


def test_a_sealer_prints_no_key() -> None:
    """Whatever logs a sealer logs a number."""
    sealer = Sealer.read(f"1:{ONE},2:{TWO}")
    sealer.seal(b"", "session")
    shown = f"{sealer!r} {sealer}"
    assert "2 keys" in shown
    assert ONE[:8] not in shown
    assert repr(base64.b64decode(ONE)) not in shown


def hidden(content: bytes) -> None:
    """Check that *content* shows a ticket's area and nothing that is anybody's."""
    assert b"99.01.01.2001" in content, "the search would find what is there"
    for secret in SECRETS:
        assert secret.encode() not in content
        assert secret.encode().hex().encode() not in content


def on_disk(folder: Path) -> bytes:
    """Return the database and its write-ahead log."""
    return b"".join(path.read_bytes() for path in folder.glob("satupintu.db*"))


async def test_nothing_personal_is_readable_in_the_file(
    sqlite_url: str, sealer: Sealer, tmp_path: Path
) -> None:
    """Neither database nor write-ahead log holds a number, a name, an address or a word."""
    store = await Store.open(sqlite_url, sealer, "one")
    await lived(store)
    hidden(on_disk(tmp_path))
    await store.close()
    hidden(on_disk(tmp_path))


async def test_nothing_personal_is_readable_in_a_dump(
    postgres: Postgres, postgres_url: str, sealer: Sealer
) -> None:
    """A dump of PostgreSQL shows the same: codes, macs and sealed values."""
    store = await Store.open(postgres_url, sealer, "one")
    await lived(store)
    await store.close()
    hidden(postgres.dump(postgres_url))


async def test_a_key_is_replaced_while_the_program_runs(open_store: Open) -> None:
    """With a new key at the end, all values are sealed anew; then the old one opens nothing."""
    old = await open_store("one", Sealer.read(f"1:{ONE}"))
    await lived(old)
    both = await open_store("one", Sealer.read(f"1:{ONE},2:{TWO}"))
    renewed = 0
    while done := await both.reseal(3):
        assert done <= 3
        renewed += done
    assert renewed == 10
    await still_readable(both)


async def test_only_the_newest_key_is_left_after_resealing(open_store: Open) -> None:
    """After resealing, no value needs an older key; one seen by two at once is no harm."""
    old = await open_store("one", Sealer.read(f"1:{ONE}"))
    await lived(old)
    both = await open_store("one", Sealer.read(f"1:{ONE},2:{TWO}"))
    while await both.reseal(100):
        pass
    assert await both.reseal(100) == 0
    new = Sealer.read(f"1:{ONE},2:{TWO}")
    new._keys.pop(1)
    await still_readable(await open_store("one", new))


def test_every_sealed_column_is_resealed() -> None:
    """A table with a sealed column that rotation forgets would die with the old key."""
    columns = {f"{s.column.table.name}.{s.column.name}" for s in SEALED}
    sealed = {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.c
        if column.name in {"sealed", "contact"}
    }
    assert columns == sealed
