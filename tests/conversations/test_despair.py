"""Who cannot go on living: answered warmly whatever is typed next, and never with a receipt."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from conversations.hearing.answer_words import Verb, Wanted
from conversations.messages import Channel
from conversations.records.deeds import AddWords
from conversations.say import Say, voices_on
from conversations.session import Session
from conversations.turn import Door, Enter, FindTicket, OpenTicket, TicketsFound, Turn
from conversations.wish.accompanying import Called, Passing, accompanied
from conversations.wish.clearly import SLEPT, answers, declines, wishes
from conversations.wish.comfort import Comforted
from tests.conversations.examples import SARI
from tests.conversations.spoken_records import ticket
from tests.conversations.test_session import HOME, NOW, after, said
from tests.conversations.test_wording import SAID
from tests.conversations.town import DISTRICT, SAY, VOICES

CODE = "482109379"
COMFORTED = after(HOME, "saya mau mati")
CALLED = replace(COMFORTED, state=Called(code=CODE))
NEXT = (
    "entahlah",
    "petugas",
    "bantuan",
    "batal",
    "tidak",
    "makasih",
    "saya mau mati",
    "3",
    "tolong",
    "",
)


COLD = ("menu.ask", "menu.unread", "session.cancelled", "session.help")


def once_more(session: Session, text: str, language: str) -> tuple[Session, Turn]:
    """Return *session* after one more message; its ticket, where it is looked up, is open."""
    session = replace(session, language=language)
    session, turn = session.step(said(text), VOICES)
    if turn.question:
        found = TicketsFound((ticket(f"{CODE} PETUGAS submitted - 2026-09-03"),))
        session, turn = session.step(found, VOICES)
    return session, turn


@pytest.mark.parametrize("text", NEXT)
@pytest.mark.parametrize("begun", [COMFORTED, CALLED], ids=["comforted", "called"])
def test_whatever_is_typed_next_is_met_warmly(begun: Session, text: str) -> None:
    """Nobody in despair is told that we do not follow, sent to a menu, or told the same thrice."""
    for language in VOICES:
        session, told = begun, []
        for _ in range(4):
            session, turn = once_more(session, text, language)
            told.append(turn.replies[0].text)
        asked = not text  # an empty message has the same question asked again
        assert asked or all(len({*told[at : at + 3]}) > 1 for at in range(2))
        cold = [VOICES[language].in_brief(key) for key in COLD]
        assert not any(one in each for one in cold for each in told)


def test_a_person_is_called_and_numbers_come_first() -> None:
    """PETUGAS calls a person without asking why; what is read first is whom to call now."""
    session, turn = COMFORTED.step(said("PETUGAS"), VOICES)
    (opened,) = (record for record in turn.records if isinstance(record, OpenTicket))
    assert session.state == Called(code=opened.code)
    (reply,) = turn.replies
    assert reply.text.index("119") < reply.text.index("Nomor tiket")
    assert "hari kerja" not in reply.text


def test_it_is_so_where_a_reason_was_asked() -> None:
    """Who writes such words as the reason for a person reads the same, and is asked no more."""
    session = after(HOME, "petugas")
    session, turn = session.step(said("saya mau mati"), VOICES)
    assert isinstance(session.state, Called)
    assert "119" in turn.replies[0].text


def test_a_bare_wish_is_a_yes() -> None:
    """A bare "mau" says yes to "Mau bicara dengannya?"; with more beside it we listen on."""
    assert isinstance(after(COMFORTED, "mau").state, Called)
    assert isinstance(after(COMFORTED, "mau apa lagi").state, Comforted)


def test_more_words_reach_who_was_called() -> None:
    """What is written until the person answers goes to their ticket, and opens no other."""
    session, turn = CALLED.step(said("gelap semua"), VOICES)
    assert turn.question == FindTicket(CODE)
    _, turn = session.step(
        TicketsFound((ticket(f"{CODE} PETUGAS submitted - 2026-09-03"),)), VOICES
    )
    assert turn.records == (AddWords(CODE, "gelap semua"),)


def test_an_answer_to_what_was_decided_is_one() -> None:
    """SUDAH, once the person has answered, is for their ticket; other words are listened to."""
    found = TicketsFound((ticket(f"{CODE} PETUGAS resolved satu-pintu 2026-09-03"),))
    passing = Passing(Called(code=CODE), Wanted(Verb.ANSWER, CODE, "sudah"))
    assert passing.found(found, SAY).enter == Enter(Door.TICKET, "sudah")
    told = Passing(Called(code=CODE), Wanted(Verb.ANSWER, CODE, "gelap semua"))
    assert told.found(found, SAY).records


def test_the_menu_is_a_tap_away() -> None:
    """Who wants something else comes to the menu."""
    turn = Called(code=CODE).heard(said("menu utama"), SAY)
    assert turn.enter == Enter(Door.MENU)


def test_without_a_number_a_place_is_told() -> None:
    """In a district without any number to call it is told where people are."""
    say = Say("id", SAID["id"], replace(DISTRICT, hotlines=()))
    opened = next(r for r in COMFORTED.step(said("petugas"), VOICES)[1].records)
    assert isinstance(opened, OpenTicket)
    told = accompanied(opened, datetime(2026, 9, 3, 3, tzinfo=UTC), say).replies[0].text
    assert "Jalan Contoh 1" in told


CLEAR = (
    "ajukan",
    "pkh",
    str(SARI.digits),
    "saya mau cek bansos",
    "BANTU atap rumah bocor",
    "lapor jalan rusak di sukamaju",
    "mau urus KIS yang nonaktif",
)
HEAVY = (
    "bantu",
    "bantu saya",
    "tolong",
    "saya mau mati",
    "gelap semua",
    "mau ke jembatan",
    "mau ngobrol sama orang",
    "capek ga dapat bansos terus",
    "mau mengurus pemakaman saya",
    "lapor saya dipukul suami",
)


@pytest.mark.parametrize("text", CLEAR)
def test_a_clear_wish_is_done(text: str) -> None:
    """Who was in despair and surely wants something gets it, and no offer of a person instead."""
    assert Comforted().heard(said(text), SAY).enter == Enter(Door.WISH, text)
    assert not isinstance(after(COMFORTED, text).state, Comforted)


@pytest.mark.parametrize("text", HEAVY)
def test_what_may_be_despair_is_no_wish(text: str) -> None:
    """In doubt we listen on, whatever service a sentence names."""
    assert not wishes(text, SAY)


def test_a_kind_sentence_comes_first_where_it_costs_nothing() -> None:
    """In a chat a clear wish is met with a kind sentence; by SMS it would cost a message."""
    assert Comforted().heard(said("ajukan"), SAY).replies
    brief = voices_on(Channel.SMS, VOICES)["id"]
    assert not Comforted().heard(said("ajukan"), brief).replies


@pytest.mark.parametrize("text", ["saya sudah baikan", "jangan panggil petugas"])
def test_a_no_in_more_words_leaves_the_door_open(text: str) -> None:
    """Who feels better, or wants nobody called, is not asked again whether to call somebody."""
    turn = Comforted().heard(said(text), SAY)
    assert declines(text)
    assert turn == Comforted().left_open(SAY)
    assert not declines("saya tidak lega")


def slept(session: Session, text: str, hours: timedelta = SLEPT) -> Session:
    """Return *session* as it hears *text* *hours* after its last message."""
    event = said(text)
    later = replace(event.message, received_at=NOW + hours)
    return session.woken(replace(event, message=later))


def test_sleep_ends_it() -> None:
    """The next day what is written is heard as at the menu; the same evening we still listen."""
    assert slept(COMFORTED, "entahlah").state == HOME.state
    assert slept(CALLED, "entahlah").state == HOME.state
    assert slept(COMFORTED, "entahlah", SLEPT - timedelta(minutes=1)).state == COMFORTED.state
    assert slept(replace(COMFORTED, seen=None), "entahlah").state == COMFORTED.state


@pytest.mark.parametrize("text", ["iya", "1", "petugas", "tolong", ""])
def test_a_late_yes_is_heard(text: str) -> None:
    """Who slept before they took the offer, or cries, is still answered gently."""
    assert slept(COMFORTED, text).state == COMFORTED.state
    assert answers(said("", picked="menu").message)


def test_despair_said_again_is_heard() -> None:
    """Who says it again the next day reads the numbers, as the first time."""
    assert isinstance(after(slept(COMFORTED, "entahlah"), "saya mau mati").state, Comforted)


@pytest.mark.parametrize("text", CLEAR)
def test_a_clear_wish_is_no_word_to_the_officer(text: str) -> None:
    """After a person was called a clear wish is done, and is not added to their ticket."""
    turn = Called(code=CODE).heard(said(text), SAY)
    assert (turn.enter, turn.question) == (Enter(Door.WISH, text), None)


def test_a_closed_ticket_ends_it() -> None:
    """With their ticket closed what is written is heard as at the menu, unless it is a cry."""
    found = TicketsFound((ticket(f"{CODE} PETUGAS closed:confirmed - 2026-09-03"),))
    passing = Passing(Called(code=CODE), Wanted(Verb.ANSWER, CODE, "gelap semua"))
    assert passing.found(found, SAY).enter == Enter(Door.RETURN, "gelap semua")
    crying = replace(passing, cries=True)
    assert isinstance(crying.found(found, SAY).state, Comforted)
    session, _ = CALLED.step(said("gelap semua"), VOICES)
    session, _ = session.step(found, VOICES)
    assert session.state == HOME.state
