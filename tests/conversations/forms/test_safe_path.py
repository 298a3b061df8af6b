"""The safe path leaves no story and no trace."""

import pytest
from msgspec.structs import replace

from conversations.forms import drafts
from conversations.forms.fill import start
from conversations.messages import Channel
from conversations.say import Say
from conversations.turn import (
    Answered,
    Draft,
)
from tests.conversations.forms.citizens import DISTRICT
from tests.conversations.forms.met import at, without_service


def test_safe_path_keeps_no_photo(say: Say) -> None:
    """On the safe path a photo is never kept."""
    citizen = at("PPA", say).photographs()
    assert citizen.state.draft.answers == ()


def test_safe_path_says_nothing_of_its_subject(say: Say) -> None:
    """The safe path shows the numbers first, wants no story, and ends without its subject."""
    citizen = at("PPA", say, channel=Channel.SMS)
    assert citizen.heard.startswith("Anda tidak sendiri")
    assert "129" in citizen.heard
    citizen.says("suami saya memukul saya tiap malam di rumah kami")
    assert "Tidak perlu bercerita" in citizen.heard
    assert citizen.state.draft.answers == ()
    citizen.says("untuk orang lain", "pesan", "sama", "siang", "mekar jaya")
    assert citizen.state.safe
    citizen.says("dia dipukul terus")
    assert citizen.turn.unread
    citizen.says("ya")
    ticket = citizen.ticket
    assert {a.key: a.value for a in ticket.draft.answers} == {
        "safe_now": "orang_lain",
        "contact_way": "pesan",
        "phone": "+6281234567890",
        "safe_hours": "siang",
        "area": "99.01.02",
    }
    assert ticket.area == "99.01.02"
    assert "hapus percakapan" in citizen.heard
    assert not any(word in citizen.heard.lower() for word in ("kekerasan", "ppa", "lacak"))


def test_safe_path_can_be_left(say: Say) -> None:
    """Who does not send leaves nothing behind."""
    citizen = at("PPA", say, *["lewati"] * 5, "tidak")
    assert citizen.records == []
    assert "tidak ada yang dikirim" in citizen.heard
    gone = at("PPA", say, *["lewati"] * 5)
    gone.say = without_service("PPA")
    assert gone.says("ya").records == []


def test_safe_path_keeps_no_form_from_before(say: Say) -> None:
    """The safe path always begins anew, and drops a question that could hold a story."""
    kept = Draft("PPA", (Answered("safe_now", "aman", "Ya, aman"),))
    assert start("PPA", say, kept).state.draft.answers == ()
    service = DISTRICT.services["PPA"]
    story = replace(service.fields[0], key="what", kind="story")
    assert drafts.field_of(replace(service, fields=(story,)), "what") is None


NUMBER_REFUSED = (
    "nomor ini tidak aman",
    "jangan telepon nomor ini",
    "jangan nomor ini, dia pegang hp saya",
    "ini hp suami",
    "sama suami nomornya",
    "not this number",
    "jangan 08123456789",
    "jangan pakai 08123456789",
    "jangan, 08123456789",
    "08123456789, jangan",
    "08123456789, itu nomor suami",
    "08123456789 jangan 08987654321",
    "nomor suami 08123456789",
)


@pytest.mark.parametrize("text", NUMBER_REFUSED)
@pytest.mark.parametrize("channel", [Channel.SMS, Channel.TELEGRAM])
def test_no_number_is_kept_that_was_refused(say: Say, text: str, channel: Channel) -> None:
    """A number that somebody warns of is not their safe one; another is asked for, kindly."""
    citizen = at("PPA", say, "tidak aman", "pesan", text, channel=channel)
    assert citizen.state.draft.answer("phone") is None
    assert citizen.heard.startswith(say("form.phone_refused"))


@pytest.mark.parametrize(
    "text",
    [
        "08123456789 jangan, pakai 08987654321",
        "jangan 08123456789, pakai 08987654321",
        "jangan 08123456789 pakai 08987654321",
        "jangan pakai nomor ini, 08987654321",
        "08987654321, tapi jangan telepon malam",
        "don't use 08123456789, use 08987654321",
    ],
)
def test_the_number_that_is_not_refused_is_kept(say: Say, text: str) -> None:
    """Of two numbers the one that nobody warns of is kept."""
    citizen = at("PPA", say, "tidak aman", "pesan", text)
    assert citizen.state.draft.answer("phone").value == "+628987654321"


@pytest.mark.parametrize(
    "text", ["sama saja pak", "nomor ini", "pakai nomor ini aja", "this number", "nomor ini aman"]
)
def test_same_among_particles_is_the_own_number(say: Say, text: str) -> None:
    """SAMA with no more than polite words beside it is the number one writes from."""
    citizen = at("PPA", say, "tidak aman", "pesan", text, channel=Channel.SMS)
    assert citizen.state.draft.answer("phone").value == "+6281234567890"


def test_whose_telephone_it_is_makes_it_no_own_number(say: Say) -> None:
    """PAK is a polite word, BAPAK may be whose telephone it is."""
    citizen = at("PPA", say, "tidak aman", "pesan", "ini hp bapak", channel=Channel.SMS)
    assert citizen.state.draft.answer("phone") is None


@pytest.mark.parametrize(
    "text",
    [
        *("belum aman", "belum aman pak", "belum, dia masih di rumah", "belum dia masih di rumah"),
        *("belum", "ga", "nggak", "engga", "enggak aman", "gak aman", "sudah tidak aman"),
        *("saya tidak aman", "not yet", "i am not safe", "kurang aman", "tidak amn"),
    ],
)
def test_not_yet_safe_is_not_safe(say: Say, text: str) -> None:
    """However somebody says that they are not safe, it is read so."""
    citizen = at("PPA", say, text)
    assert citizen.state.draft.answer("safe_now").value == "tidak_aman"


@pytest.mark.parametrize("text", ["sudah aman", "aman pak", "ya", "iya aman", "i am safe"])
def test_safe_by_now_is_safe(say: Say, text: str) -> None:
    """Who says nothing but that they are safe is."""
    assert at("PPA", say, text).state.draft.answer("safe_now").value == "aman"


@pytest.mark.parametrize("text", ["dak aman", "jawab apa ya", "sudah", "aman?", "tidak tahu"])
def test_nobody_is_safe_by_a_guess(say: Say, text: str) -> None:
    """What may mean either is asked again, and a slip of the finger makes nobody safe."""
    assert at("PPA", say, text).state.draft.answer("safe_now") is None


@pytest.mark.parametrize("text", ["orang lain", "3", "yang ketiga"])
def test_safety_of_somebody_else_is_picked_as_ever(say: Say, text: str) -> None:
    """Whose safety it is can be told by a part of the label and by its number."""
    assert at("PPA", say, text).state.draft.answer("safe_now").value == "orang_lain"


@pytest.mark.parametrize(
    "text", ["kirim", "kirim aja", "tolong dikirim sekarang", "ya", "send it", "1"]
)
def test_sending_is_told_by_its_word(say: Say, text: str) -> None:
    """KIRIM sends as YA does."""
    assert at("PPA", say, *["lewati"] * 5, text).records


REFUSED = ("tidak usah dikirim", "jangan dikirim", "ga kirim", "don't send", "belum", "2")


@pytest.mark.parametrize("text", [*REFUSED, "dak kirim", "jangan tidak dikirim", "kirim?"])
def test_nothing_is_sent_that_was_refused(say: Say, text: str) -> None:
    """Who says not to send sends nothing, however near their words are to YA, KIRIM."""
    citizen = at("PPA", say, *["lewati"] * 5, text)
    assert citizen.records == []
    assert (say("safe.dropped") in citizen.heard) is (text in REFUSED)
