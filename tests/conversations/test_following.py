"""Sentences that ask for no service: after something filed, for a person, thanks, peace."""

import pytest

from conversations.hearing.moods import asks_after, waiting
from conversations.small_talk import Offered
from conversations.tickets.track import Listing
from conversations.turn import Door, FindTickets
from conversations.wish.person import AskReason
from conversations.wish.wishes import grant
from tests.conversations.test_session import HOME, said
from tests.conversations.town import SAY, VOICES

AFTER = (
    "laporan sy kmrn udah nyampe mana ya",
    "gimana kabarnya pengaduan yg kemarin min",
    "usulan rumah saya yg dulu udah diproses belum",
    "pripun pak kelanjutane sing kulo lapor wulan wingi",
    "ga jadi pak batalin aja laporan saya",
    "udah melapor jalan rusak kok ga diproses",
    "minggu lalu ngadu, nasibnya gimana",
)
TAKEN_BACK = ("ora sido pak", "enggak jadi pak", "gk jadi", "ndak jadi", "teu jadi", "ra sido")
PERSON = (
    "bisa ngomong sama orang aja ga, saya ga ngerti ngetik2",
    "abdi hoyong nyarios langsung sareng petugasna",
    "minta nomer petugasnya dong pak",
)
OTHERS = (
    "data sy ketuker sama orang lain yg namanya sama pak",
    "bikin ktp dimintai 100 ribu sama orang kelurahan",
)
THANKS = ("makasih banyak ya bu udah dibantu semoga berkah", "oke sip terima kasih infonya")


@pytest.mark.parametrize("text", [*AFTER, "ini udah sebulan nunggu jawaban", *TAKEN_BACK])
def test_who_asks_after_a_ticket_is_shown_it(text: str) -> None:
    """Whoever asks how it stands, or takes back what they do not name, is led to their tickets."""
    _, turn = HOME.step(said(text), VOICES)
    assert isinstance(turn.state, Listing)
    assert isinstance(turn.question, FindTickets)


@pytest.mark.parametrize(
    "text", ["cara bikin laporan dan prosesnya", "jalan rusak", "laporan jalan rusak"]
)
def test_who_files_asks_after_nothing(text: str) -> None:
    """How something is filed, and what is filed, is no question after a ticket."""
    assert not asks_after(text)
    assert not waiting(text)


@pytest.mark.parametrize("text", PERSON)
def test_who_wants_a_person_is_led_to_one(text: str) -> None:
    """Whoever wants to talk with somebody is asked what about, in whatever words they say it."""
    _, turn = HOME.step(said(text), VOICES)
    assert isinstance(turn.state, AskReason)


@pytest.mark.parametrize("text", OTHERS)
def test_other_people_are_no_officer(text: str) -> None:
    """Somebody else in a story ("sama orang lain") sends nobody to an officer."""
    _, turn = HOME.step(said(text), VOICES)
    assert not isinstance(turn.state, AskReason)


@pytest.mark.parametrize("text", THANKS)
def test_thanks_in_many_words_are_thanks(text: str) -> None:
    """Whoever says thank you at length, and wants nothing, is wished well."""
    turn = grant(text, said(text).message, HOME.state, SAY)
    assert turn.enter
    assert turn.enter.door is Door.REST


def test_whoever_wants_no_messages_is_told_how() -> None:
    """Whoever wants to be left in peace reads how we forget them."""
    _, turn = HOME.step(said("jangan sms saya lagi"), VOICES)
    assert isinstance(turn.state, Offered)
