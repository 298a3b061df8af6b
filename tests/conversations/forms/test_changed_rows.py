"""Rows change while somebody fills in a form; nothing breaks."""

from msgspec.structs import replace

from conversations.forms import drafts
from conversations.forms.fields.areas import AskDesa, AskRightArea, AskWhichArea
from conversations.forms.fill import Fill, Summary, start
from conversations.say import Say
from conversations.turn import (
    Answered,
    Door,
    Draft,
    ask,
)
from tests.conversations.forms.citizens import DISTRICT, VOICES, Citizen
from tests.conversations.forms.met import CARD, SITI, STORY, at, complaint, without_service


def test_kept_answers_must_still_fit_the_rows(say: Say) -> None:
    """Answers whose question, option or area is gone are asked again."""
    kept = Draft(
        "DTSEN_SANGGAH",
        (
            Answered("gone", "x", "x"),
            Answered("about", "nobody", "x"),
            Answered("area", "99.09", "x"),
            Answered("reason", STORY, STORY),
            Answered("photo", "", "dilewati"),
        ),
    )
    service = DISTRICT.services["DTSEN_SANGGAH"]
    fits = drafts.resumed(kept, service, DISTRICT)
    assert [answer.key for answer in fits.answers] == ["reason", "photo"]
    assert drafts.urgency_of(service, Answered("gone", "x", "x")) is None


def test_area_row_that_is_gone(say: Say) -> None:
    """When an area vanished between two messages, the kecamatan is asked again."""
    draft = at("PBI_USUL", say, SITI, CARD).state.draft
    gone = (AskDesa("99.09"), AskRightArea("99.09"), AskWhichArea(("99.09",), sure=True))
    for asking in gone:
        assert Fill(draft, "area", asking).prompt(say).choices[0].label == "Banyu Asri"


def test_service_that_is_gone() -> None:
    """A form whose service the district offers no longer leads to the menu, never to an error."""
    say, later = VOICES["id"], without_service("DTSEN_SANGGAH")
    for citizen in (complaint(say), complaint(say, "ya"), at("DTSEN_SANGGAH", say)):
        citizen.say = later
        assert "berubah" in citizen.state.prompt(later).text or citizen.state.prompt(later).text
        assert citizen.says("ya").enter.door is Door.MENU
    lost = complaint(say, "ubah jawaban")
    lost.say = later
    assert lost.says("alasan").turn.unread
    assert start("DTSEN_SANGGAH", later).enter.door is Door.MENU
    assert at("DTSEN_SANGGAH", say).state.hint(later)


def test_question_that_is_new(say: Say) -> None:
    """A question that was added while a form was open is asked before it is sent."""
    citizen = complaint(say)
    citizen.turn = replace(
        citizen.turn, state=Summary(drafts.without(citizen.state.draft, "about"))
    )
    assert citizen.says("ya").state.key == "about"


def test_question_that_is_gone(say: Say) -> None:
    """A question whose row is gone is passed over."""
    state = Fill(at("LAIN", say).state.draft, "gone")
    assert Citizen(say, ask(state, say)).says("apa").state.key == "story"
