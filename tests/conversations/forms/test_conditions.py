"""Questions that are asked only after certain answers."""

import pytest
from msgspec.structs import replace

from conversations.forms.fill import Fill, SafeFill, Summary
from conversations.forms.safe import SafeSend
from conversations.say import Say
from conversations.turn import Answered, Draft, ask
from referrals.district.directory import OnlyIf
from tests.conversations.forms.citizens import DISTRICT, Citizen
from tests.conversations.forms.met import at, with_district

HOUSE = DISTRICT.services["RTLH"]
DANGER = HOUSE.fields[0]
WORST = DANGER.options[0].value


@pytest.fixture(scope="module")
def photo_of_the_worst() -> Say:
    """Give the voice of a district that asks for a photo of houses in the worst state alone."""
    when = OnlyIf(DANGER.key, (WORST,))
    photo = next(field for field in HOUSE.fields if field.key == "photo")
    fields = (DANGER, replace(photo, only_if=when, required=True))
    house = replace(HOUSE, fields=fields, level="direct")
    return with_district(services={**DISTRICT.services, "RTLH": house})


@pytest.mark.parametrize("way", ["saya yang datang", "jangan hubungi saya"])
def test_who_is_not_to_be_called_is_asked_for_no_number(say: Say, way: str) -> None:
    """On the safe path neither number nor hours are asked of who does not want to be reached."""
    citizen = at("PPA", say, "ya, aman", way)
    assert citizen.state.key == "area"
    citizen.says("lewati", "ya")
    assert [answer.key for answer in citizen.ticket.draft.answers] == ["safe_now", "contact_way"]


@pytest.mark.parametrize("way", ["telepon", "pesan", "lewati"])
def test_who_may_be_called_is_asked(say: Say, way: str) -> None:
    """Who wants to be reached, or does not say, may give a number and hours."""
    citizen = at("PPA", say, "ya, aman", way)
    assert citizen.state.key == "phone"
    assert citizen.says("lewati").state.key == "safe_hours"


def test_an_answer_that_was_changed(photo_of_the_worst: Say) -> None:
    """An answer that rules a question out takes its answer out of summary, choices and ticket."""
    say = photo_of_the_worst
    citizen = at("RTLH", say, "1").photographs(3)
    assert isinstance(citizen.state, Summary)
    assert "Foto" in citizen.heard
    citizen.says("ubah jawaban")
    assert "Foto" in citizen.labels
    citizen.taps(DANGER.label.id)
    citizen.says("3")
    assert isinstance(citizen.state, Summary)
    assert "Foto" not in citizen.heard
    assert "Foto" not in citizen.says("ubah jawaban").labels
    citizen.taps(DANGER.label.id)
    citizen.says("2")
    citizen.says("ya")
    assert [answer.key for answer in citizen.ticket.draft.answers] == [DANGER.key]


def test_a_photo_nobody_asks_for(photo_of_the_worst: Say) -> None:
    """A photo is not kept for a question that is ruled out."""
    citizen = at("RTLH", photo_of_the_worst, "3").photographs()
    assert citizen.state.draft.answer("photo") is None


def test_a_question_ruled_out_meanwhile(say: Say) -> None:
    """Who was asked before the condition came is asked the next question instead."""
    draft = Draft("PPA", (Answered("safe_now", "", ""), Answered("contact_way", "jangan", "")))
    citizen = Citizen(say, ask(SafeFill(draft, "phone"), say)).says("sama")
    assert isinstance(citizen.state, Fill)
    assert citizen.state.key == "area"
    assert isinstance(citizen.says("lewati").state, SafeSend)
