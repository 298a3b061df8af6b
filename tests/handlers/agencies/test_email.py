"""Letters by mail, handed to a real mail server on localhost that can be made to misbehave."""

import hashlib
from collections.abc import AsyncIterator

import pytest
from msgspec.structs import replace

from handlers.agencies.email import Email, Mailbox
from handlers.agencies.smtp_server import ServerUnreadableError, read_server
from handlers.agencies.verp import Sent, Tags, tagged
from handlers.delivery import DeliveryError, Refused, TryLater, Unauthorised
from referrals.district.ways import EmailWay
from tests.fakes.mail_server import MailServer
from tests.handlers.agencies.letters import LINK, PARCEL, WORDS

TO = EmailWay(to="dinkes@contoh.go.id")
BOX = Mailbox(sender="pintu@contoh.go.id", bounces="kembali@pintu.contoh.go.id")
TAGS = Tags(lambda text: hashlib.sha256(b"key" + text.encode()).hexdigest())


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    """Give a mail server that takes everything."""
    fake = MailServer()
    await fake.start()
    yield fake
    await fake.close()


def by_mail(server: MailServer, url: str = "", box: Mailbox = BOX) -> Email:
    """Return the way through *server*."""
    return Email(read_server(url or server.url), box, TAGS, WORDS)


async def failed(server: MailServer) -> DeliveryError:
    """Return why a letter was not taken."""
    with pytest.raises(DeliveryError) as caught:
        await by_mail(server).send(PARCEL, TO)
    return caught.value


async def test_a_letter_is_readable_on_a_telephone(server: MailServer) -> None:
    """It comes as text and as HTML, with the link large in both and a subject that says why."""
    receipt = await by_mail(server).send(PARCEL, TO)
    (taken,) = server.taken
    mail = taken.mail
    plain, page = (part.get_content() for part in mail.iter_parts())
    assert not receipt.delivered
    assert mail["Subject"] == PARCEL.subject
    assert str(mail["From"]) == "Satu Pintu Contoh <pintu@contoh.go.id>"
    assert str(mail["To"]) == "dinkes@contoh.go.id"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert 'name="viewport"' in page
    for text in (plain, page):
        assert LINK in text
        assert "Desa Sukamaju" in text
        assert "30-11-2026" in text


async def test_a_letter_tells_nobodys_name(server: MailServer) -> None:
    """What the citizen said stays behind the link: mail is read by many machines on its way."""
    await by_mail(server).send(PARCEL, TO)
    mail = server.taken[0].mail
    whole = str(mail["Subject"]) + "".join(part.get_content() for part in mail.iter_parts())
    for _, _, told in PARCEL.answers:
        assert told not in whole


async def test_a_letter_without_a_link_has_no_button(server: MailServer) -> None:
    """Where nothing is left to do, there is nothing to press."""
    await by_mail(server).send(replace(PARCEL, link="", due=None), TO)
    plain, page = (part.get_content() for part in server.taken[0].mail.iter_parts())
    assert "href" not in page
    assert "Buka dan jawab" not in plain


async def test_the_same_letter_has_the_same_id(server: MailServer) -> None:
    """A mailbox that gets it twice knows it again; on another way it is another one."""
    way = by_mail(server)
    for parcel in (PARCEL, PARCEL, replace(PARCEL, turn=1)):
        await way.send(parcel, TO)
    first, again, other = (taken.mail["Message-ID"] for taken in server.taken)
    assert server.taken[0].content == server.taken[1].content
    assert first == again != other


async def test_bounces_come_to_an_address_of_the_letters_own(server: MailServer) -> None:
    """The envelope's sender names the letter and the way, and nobody can guess another one's."""
    await by_mail(server).send(PARCEL, TO)
    (taken,) = server.taken
    assert taken.sender.startswith("kembali+s")
    assert taken.sender.endswith("@pintu.contoh.go.id")
    assert TAGS.read(taken.sender) == Sent(PARCEL.id, 0)
    assert TAGS.read(str(taken.mail["Message-ID"])) == Sent(PARCEL.id, 0)
    assert TAGS.read(taken.sender.replace("-0-", "-1-")) is None
    assert len(taken.sender.partition("@")[0]) <= 64  # RFC 5321, 4.5.3.1.1


async def test_without_a_box_for_bounces_the_sender_gets_them(server: MailServer) -> None:
    """Where nobody looks for bounces, they come where answers come."""
    await by_mail(server, box=Mailbox("pintu@contoh.go.id", "")).send(PARCEL, TO)
    assert server.taken[0].sender == "pintu@contoh.go.id"


async def test_a_server_that_knows_how_is_asked_for_a_note() -> None:
    """Then a letter is known to have arrived."""
    fake = MailServer(notes=True)
    await fake.start()
    await by_mail(fake).send(PARCEL, TO)
    assert "NOTIFY=SUCCESS,FAILURE" in fake.taken[0].options
    assert f"ENVID={TAGS.of(Sent(PARCEL.id, 0))}".upper() in fake.taken[0].options
    await fake.close()


async def test_what_a_mailbox_says_decides(server: MailServer) -> None:
    """451 is tried again, 550 never, and its reason is kept."""
    server.busy = {TO.to}
    assert isinstance(await failed(server), TryLater)
    server.busy, server.unknown = set(), {TO.to}
    error = await failed(server)
    assert isinstance(error, Refused)
    assert error.reason == "550 5.1.1 No such mailbox"


@pytest.mark.parametrize(
    ("mail", "data", "kind"),
    [
        ("", "451 4.3.0 Try later", TryLater),
        ("", "554 5.7.1 Looks like spam", Refused),
        ("450 4.7.1 Greylisted", "", TryLater),
        ("550 5.7.1 Sender not allowed", "", Unauthorised),
        ("530 5.7.0 Authentication required", "", Unauthorised),
    ],
)
async def test_what_the_server_says_decides(
    server: MailServer, mail: str, data: str, kind: type[DeliveryError]
) -> None:
    """4xx is tried again; a sender it will not have is the operator's to mend."""
    server.mail, server.data = mail, data
    assert isinstance(await failed(server), kind)


async def test_a_server_that_hangs_is_left(server: MailServer) -> None:
    """Nobody waits longer than the patience that the address gives."""
    server.hang = True
    way = by_mail(server, f"smtp://127.0.0.1:{server.port}?timeout=0.2")
    with pytest.raises(TryLater):
        await way.send(PARCEL, TO)


async def test_a_line_that_breaks_after_the_letter_is_tried_again(server: MailServer) -> None:
    """Nobody knows whether it was taken: the same id makes the second one known again."""
    server.drop = True
    assert isinstance(await failed(server), TryLater)
    server.drop = False
    await by_mail(server).send(PARCEL, TO)
    assert len({taken.mail["Message-ID"] for taken in server.taken}) == 1


async def test_a_server_that_is_away_is_tried_again(server: MailServer) -> None:
    """A refused connection is an outage."""
    await server.close()
    assert isinstance(await failed(server), TryLater)


async def test_the_password_is_shown_to_the_server_alone() -> None:
    """A right one lets us in, a wrong one is the operator's to mend, and none is printed."""
    fake = MailServer(login=("kami", "rahasia sekali"))
    await fake.start()
    there = f"@127.0.0.1:{fake.port}?starttls=never"
    await by_mail(fake, f"smtp://kami:rahasia%20sekali{there}").send(PARCEL, TO)
    await by_mail(fake, f"smtp://kami:rahasia%20sekali{there}").look()
    assert len(fake.taken) == 1
    with pytest.raises(Unauthorised):
        await by_mail(fake, f"smtp://kami:salah{there}").send(PARCEL, TO)
    with pytest.raises(Unauthorised):
        await by_mail(fake, f"smtp://kami:salah{there}").look()
    with pytest.raises(TryLater):  # a password never goes over an open line unasked
        await by_mail(fake, f"smtp://kami:rahasia%20sekali@127.0.0.1:{fake.port}").look()
    assert "rahasia" not in repr(read_server(f"smtp://kami:rahasia{there}"))
    await fake.close()


def test_the_address_of_a_server_is_read() -> None:
    """Port, TLS and patience have sensible values where none are given."""
    bare, safe = read_server("smtp://mail.go.id"), read_server("smtps://a:b@mail.go.id?timeout=5")
    assert (bare.port, bare.tls, bare.user) == (587, False, "")
    assert (safe.port, safe.tls, safe.options.timeout) == (465, True, 5.0)


@pytest.mark.parametrize(
    "url", ["", "http://mail", "smtp://mail:x", "smtp://a:b@mail?tls=1", "smtp://", "mail.go.id"]
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    """And the refusal repeats nothing of it, for it may hold a password."""
    with pytest.raises(ServerUnreadableError) as caught:
        read_server(url)
    assert "a:b" not in str(caught.value)


def test_a_tag_stands_in_any_address() -> None:
    """The box keeps its name, the tag goes behind a plus."""
    assert tagged("kembali@x.id", "s1-0-00") == "kembali+s1-0-00@x.id"
    assert TAGS.read(tagged("kembali@x.id", TAGS.of(Sent(0, 0)))) == Sent(0, 0)
