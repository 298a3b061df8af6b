"""The data-protection officer at the command line."""

import asyncio
import csv
import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.commands import people
from bot.commands.incidents import touched
from casework.privacy.incident import HEADINGS, Window, rows
from casework.trail.actions import CITIZEN, Action, office_actor
from casework.trail.seen import UNTOLD
from conversations.messages import Address, Channel
from tests.bot.playing import DISTRICT, KEY, MONDAY, Play
from tests.bot.test_registry import SITI, SITI_PROOF, ask
from tests.bot.test_whole_loop import file_papers

DAY = timedelta(days=1)
STORY = "KTP saya hilang di pasar"


@pytest.fixture
def run(play: Play, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> CliRunner:
    """Give a command line on the house of *play*."""
    environment = {
        "KEY": KEY, "DATABASE_URL": play.house.settings.database, "DATA_DIR": str(tmp_path),
        "DISTRICT": str(DISTRICT),
    }  # fmt: skip
    for name, value in environment.items():
        monkeypatch.setenv(f"SATUPINTU_{name}", value)
    return CliRunner()


def read(path: str) -> bytes:
    """Return what lies at *path*, which nobody else may read."""
    found = Path(path)
    assert found.stat().st_mode & 0o077 == 0
    return found.read_bytes()


async def command(runner: CliRunner, *words: str) -> Result:
    """Run a command in a thread of its own, as its loop is its own."""
    return await asyncio.to_thread(runner.invoke, main, words)


async def test_everything_proves_itself(play: Play, run: CliRunner) -> None:
    """Audit verify says how much it went through, and that nothing is broken."""
    await ask(await play.known(), SITI, SITI_PROOF)
    await file_papers(play)
    proven = await command(run, "audit", "verify")
    assert proven.exit_code == 0, proven.output
    assert "1 lines of the audit, 1 tickets" in proven.output
    assert "unbroken" in proven.output


async def test_what_was_kept_outside_is_compared(
    play: Play, run: CliRunner, tmp_path: Path
) -> None:
    """The ends that were printed once must be there ever after."""
    await ask(await play.known(), SITI, SITI_PROOF)
    heads = tmp_path / "heads"
    heads.write_text((await command(run, "audit", "heads")).output)
    assert (await command(run, "audit", "verify", "--heads", str(heads))).exit_code == 0
    heads.write_text(heads.read_text().replace("\t1\t", "\t1\tf"))
    broken = await command(run, "audit", "verify", "--heads", str(heads))
    assert broken.exit_code == 1
    assert "BROKEN chain" in broken.output
    heads.write_text("nonsense")
    assert (await command(run, "audit", "verify", "--heads", str(heads))).exit_code == 1


async def test_a_dry_run_of_the_retention_prints_a_table(play: Play, run: CliRunner) -> None:
    """Kinds, counts and the district's rows."""
    told = await command(run, "retention", "--dry-run")
    assert told.exit_code == 0, told.output
    assert "lookup_days: 365" in told.output
    assert "dry run" in told.output
    assert "erased\n" in (await command(run, "retention")).output


async def test_a_copy_is_sealed_until_it_is_read(
    play: Play, run: CliRunner, tmp_path: Path
) -> None:
    """What lies on the officer's disk is closed; opening it, and making it, is audited."""
    citizen, code = await file_papers(play)
    address = f"telegram:{citizen.address.id}"
    made = await command(
        run, "person", "copy", "--address", address, "--reason", "asked", "--into", str(tmp_path)
    )
    assert made.exit_code == 0, made.output
    sealed = made.output.split()[-1]
    assert STORY.encode() not in read(sealed)
    opened = await command(run, "person", "read", sealed, "--into", str(tmp_path))
    assert opened.exit_code == 0, opened.output
    assert STORY.encode() in read(opened.output.split()[-1])
    (line,) = await play.house.store.looks_at([code], [])
    assert (line.actor, line.action) == ("operator", Action.EXPORT)


async def test_a_copy_to_hand_over_is_a_page(play: Play, run: CliRunner, tmp_path: Path) -> None:
    """As JSON for machines and as a page for people."""
    citizen, code = await file_papers(play)
    words = ("--address", f"telegram:{citizen.address.id}", "--reason", "asked", "--open")
    made = await command(run, "person", "copy", *words, "--nik", SITI, "--into", str(tmp_path))
    data, page = made.output.split()
    assert json.loads(read(data))["tickets"][0]["code"] == code
    assert STORY.encode() in read(page)


async def test_what_becomes_of_a_person_is_told(play: Play, run: CliRunner) -> None:
    """Erased, waiting, not ours; withdrawn; a correction's ticket."""
    citizen, code = await file_papers(play)
    who = ("--address", f"telegram:{citizen.address.id}", "--reason", "asked in person")
    corrected = await command(run, "person", "correct", *who, "Nama saya salah")
    assert "the answer is due within 3 x 24 hours" in corrected.output
    waiting = await command(run, "person", "erase", *who, "--nik", SITI)
    assert code in waiting.output
    assert "Dinas Sosial" in waiting.output
    withdrawn = await command(run, "person", "withdraw", *who)
    assert code in withdrawn.output
    assert "2 tickets erased" in (await command(run, "person", "erase", *who)).output


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("sms:0812-3456-7890", Address(Channel.SMS, "+6281234567890")),
        ("whatsapp:+6281234567890", Address(Channel.WHATSAPP, "6281234567890")),
        ("whatsapp:ID.13491208655302741918", Address(Channel.WHATSAPP, "ID.13491208655302741918")),
        ("whatsapp:ID.6281234567890", Address(Channel.WHATSAPP, "ID.6281234567890")),
        ("telegram:81234567890", Address(Channel.TELEGRAM, "81234567890")),
    ],
)
def test_a_number_may_be_written_as_people_do(written: str, meant: Address) -> None:
    """Whoever has it from a letter need not know how a channel keeps it."""
    assert people.asked(written, "", "asked").person.address == meant


@pytest.mark.parametrize(
    "words",
    [
        ("--address", "7000001", "--reason", "x"),
        ("--address", "pigeon:1", "--reason", "x"),
        ("--address", "sms:+62812", "--reason", " "),
        ("--address", "sms:+62812", "--reason", "x", "--nik", "123"),
    ],
)
async def test_who_is_meant_must_be_clear(play: Play, run: CliRunner, words: list[str]) -> None:
    """No address, no such channel, no reason, no NIK: nothing is done."""
    assert (await command(run, "person", "erase", *words)).exit_code == 2
    assert await play.house.store.audit_ends() == {}


async def test_an_incident_lists_who_was_touched(play: Play) -> None:
    """Whose data, which, when and by whom; many looks of one kind are one line; masked."""
    citizen, code = await file_papers(play)
    guesser = await play.known()
    for proof in ("9999", SITI_PROOF, SITI_PROOF):
        await ask(guesser, SITI, proof)
    unit = play.house.store.unit()
    unit.note(office_actor("disdukcapil"), Action.PAGE, play.clock.now(), code=code)
    await play.house.store.commit(unit)
    window = Window(since=MONDAY - DAY, until=MONDAY + DAY)

    found = await touched(play.house.store, window)
    masked = [dict(zip(HEADINGS, row, strict=True)) for row in rows(found, opened=False)]
    whole = [dict(zip(HEADINGS, row, strict=True)) for row in rows(found, opened=True)]

    assert [(row["data"], row["times"]) for row in masked] == [
        ("none: the proof was wrong", "1"),
        ("registry: programmes, desil", "2"),
        ("ticket: what its office may see", "1"),
    ]
    assert whole[1]["nik"] == SITI
    assert whole[1]["asked_from"] == f"telegram:{guesser.address.id}"
    assert (whole[2]["contact"], whole[2]["by"]) == (
        f"telegram:{citizen.address.id}", "agency:disdukcapil"
    )  # fmt: skip
    for row in masked:
        assert SITI not in row.values()
        assert not [v for v in row.values() if guesser.address.id in v or citizen.address.id in v]
    assert (
        len(await touched(play.house.store, Window(since=MONDAY + DAY, until=MONDAY + DAY))) == 0
    )
    only = Window(since=MONDAY - DAY, until=MONDAY + DAY, actor=CITIZEN, code="1")
    assert await touched(play.house.store, only) == []


async def test_the_list_is_masked_until_somebody_says_why(play: Play, run: CliRunner) -> None:
    """Opening it needs a reason, and making it is a line of the audit either way."""
    await ask(await play.known(), SITI, SITI_PROOF)
    span = ("incident", "export", "--from", "2026-11-01", "--to", "2026-12-31")
    masked = await command(run, *span)
    assert masked.exit_code == 0, masked.output
    assert SITI not in masked.output
    assert (await command(run, *span, "--open")).exit_code == 2
    opened = await command(run, *span, "--open", "--reason", "notice of the incident")
    table = list(csv.DictReader(opened.output.splitlines()))
    assert [row["nik"] for row in table] == [SITI]
    lines = await play.house.store.audit_lines("operator", 0)
    assert [line.action for line in lines] == [Action.EXPORT] * 2


def test_every_action_that_is_told_has_its_words(play: Play) -> None:
    """Whatever is written down about somebody can be said to them, in every language."""
    for say in play.house.voices.values():
        assert all(say(f"seen.did_{action}") for action in Action if action not in UNTOLD)


def test_looking_makes_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that only looks says in one line that nothing is there, and makes nothing."""
    monkeypatch.chdir(tmp_path)
    somewhere = tmp_path / "nowhere"
    for words in (("audit", "verify"), ("audit", "heads"), ("retention", "--dry-run"), ("inbox",)):
        told = CliRunner(env={"SATUPINTU_DATA_DIR": str(somewhere)}).invoke(main, words)
        assert told.exit_code == 1
        assert "no database of this version there" in told.output
        assert ".demo" not in told.output
    assert not somewhere.exists()


def test_who_looks_beside_the_demo_is_told_of_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The demo keeps its own folder, which a command finds by one setting."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".demo").mkdir()
    told = CliRunner().invoke(main, ["inbox"])
    assert "SATUPINTU_DATA_DIR=.demo" in told.output
