"""The safe path leaves no story and no trace."""

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
