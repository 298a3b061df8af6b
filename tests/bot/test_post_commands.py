"""What an operator does about letters at the command line, and what the doctor says of them."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from aiohttp import web
from click.testing import CliRunner
from msgspec.structs import replace

from bot.cli import main
from bot.commands import bounced, upkeep
from bot.commands import letters as printed
from bot.commands.diagnosis import Finding, Standing
from bot.commands.doctor_post import closed_ways, post_findings
from bot.district.reading import load
from bot.district.wording import load_voices
from bot.post.posting import open_mail, tags_of
from bot.settings import Settings, SettingsError
from casework.post.carried import closed_key
from casework.trail.actions import Action
from handlers.agencies.verp import Sent, Tags, tagged
from storage.database.sealing import Sealer
from storage.replies.deliveries import DeliveryState
from tests.bot.offices import with_rows
from tests.bot.playing import KEY, Play, StillClock
from tests.bot.posting import CHAT, MAIL, OFFICE, Towns, carry, news_of
from tests.bot.test_bounces import NOTE
from tests.bot.test_desk import filed
from tests.bot.test_whole_loop import file_papers
from tests.fakes.agency_server import AgencyServer
from tests.fakes.mail_server import MailServer

ON_WHATSAPP = '{kind: whatsapp, numbers: ["+6281200000001"]}'


def environment(play: Play) -> dict[str, str]:
    """Return the environment of a command beside *play*'s house."""
    settings = play.house.settings
    return {
        "SATUPINTU_DATABASE_URL": settings.database_url,
        "SATUPINTU_DATA_DIR": str(settings.data_dir),
        "SATUPINTU_DISTRICT": str(settings.district),
        "SATUPINTU_KEY": KEY,
    }


@pytest.fixture
async def sqlite_towns(sqlite_url: str, tmp_path: Path, mail: MailServer) -> AsyncIterator[Towns]:
    """Give towns on SQLite alone: commands know no difference."""
    async with AsyncExitStack() as stack:
        yield Towns(sqlite_url, tmp_path, mail, stack)


async def in_thread(play: Play, *words: str, given: bytes = b"") -> tuple[int, str]:
    """Run a command in a thread of its own, as it has an event loop of its own."""

    def run() -> tuple[int, str]:
        result = CliRunner(env=environment(play)).invoke(main, words, input=given)
        return result.exit_code, result.output

    return await asyncio.to_thread(run)


async def test_a_mail_servers_pipe_hands_bounces_in(sqlite_towns: Towns, mail: MailServer) -> None:
    """The letter's delivery has failed, and the running server takes the next way."""
    play = await sqlite_towns.open(MAIL, CHAT)
    _, code = await file_papers(play)
    await carry(play)
    note = NOTE.format(to=mail.taken[0].sender, action="failed", status="5.1.1").encode()
    settings = play.house.settings
    assert await asyncio.to_thread(bounced.run, settings, note, play.clock) == os.EX_OK
    await carry(play)
    assert [state for _, state in await news_of(play, code)] == [
        DeliveryState.FAILED,
        DeliveryState.DELIVERED,
    ]
    assert (await in_thread(play, "mail", "bounced", given=b"rubbish"))[0] == os.EX_OK


async def test_a_pipe_that_comes_too_early_is_told_so(
    sqlite_towns: Towns, mail: MailServer
) -> None:
    """75 asks a mail server to deliver again, also while the database is away."""
    mail.busy = {"dukcapil@contoh.go.id"}
    play = await sqlite_towns.open(MAIL)
    await file_papers(play)
    await carry(play)
    (letter,) = await play.house.store.letters(OFFICE, 1)
    to = tagged("kembali@contoh.go.id", play.house.post.ways.tags.of(Sent(letter.id, 0)))
    note = NOTE.format(to=to, action="failed", status="5.1.1").encode()
    assert (await in_thread(play, "mail", "bounced", given=note))[0] == os.EX_TEMPFAIL


@pytest.mark.parametrize("url", ["postgresql://u:p@127.0.0.1:1/x", "sqlite:////proc/none/x.db"])
def test_a_database_that_is_away_asks_for_the_mail_again(tmp_path: Path, url: str) -> None:
    """The mail server keeps it until then."""
    away = Settings(data_dir=tmp_path, key=KEY, database_url=url)
    assert bounced.run(away, b"mail", StillClock()) == os.EX_TEMPFAIL


async def printed_links(play: Play, code: str) -> list[str]:
    """Return who was noted to have printed links of ticket *code*."""
    lines = await play.house.store.looks_at([code], [])
    return [line.actor for line in lines if line.action == Action.LINK]


async def test_an_operator_reads_letters_and_how_they_stand(sqlite_towns: Towns) -> None:
    """Links to violence tickets stand there only on demand; each link that is printed is noted."""
    play = await sqlite_towns.open(CHAT)
    _, code = await file_papers(play)
    hidden = await filed(play, await play.known(), "PPA", "99.01.01.2001")
    await carry(play)
    _, plain = await in_thread(play, "inbox")
    assert not await printed_links(play, hidden)
    _, vault = await in_thread(play, "inbox", "uptd-ppa", "--vault")
    assert "[telegram delivered]" in plain
    assert plain.count("/agency/") == 1
    assert "/agency/" in vault
    lines = [one for one in await play.house.inbox.letters() if one.vault]
    assert "/agency/" not in printed.line(lines[0])
    assert [len(await printed_links(play, each)) for each in (code, hidden)] == [1, 1]


async def test_a_closed_way_is_named_and_opened_again(
    sqlite_towns: Towns, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The doctor says which office closed what; the operator has it tried again."""
    monkeypatch.setenv("OFFICE_SECRET", "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")
    server = AgencyServer()
    await server.start()
    server.answers.append(web.Response(status=410))
    way = f'{{kind: webhook, url: "{server.url}", secret_env: OFFICE_SECRET, private: true}}'
    play = await sqlite_towns.open(way, CHAT)
    await file_papers(play)
    await carry(play)
    house = play.house
    (lead,) = [lead async for lead in closed_ways(house.store, house.district)]
    assert (lead.standing, OFFICE in lead.text) == (Standing.BROKEN, True)
    assert "1 ways" in (await in_thread(play, "ways", "reopen", OFFICE))[1]
    assert not [lead async for lead in closed_ways(house.store, house.district)]
    await file_papers(play)
    await carry(play)
    await server.close()
    assert len(server.got) == 2
    key = closed_key(OFFICE, house.district.agencies[OFFICE].ways[0])
    assert await house.store.kept_note(key) == ""
    assert "no agency" in (await in_thread(play, "ways", "reopen", "nobody"))[1]


async def leads(play: Play, **changes: object) -> list[Finding]:
    """Return what the doctor says of the ways with other settings."""
    settings = replace(play.house.settings, **changes)
    return [lead async for lead in post_findings(settings, play.house.voices["id"])]


async def test_the_doctor_asks_the_mail_server(sqlite_towns: Towns, mail: MailServer) -> None:
    """It must let us in, and bounces must come back to somebody."""
    play = await sqlite_towns.open(MAIL)
    assert (await leads(play))[0].standing is Standing.FINE
    deaf = (await leads(play, mail_bounce=""))[0]
    await mail.close()
    gone = (await leads(play))[0]
    off = (await leads(play, smtp_url=""))[0]
    assert [one.standing for one in (deaf, gone, off)] == [
        Standing.TO_DO,
        Standing.BROKEN,
        Standing.OFF,
    ]


async def test_the_doctor_names_offices_that_nothing_leads_to(sqlite_towns: Towns) -> None:
    """A way without its setting or secret leads nowhere; who is reached by paper is said too."""
    play = await sqlite_towns.open_with(
        {
            OFFICE: f"    ways: [{{kind: telegram, chats: [7]}}, {ON_WHATSAPP}]",
            "dinkes": '    ways: [{kind: webhook, url: "https://x.id", secret_env: NONE_SET}]',
            "bpbd": "    ways: [{kind: inbox}, {kind: telegram, chats: [7]}]",
            "damkar": '    phone: "113"',
        }
    )
    shut = next(lead for lead in await leads(play) if "no way of the rows" in lead.text)
    assert shut.standing is Standing.BROKEN
    assert OFFICE in shut.text
    assert "dinkes" in shut.text
    assert "bpbd" not in shut.text
    inbox = next(lead for lead in await leads(play) if "own inbox" in lead.text)
    assert inbox.standing is Standing.TO_DO
    assert "more" in inbox.text
    assert not [lead for lead in await leads(play, demo=True) if "own inbox" in lead.text]
    paper = next(lead for lead in await leads(play) if "paper" in lead.text)
    assert paper.standing is Standing.FINE


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"smtp_url": "smtp://x"}, "MAIL_FROM"),
        ({"smtp_url": "smtp://x", "mail_from": "a@b.id", "mail_bounce": "c"}, "MAIL_BOUNCE"),
        ({"smtp_url": "mail.x.id", "mail_from": "a@b.id"}, "SMTP_URL"),
    ],
)
def test_settings_of_mail_that_do_not_fit_are_named(
    play_district: Path, changes: dict[str, str], named: str
) -> None:
    """The start is refused with the setting's own name."""
    say = load_voices(load(play_district), play_district)["id"]
    with pytest.raises(SettingsError, match=named):
        open_mail(Settings(**changes), say, Tags(str))  # type: ignore[arg-type]  # given by name


@pytest.fixture
def play_district(tmp_path: Path) -> Path:
    """Give a district's folder."""
    return with_rows(tmp_path, {})


def test_bounce_tags_outlive_key_changes() -> None:
    """A letter's address is made with the first key: what comes back later is still known."""
    first, second = Sealer.new_key(), Sealer.new_key()
    tag = tags_of(Sealer.read(f"1:{first}")).of(Sent(5, 0))
    assert tags_of(Sealer.read(f"1:{first},2:{second}")).read(tag) == Sent(5, 0)
    assert tags_of(Sealer.read(f"1:{second}")).read(tag) is None


def test_nobody_reopens_what_is_not_there(tmp_path: Path) -> None:
    """A mistyped office is named."""
    settings = Settings(data_dir=tmp_path, district=with_rows(tmp_path, {}))
    with pytest.raises(SettingsError, match="nobody"):
        upkeep.reopen(settings, "nobody")
