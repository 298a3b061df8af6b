"""What was kept long enough goes; what is open, younger or somebody's right stays."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from msgspec.structs import replace

from bot.commands.audit import Verified, broken_links
from bot.district.reading import load
from casework.privacy.retention import TALKS_KEPT, Retention
from conversations import codec
from conversations.menu import Menu
from conversations.turn import Answered, Draft
from referrals import log
from referrals.choosing import Refusal
from referrals.commands import Withdraw
from referrals.lifecycle import decide
from referrals.roles import Role, Sensitivity
from referrals.ticket import Actor
from registry_client.answers import Edition
from registry_client.nik import KkNumber, Nik
from registry_client.person import Person
from storage.database.statements import Statement
from storage.shelf.files import KeptFile
from storage.store import Store
from storage.tables.audit import audit
from storage.unit import Outcome
from tests.house import tree
from tests.storage.samples import BUDI, NIK, NOW, SITI, open_ticket, opened, said

DAY, YEAR = timedelta(days=1), timedelta(days=366)
DISTRICT = load(tree.ROOT / "districts/contoh")
OPEN, CLOSED, VIOLENCE = "1", "2", "3"
DETAILED = Statement(
    lambda _: sa.select(audit.c.action).where(audit.c.sealed.is_not(sa.null())), alone=True
)


async def file(store: Store, code: str, sensitivity: Sensitivity) -> None:
    """Open ticket *code* with words, a photo, a letter and a look at it."""
    unit = open_ticket(store, *opened(code, sensitivity))
    vault = sensitivity is Sensitivity.VAULT
    photo = KeptFile(
        id=f"photo{code}", code=code, seq=1, place=1, kind="image/png", size=1,
        digest="d", vault=vault, at=NOW,
    )  # fmt: skip
    unit.keep_file(photo)
    unit.tell_agency("dinsos", code, 1, b"isi surat", NOW)
    unit.note("agency:dinsos", "page", NOW, code=code, detail=b"why")
    assert await store.commit(unit) is Outcome.KEPT


async def close(store: Store, code: str, now: datetime) -> None:
    """Have the citizen take ticket *code* back."""
    stored = await store.ticket(code)
    assert stored
    actor = Actor(Role.CITIZEN)
    events = decide(stored.ticket, Withdraw(), actor, now)
    assert not isinstance(events, Refusal)
    ticket, entries = log.append(stored.ticket, stored.last_hash, events, actor)
    unit = store.unit()
    unit.change_ticket(ticket, stored.ticket.events, entries, {})
    assert await store.commit(unit) is Outcome.KEPT


@pytest.fixture
async def lived(store: Store) -> Store:
    """Give a store with an open ticket, a closed one, and a closed one of violence."""
    for code, kind in (
        (OPEN, Sensitivity.ORDINARY), (CLOSED, Sensitivity.ORDINARY), (VIOLENCE, Sensitivity.VAULT)
    ):  # fmt: skip
        await file(store, code, kind)
    for code in (CLOSED, VIOLENCE):
        await close(store, code, NOW)
    return store


async def went(store: Store, now: datetime, *, dry: bool = False) -> Mapping[str, int]:
    """Run the retention at *now*; return what went, by the district's row."""
    found: dict[str, int] = {}
    for one in await Retention(store, DISTRICT).run(now, dry=dry):
        rule = one.rule.partition(":")[0]
        found[rule] = found.get(rule, 0) + one.count
    return {rule: count for rule, count in found.items() if count}


async def unbroken(store: Store) -> bool:
    """Tell whether every log and every chain still proves itself."""
    return not [found async for found in broken_links(store, Verified(), {})]


async def test_nothing_goes_before_its_time(lived: Store) -> None:
    """On the first days everything stays where it is."""
    assert await went(lived, NOW + 29 * DAY) == {}


async def test_photos_go_first_then_letters_then_people(lived: Store) -> None:
    """Each kind goes on its own day, of closed tickets alone; the vault has its own, later."""
    assert await went(lived, NOW + 31 * DAY) == {"media_days": 1}
    assert [len(await lived.files_of(code)) for code in (OPEN, CLOSED, VIOLENCE)] == [1, 0, 1]
    assert await went(lived, NOW + YEAR) == {"letter_days": 2, "lookup_days": 3}
    assert {letter.code for letter in await lived.letters(None, 9)} == {OPEN}
    assert await went(lived, NOW + 5 * YEAR) == {"ticket_years": 1}
    assert await lived.ticket_words(CLOSED) == {}
    assert await went(lived, NOW + 10 * YEAR) == {"vault_years": 1}
    assert await lived.ticket_words(VIOLENCE) == {}
    assert await went(lived, NOW + 20 * YEAR) == {}
    assert await lived.ticket_words(OPEN)
    assert await unbroken(lived)


async def test_a_dry_run_counts_the_same_and_changes_nothing(lived: Store) -> None:
    """What it says would go is what goes."""
    for at in (NOW + 31 * DAY, NOW + YEAR, NOW + 10 * YEAR):
        told = await went(lived, at, dry=True)
        assert told == await went(lived, at, dry=True)
        assert told == await went(lived, at)
        assert await went(lived, at, dry=True) == {}


async def test_whose_a_ticket_was_cannot_be_found_any_more(lived: Store) -> None:
    """Neither by address nor by NIK; the ticket itself still tells what became of it."""
    await went(lived, NOW + 6 * YEAR)
    assert await lived.codes_of([SITI]) == {OPEN, VIOLENCE}
    assert CLOSED not in await lived.codes_about(NIK)
    stored = await lived.ticket(CLOSED)
    assert stored
    assert stored.contact.address.id == ""
    assert stored.ticket.state == "closed"
    assert await unbroken(lived)


async def test_details_of_looks_go_and_the_chain_holds(store: Store) -> None:
    """That somebody looked stays, whom they looked up and why goes after a year."""
    unit = store.unit()
    for n in range(120):
        unit.note("citizen", "look_up", NOW, subject=NIK, detail=f"{n}".encode())
    await store.commit(unit)
    young = store.unit()
    young.note("citizen", "look_up", NOW + 300 * DAY, subject=NIK)
    await store.commit(young)
    assert await went(store, NOW + YEAR) == {"lookup_days": 120}
    assert len(await store.looks_at([], [NIK])) == 1
    left = [action for (action,) in await store._fetch(DETAILED)]
    assert left.count("look_up") == 1
    assert left.count("retention") == len(left) - 1
    assert await unbroken(store)


def talk(answer: str) -> bytes:
    """Return a conversation in which *answer* was typed."""
    session = codec.fresh(SITI, "en")
    draft = Draft("RTLH", (Answered("story", answer, answer),))
    return codec.dump(replace(session, state=Menu(), consent="2026-1", kept=draft, stopped=True))


async def test_old_talk_is_emptied_and_the_consent_stays(store: Store) -> None:
    """After ninety days nothing that was said is left; who agreed need not agree again."""
    unit = store.unit()
    unit.keep_session(SITI, 0, talk("rumah kami bocor"), NOW + TALKS_KEPT)

    await store.commit(unit)
    assert await went(store, NOW + 89 * DAY) == {}
    assert await went(store, NOW + 91 * DAY) == {"chat_days": 1}
    assert await went(store, NOW + 91 * DAY) == {}
    kept = await store.session(SITI)
    assert kept
    session = codec.load(kept[1], SITI)
    assert (session.consent, session.language, session.stopped) == ("2026-1", "en", True)
    assert b"bocor" not in kept[1]


async def test_replies_that_were_never_sent_go(store: Store) -> None:
    """What was set aside and never mended is erased with the rest of the talk."""
    (item,) = await said(store, "kabar")
    store.park(item.id, "Blocked")
    await store.commit(store.unit())
    assert await went(store, NOW + 91 * DAY) == {"chat_days": 1}
    assert await store.replies_parked() == 0


async def test_a_consent_goes_when_nothing_rests_on_it(store: Store) -> None:
    """Years after the last conversation and ticket; whoever has either keeps it."""
    for who in (SITI, BUDI):
        unit = store.unit()
        unit.consent(who, "2026-1", "id", "m", NOW)
        await store.commit(unit)
    await store.commit(open_ticket(store, *opened()))
    assert await went(store, NOW + 5 * YEAR) == {"consent_years": 1}
    assert len(await store.consents_of(SITI)) == 1
    assert await store.consents_of(BUDI) == ()


async def test_people_whom_the_registry_dropped_go(store: Store) -> None:
    """The copy keeps nobody whom the newest edition no longer has, three months on."""
    ann, ben = (Person(nik=Nik(f"{int(NIK) + n}"), kk=KkNumber(NIK)) for n in (0, 1))
    await store.import_people([ann, ben], Edition("1", NOW.date() - YEAR))
    await store.import_people([ann], Edition("2", NOW.date()))
    assert await went(store, NOW + 89 * DAY) == {}
    assert await went(store, NOW + 92 * DAY) == {"registry_days": 1}
    assert await store.registered(ann.nik) == ann
    assert await store.registered(ben.nik) is None


async def test_a_ticket_that_is_reopened_meanwhile_stays(lived: Store) -> None:
    """Between finding and erasing something happened to it: it is left alone."""
    (ticket,) = await lived.bare_tickets([CLOSED])
    unit = lived.unit()
    unit.erase_ticket(replace(ticket, events=ticket.events - 1))
    assert await lived.commit(unit) is Outcome.LOST
    assert await lived.ticket_words(CLOSED)
