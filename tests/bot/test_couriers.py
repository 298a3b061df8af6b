"""Letters find their offices: way after way, and all of them can fail."""

import asyncio
from datetime import timedelta

import pytest
from aiohttp import web

from bot.post import lanes
from casework.telling.letters import Envelope, post
from handlers.delivery import Blocked
from referrals.ticket import LegState, TicketState
from storage.replies.deliveries import DeliveryState
from tests.bot.playing import open_play
from tests.bot.posting import CHAT, DUTY, MAIL, OFFICE, Towns, carry, leg_of, news_of
from tests.bot.test_desk import SECRETS, filed
from tests.bot.test_whole_loop import answer_anything, file_papers, state_of
from tests.fakes.agency_server import AgencyServer
from tests.fakes.mail_server import MailServer


async def test_the_second_way_delivers_when_the_first_is_dead(
    towns: Towns, mail: MailServer
) -> None:
    """No such mailbox: the officer on duty has it; the citizen knows already where it goes."""
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
    assert len(citizen.heard) == before
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


async def test_a_slow_office_holds_nobody_up(
    towns: Towns, mail: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one office's letters hang, another's go out; a third to the slow one waits."""
    monkeypatch.setattr(lanes, "REST", 0.3)
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
    await asyncio.sleep(0.3)
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


@pytest.mark.parametrize(
    ("demo", "state", "stands"),
    [(True, LegState.DELIVERED, "delivered"), (False, LegState.SENT, "sent")],
)
async def test_in_the_demo_an_office_reads_our_own_inbox(
    towns: Towns, *, demo: bool, state: LegState, stands: str
) -> None:
    """There the letter is delivered; elsewhere nobody knows whether anybody looked."""
    play = await towns.open("{kind: inbox}", demo=demo)
    _, code = await file_papers(play)
    await carry(play)
    assert (await leg_of(play, code)).state is state
    letter = (await play.house.inbox.letters(OFFICE))[0]
    assert [one.state for one in letter.tried] == [stands]
