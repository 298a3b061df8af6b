"""Letters find their offices: real mail servers and telephones on localhost, and all can fail."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web

from bot.bounces import Heard
from casework.letters import Envelope, post
from conversations.messages import Address, Channel
from handlers.agencies.verp import Sent, tagged
from handlers.delivery import Blocked, TryLater
from referrals.ticket import Leg, LegState, TicketState
from storage.deliveries import DeliveryState
from storage.errors import StoreUnavailable
from storage.migrate import migrate
from storage.unit import Outcome, Unit
from tests.bot.offices import with_rows
from tests.bot.playing import Citizen, Play, open_play
from tests.bot.test_desk import SECRETS, filed
from tests.bot.test_whole_loop import answer_anything, file_papers, state_of
from tests.fakes.agency_server import AgencyServer
from tests.fakes.mail_server import MailServer

OFFICE = "disdukcapil"  # gets papers
MAIL = "{kind: email, to: dukcapil@contoh.go.id}"
CHAT = "{kind: telegram, chats: [700]}"
DUTY = Address(Channel.TELEGRAM, "700")
NOTE = """To: {to}
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx

Final-Recipient: rfc822; dukcapil@contoh.go.id
Action: {action}
Status: {status}
--b--
"""
Open = Callable[..., "AsyncIterator[Play]"]


@pytest.fixture
async def mail() -> AsyncIterator[MailServer]:
    """Give a mail server that takes everything."""
    server = MailServer()
    await server.start()
    yield server
    await server.close()


class Towns:
    """Opens houses whose civil registry is reached as a test says."""

    def __init__(self, url: str, folder: Path, mail: MailServer, stack: AsyncExitStack) -> None:
        self._url = url
        self._folder = folder
        self._mail = mail
        self._stack = stack

    async def open(self, *ways: str, **changes: object) -> Play:
        """Return a house whose office has *ways*."""
        rows = {OFFICE: f"    ways: [{', '.join(ways)}]"} if ways else {}
        return await self.open_with(rows, **changes)

    async def open_with(self, rows: dict[str, str], **changes: object) -> Play:
        """Return a house whose offices' rows go on with *rows*."""
        values: dict[str, object] = {
            "district": with_rows(self._folder, rows),
            "smtp_url": self._mail.url,
            "mail_from": "pintu@contoh.go.id",
            "mail_bounce": "kembali@contoh.go.id",
        }
        play = await open_play(self._url, self._folder, **(values | changes))
        self._stack.push_async_callback(play.house.close)
        return play


@pytest.fixture
async def towns(database_url: str, tmp_path: Path, mail: MailServer) -> AsyncIterator[Towns]:
    """Give what opens houses on a fresh database."""
    migrate(database_url)
    async with AsyncExitStack() as stack:
        yield Towns(database_url, tmp_path, mail, stack)


async def carry(play: Play, **later: float) -> None:
    """Let time pass, and have done what is due."""
    play.clock.move(**(later or {"seconds": 1}))
    await play.house.timers.tick()


async def leg_of(play: Play, code: str) -> Leg:
    """Return the newest leg."""
    stored = await play.house.store.ticket(code)
    assert stored
    assert stored.ticket.last_leg
    return stored.ticket.last_leg


async def news_of(play: Play, code: str, leg: int = 1) -> list[tuple[str, DeliveryState]]:
    """Return how the letters about a leg stand, way after way."""
    return [(one.way, one.state) for one in await play.house.store.deliveries_of(code, leg)]


def heard_of(citizen: Citizen, word: str) -> list[str]:
    """Return the notices in which the citizen read *word*."""
    return [reply.text for reply in citizen.heard if word in reply.text]


async def test_the_second_way_delivers_when_the_first_is_dead(
    towns: Towns, mail: MailServer
) -> None:
    """No such mailbox: the officer on duty has it, and only then the citizen hears of it."""
    mail.unknown = {"dukcapil@contoh.go.id"}
    play = await towns.open(MAIL, CHAT)
    citizen, code = await file_papers(play)
    before = len(citizen.heard)
    await carry(play)
    assert (await leg_of(play, code)).state is LegState.QUEUED
    assert len(citizen.heard) == before
    await carry(play)
    assert (await leg_of(play, code)).state is LegState.DELIVERED
    assert await news_of(play, code) == [
        ("email", DeliveryState.FAILED),
        ("telegram", DeliveryState.DELIVERED),
    ]
    await play.phones.wait_for(citizen.address, before + 1)
    assert "Dukcapil" in citizen.last
    assert [c.label for c in play.phones.got[DUTY][0].choices] == ["Terima"]


async def test_when_every_way_is_dead_the_desk_finds_another(
    towns: Towns, mail: MailServer
) -> None:
    """The leg is undeliverable, the ticket in triage, and the desk is told why, with its link."""
    mail.unknown = {"dukcapil@contoh.go.id"}
    play = await towns.open(MAIL, CHAT)
    play.phones.faults[DUTY] = iter([Blocked()])
    _, code = await file_papers(play)
    for _ in range(4):
        await carry(play)
    assert (await leg_of(play, code)).state is LegState.UNDELIVERABLE
    assert await state_of(play, code) is TicketState.TRIAGE
    letters = await play.house.inbox.letters(play.house.district.desk)
    assert ["tidak dapat dihubungi" in one.subject for one in letters] == [True]
    view = await play.house.desk.see(letters[0].link.rpartition("/")[2], play.clock.now())
    assert view
    assert "refer" in view.actions
    for _ in range(3):
        await carry(play, hours=5)
    assert len(await play.house.inbox.letters(play.house.district.desk)) == 1


async def test_a_slow_mail_server_is_tried_by_its_own_table(
    towns: Towns, mail: MailServer
) -> None:
    """451 is no failure: the same letter goes again later, under the same id."""
    mail.busy = {"dukcapil@contoh.go.id"}
    play = await towns.open(MAIL, CHAT)
    _, code = await file_papers(play)
    await carry(play)
    await carry(play, minutes=4)
    assert mail.connections == 1
    mail.busy = set()
    await carry(play, minutes=2)
    assert await news_of(play, code) == [("email", DeliveryState.SENT)]
    assert (await leg_of(play, code)).state is LegState.SENT
    await carry(play, days=1)
    assert len(mail.taken) == 1


async def test_a_bounce_sends_the_letter_on_the_next_way(towns: Towns, mail: MailServer) -> None:
    """What the server took and gave back was not delivered, whatever it had said first."""
    play = await towns.open(MAIL, CHAT)
    _, code = await file_papers(play)
    await carry(play)
    (taken,) = mail.taken
    bounce = NOTE.format(to=taken.sender, action="failed", status="5.1.1").encode()
    hear = play.house.post.bounces.hear
    assert [await hear(bounce), await hear(bounce)] == [Heard.KEPT, Heard.NOTHING]
    await carry(play)
    assert await news_of(play, code) == [
        ("email", DeliveryState.FAILED),
        ("telegram", DeliveryState.DELIVERED),
    ]
    (failed, _) = await play.house.store.deliveries_of(code, 1)
    assert failed.reason == "bounced 5.1.1"
    assert await hear(bounce) is Heard.NOTHING
    await carry(play, hours=2)
    assert len(play.phones.got[DUTY]) == 1


async def test_a_note_that_it_arrived_delivers(towns: Towns, mail: MailServer) -> None:
    """Only then the citizen hears that their office has it."""
    play = await towns.open(MAIL)
    citizen, code = await file_papers(play)
    await carry(play)
    before = len(citizen.heard)
    (taken,) = mail.taken
    note = NOTE.format(to=taken.sender, action="delivered", status="2.0.0").encode()
    assert await play.house.post.bounces.hear(note) is Heard.KEPT
    assert (await leg_of(play, code)).state is LegState.DELIVERED
    await play.phones.wait_for(citizen.address, before + 1)
    late = NOTE.format(to=taken.sender, action="failed", status="5.2.2").encode()
    assert await play.house.post.bounces.hear(late) is Heard.KEPT
    assert await play.house.post.bounces.hear(b"rubbish") is Heard.NOTHING


async def test_a_note_that_overtakes_its_letter_comes_again(
    towns: Towns, mail: MailServer
) -> None:
    """Before we know that a letter went out, its bounce is sent back to the mail server."""
    mail.busy = {"dukcapil@contoh.go.id"}
    play = await towns.open(MAIL)
    await file_papers(play)
    tags = play.house.post.ways.tags
    letter = (await play.house.store.letters(OFFICE, 1))[0]
    to = tagged("kembali@contoh.go.id", tags.of(Sent(letter.id, 0)))
    note = NOTE.format(to=to, action="failed", status="5.1.1").encode()
    assert await play.house.post.bounces.hear(note) is Heard.LATER
    await carry(play)
    assert await play.house.post.bounces.hear(note) is Heard.LATER


async def test_what_was_taken_is_not_sent_again_when_only_the_database_failed(
    towns: Towns, mail: MailServer
) -> None:
    """The mail server has it, our commit fails: the next try only keeps the outcome."""
    play = await towns.open(MAIL)
    _, code = await file_papers(play)
    commit = play.house.store.commit
    broken = [True]

    async def failing(unit: Unit) -> Outcome:
        if broken:
            raise StoreUnavailable("away")
        return await commit(unit)

    play.house.store.commit = failing  # type: ignore[method-assign]  # the database is away
    await carry(play)
    broken.clear()
    assert len(mail.taken) == 1
    await carry(play, minutes=3)
    assert await news_of(play, code) == [("email", DeliveryState.SENT)]
    assert len(mail.taken) == 1


async def test_two_processes_carry_a_letter_once(towns: Towns, mail: MailServer) -> None:
    """Whoever claims its timer first has it."""
    play = await towns.open(MAIL)
    await file_papers(play)
    other = await open_play(
        str(play.house.settings.database),
        play.house.settings.data_dir,
        instance="other",
        district=play.house.settings.district,
        smtp_url=mail.url,
        mail_from="pintu@contoh.go.id",
    )
    other.clock.time = play.clock.time + timedelta(seconds=1)
    await carry(play)
    await other.house.timers.tick()
    await other.house.close()
    assert len(mail.taken) == 1


async def test_a_slow_office_holds_nobody_up(towns: Towns, mail: MailServer) -> None:
    """While one office's letters hang, another's go out; a third to the slow one waits."""
    play = await towns.open_with(
        {
            OFFICE: f"    ways: [{MAIL}]",
            "dinkes": f"    ways: [{CHAT}]",
        }
    )
    mail.hang = True
    for _ in range(3):
        await file_papers(play)
    letters = await play.house.store.letters(OFFICE, 5)
    assert len(letters) == 3
    unit = play.house.store.unit()
    post(
        unit, Envelope("dinkes", "", 0), b'{"subject":"s","text":"t","link":""}', play.clock.now()
    )
    await play.house.store.commit(unit)
    await carry(play)
    assert len(play.phones.got[DUTY]) == 1
    assert mail.connections == 2
    assert not mail.taken
    mail.hang = False
    for _ in range(2):
        await carry(play, minutes=6)
    assert len(mail.taken) == 3


async def test_an_office_that_says_never_again_is_not_called_again(
    towns: Towns, monkeypatch: pytest.MonkeyPatch
) -> None:
    """410: the next way has it, the desk is told once, and the next letter does not try."""
    monkeypatch.setenv("DUKCAPIL_SECRET", "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")
    server = AgencyServer()
    await server.start()
    server.answers.append(web.Response(status=410))
    hook = f'{{kind: webhook, url: "{server.url}", secret_env: DUKCAPIL_SECRET, private: true}}'
    play = await towns.open(hook, CHAT)
    _, first = await file_papers(play)
    for _ in range(2):
        await carry(play)
    _, second = await file_papers(play)
    await carry(play)
    await server.close()
    assert len(server.got) == 1
    assert await news_of(play, first) == [
        ("webhook", DeliveryState.FAILED),
        ("telegram", DeliveryState.DELIVERED),
    ]
    assert await news_of(play, second) == [("telegram", DeliveryState.DELIVERED)]
    desk = await play.house.inbox.letters(play.house.district.desk)
    assert ["ditutup" in letter.subject for letter in desk] == [True]


async def test_an_officer_on_duty_takes_the_leg_by_a_tap(towns: Towns) -> None:
    """Their chat stands in the office's row: that is who they are. A second tap says so."""
    play = await towns.open(CHAT)
    citizen, code = await file_papers(play)
    await carry(play)
    officer = Citizen(play.house, play.phones, "700")
    said = await officer.tap("Terima")
    assert "Dukcapil" in said
    assert await state_of(play, code) is TicketState.IN_PROGRESS
    button = play.phones.got[DUTY][0].choices[0].value
    tap = officer.message(picked=button)
    for _ in range(2):
        await officer.deliver(tap)
    await play.phones.wait_for(DUTY, 3)
    assert "sudah" in officer.last
    assert len(officer.heard) == 3
    assert heard_of(citizen, "Dukcapil")


async def test_a_stranger_taps_in_vain(towns: Towns) -> None:
    """A copied button does nothing in another chat, and the try is noted."""
    play = await towns.open(CHAT)
    _, code = await file_papers(play)
    await carry(play)
    button = play.phones.got[DUTY][0].choices[0].value
    stranger = play.citizen()
    for picked in (button, "duty:accept:1", "duty:what"):
        await stranger.deliver(stranger.message(picked=picked))
    await play.phones.wait_for(stranger.address, 3)
    assert "petugas jaga" in stranger.last
    assert await state_of(play, code) is TicketState.REFERRED


async def test_a_letter_to_who_cannot_take_it_now_waits(towns: Towns) -> None:
    """A telephone that is off is tried by the channel's own table."""
    play = await towns.open(CHAT)
    play.phones.faults[DUTY] = iter([TryLater(), None])
    _, code = await file_papers(play)
    await carry(play)
    await carry(play, seconds=2)
    assert await news_of(play, code) == [("telegram", DeliveryState.WAITING)]
    await carry(play, seconds=5)
    assert (await leg_of(play, code)).state is LegState.DELIVERED


async def test_a_way_that_is_not_set_up_gives_way(towns: Towns) -> None:
    """Without a mail server the next way has the letter at once."""
    play = await towns.open(MAIL, CHAT, smtp_url="")
    _, code = await file_papers(play)
    for _ in range(2):
        await carry(play)
    assert (await leg_of(play, code)).state is LegState.DELIVERED


async def test_a_vaults_letter_tells_nothing_and_is_never_given_up(
    towns: Towns, mail: MailServer
) -> None:
    """Neutral words to its own mailbox; when it cannot be reached, the desk learns no code."""
    play = await towns.open_with({"uptd-ppa": "    ways: [{kind: email, to: ppa@contoh.go.id}]"})
    code = await filed(play, await play.known(), "PPA", "99.01.01.2001")
    mail.unknown = {"ppa@contoh.go.id"}
    for _ in range(3):
        await carry(play)
    desk = await play.house.inbox.letters(play.house.district.desk)
    assert len(desk) == 1
    assert desk[0].link == ""
    assert code not in desk[0].subject + desk[0].text
    assert (await leg_of(play, code)).state is LegState.QUEUED
    mail.unknown = set()
    await carry(play, hours=1)
    (taken,) = mail.taken
    assert taken.to == ("ppa@contoh.go.id",)
    whole = str(taken.mail["Subject"]) + "".join(p.get_content() for p in taken.mail.iter_parts())
    assert not [secret for secret in SECRETS if secret in whole]
    assert len(await play.house.inbox.letters(play.house.district.desk)) == 1


async def test_a_vaults_links_are_for_its_own_office(towns: Towns) -> None:
    """The list of all letters shows none, the office's own mailbox does."""
    play = await towns.open()
    await filed(play, await play.known(), "PPA", "99.01.01.2001")
    (shown,) = await play.house.inbox.letters()
    (own,) = await play.house.inbox.letters("uptd-ppa", vault=True)
    assert (shown.link, shown.vault) == ("", True)
    assert own.link


async def test_paper_is_delivered_when_somebody_says_so(towns: Towns) -> None:
    """The desk gets a link to print it from; the citizen hears of it once it was handed over."""
    play = await towns.open("{kind: letter}")
    citizen, code = await file_papers(play)
    before = len(citizen.heard)
    await carry(play)
    assert await news_of(play, code) == [("letter", DeliveryState.WAITING)]
    assert (await leg_of(play, code)).state is LegState.QUEUED
    (desk,) = await play.house.inbox.letters(play.house.district.desk)
    path = desk.link.rpartition("/agency/")[2]
    token, _, page = path.partition("/")
    assert page == "letter"
    now = play.clock.now()
    printed = await play.house.handing.sheets(token, now)
    assert printed
    assert [sheet.waits for sheet in printed.sheets] == [True]
    assert await play.house.handing.handed(token, "Ibu di loket 2", now)
    assert not await play.house.handing.handed(token, "Ibu di loket 2", now)
    assert (await leg_of(play, code)).state is LegState.DELIVERED
    await play.phones.wait_for(citizen.address, before + 1)
    (kept,) = await play.house.store.deliveries_of(code, 1)
    assert kept.reference == "Ibu di loket 2"
    assert await play.house.handing.sheets("forged", now) is None
    assert not await play.house.handing.handed("forged", "x", now)


async def test_nobody_is_rung_for_what_is_over(towns: Towns, mail: MailServer) -> None:
    """A letter to a leg that ended before it could go is not sent."""
    play = await towns.open(MAIL)
    citizen, code = await file_papers(play)
    await citizen.say(f"batal {code}")
    for _ in range(4):
        if await state_of(play, code) is TicketState.CLOSED:
            break
        await answer_anything(citizen)
    await carry(play)
    assert ["Dibatalkan" in str(one.mail["Subject"]) for one in mail.taken] == [True]
