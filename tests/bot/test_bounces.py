"""Letters by mail: put off, given back, overtaken by their own bounce, and never sent twice."""

import threading

import pytest

from bot.post.bounces import Heard
from handlers.agencies.bounces import LARGEST, News, Note
from handlers.agencies.verp import Sent, Tags, tagged
from referrals.ticket import LegState
from storage.database.errors import StoreUnavailable
from storage.replies.deliveries import DeliveryState
from storage.unit import Outcome, Unit
from tests.bot.playing import open_play
from tests.bot.posting import CHAT, DUTY, MAIL, OFFICE, Towns, carry, leg_of, news_of
from tests.bot.test_whole_loop import file_papers
from tests.fakes.mail_server import MailServer

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


async def test_a_long_mail_is_read_beside_the_loop(
    towns: Towns, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What takes long to read keeps no citizen waiting."""
    read_in: list[int] = []

    def read(_mail: bytes, _tags: Tags) -> Note:
        read_in.append(threading.get_ident())
        return Note(None, News.NOTHING)

    monkeypatch.setattr("bot.post.bounces.read_note", read)
    play = await towns.open(MAIL)
    assert await play.house.post.bounces.hear(bytes(LARGEST)) is Heard.NOTHING
    assert threading.get_ident() not in read_in
    assert len(read_in) == 1


async def test_a_note_that_it_arrived_delivers(towns: Towns, mail: MailServer) -> None:
    """A day and more after it went out, the citizen hears that their office has it."""
    play = await towns.open(MAIL)
    citizen, code = await file_papers(play)
    await carry(play)
    before = len(citizen.heard)
    (taken,) = mail.taken
    note = NOTE.format(to=taken.sender, action="delivered", status="2.0.0").encode()
    play.clock.move(days=1)
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


async def test_a_process_that_died_before_it_noted_a_yes_sends_the_same_letter(
    towns: Towns, mail: MailServer
) -> None:
    """That is the one moment in which a letter goes twice: under one id, by which it is known."""
    play = await towns.open(MAIL)
    _, code = await file_papers(play)

    async def dying(unit: Unit) -> Outcome:
        raise StoreUnavailable("killed")

    play.house.store.commit = dying  # type: ignore[method-assign]  # it never gets there
    await carry(play)
    settings = play.house.settings
    heir = await open_play(
        settings.database,
        settings.data_dir,
        instance="heir",
        district=settings.district,
        smtp_url=mail.url,
        mail_from=settings.mail_from,
    )
    heir.clock.time = play.clock.time
    await carry(heir, minutes=3)
    assert await news_of(heir, code) == [("email", DeliveryState.SENT)]
    await heir.house.close()
    first, second = (taken.mail["Message-ID"] for taken in mail.taken)
    assert first == second
