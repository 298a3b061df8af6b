"""Photos and places come when something else is asked."""

from conversations.say import Say
from tests.conversations.forms.met import NEIGHBOUR, SITI, STORY, at


def test_photo_when_something_else_is_asked_is_kept(say: Say) -> None:
    """A photo sent too early is kept for the question that will not be asked any more."""
    citizen = at("RTLH", say, "hampir roboh").photographs()
    assert citizen.heard.startswith("Terima kasih, fotonya kami simpan")
    assert "Berapa NIK" in citizen.heard
    assert not citizen.turn.unread
    assert len(citizen.state.draft.answer("photo").attachments) == 1


def test_photo_with_words_answers_too(say: Say) -> None:
    """A photo with the answer as its caption does both."""
    citizen = at("RTLH", say, "hampir roboh").photographs(text=f"nik {SITI}")
    assert citizen.state.key == "area"
    assert len(citizen.state.draft.answer("photo").attachments) == 1
    assert citizen.heard.startswith("Terima kasih, fotonya")


def test_photo_with_words_that_are_no_answer(say: Say) -> None:
    """A photo is kept even when its caption answers nothing."""
    citizen = at("RTLH", say, "hampir roboh").photographs(text="ini ktp saya")
    assert citizen.turn.unread
    assert citizen.state.draft.answer("photo")


def test_no_more_than_three_photos_are_kept(say: Say) -> None:
    """A fourth photo is thanked for and not kept."""
    citizen = at("RTLH", say, "hampir roboh").photographs(2).photographs(2).photographs()
    assert "sudah cukup" in citizen.heard
    assert len(citizen.state.draft.answer("photo").attachments) == 3


def test_photo_where_none_is_needed(say: Say) -> None:
    """A photo that no question of the form asks for is thanked for, and not kept."""
    citizen = at("USAHA", say).photographs()
    assert "tidak perlu foto" in citizen.heard
    assert citizen.state.draft.answers == ()


def test_place_when_something_else_is_asked(say: Say) -> None:
    """A location sent too early is kept where the form has a question for it."""
    citizen = at("RTLH", say, "hampir roboh").pins()
    assert citizen.state.draft.answer("place").place
    assert "lokasinya kami simpan" in citizen.heard
    assert "tidak perlu lokasi" in at("USAHA", say).pins().heard


def test_pinned_place_answers_its_question(say: Say) -> None:
    """A point on the map is an answer, and the summary says so without coordinates."""
    citizen = at("LAIN", say, "lampu jalan mati sudah sebulan").pins().says("lewati")
    assert "Lokasi: titik di peta" in citizen.heard


def test_photos_one_by_one(say: Say) -> None:
    """Photos are asked for until the citizen says enough, and counted in the summary."""
    citizen = at("DTSEN_SANGGAH", say, "penerima lain", NEIGHBOUR, "tirta mulya", "ya", STORY)
    citizen.photographs().photographs()
    assert "Sudah kami terima 2" in citizen.heard
    assert "Foto: 2 foto/dokumen" in citizen.taps("Cukup").says("lewati").heard


def test_photo_to_a_question_that_can_be_skipped(say: Say) -> None:
    """A photo captioned "ga ada" is still a photo."""
    citizen = at("DTSEN_SANGGAH", say, "penerima lain", NEIGHBOUR, "tirta mulya", "ya", STORY)
    assert "Sudah kami terima 1" in citizen.photographs(text="ga ada").heard
