"""The course of a form: opening, urgency, what is kept, and what is skipped."""

import pytest
from msgspec.structs import replace

from conversations.forms.drafts import urgency_of
from conversations.forms.fill import Summary, start
from conversations.messages import Channel
from conversations.say import Say
from conversations.turn import (
    Answered,
    ask,
)
from referrals.district.alarms import Danger
from referrals.district.directory import Priority
from tests.conversations.forms.citizens import DISTRICT, Citizen
from tests.conversations.forms.met import CARD, NEIGHBOUR, SITI, STORY, at, complaint


def test_opening_tells_what_comes(say: Say) -> None:
    """A form begins with its name, its length, and the promise to keep a name secret."""
    citizen = at("DTSEN_SANGGAH", say)
    assert "Sanggah Data/Desil: 6 pertanyaan" in citizen.heard
    assert "tidak kami beri tahu ke desa atau pihak yang dilaporkan" in citizen.heard
    assert "24 jam pertama" in citizen.heard
    assert "(1/6)" in citizen.heard


def test_the_count_goes_on_by_one(say: Say) -> None:
    """What was told before its turn is no question: the count skips none and the total stays."""
    told = (Answered("reason", STORY, STORY), Answered("area", "99.01.02.2005", "Tirta Mulya"))
    citizen = Citizen(say, start("DTSEN_SANGGAH", say, prefilled=told))
    assert "4 pertanyaan" in citizen.heard
    for number, text in enumerate(("penerima lain", NEIGHBOUR, "lewati", ""), 1):
        assert f"({number}/4)" in citizen.heard
        citizen = citizen.says(text) if text else citizen


def test_short_forms_are_not_counted(say: Say) -> None:
    """A form of three questions needs no count of them."""
    assert "(1/" not in at("LAIN", say).heard


def test_emergency_numbers_come_first(say: Say) -> None:
    """Who reports a disaster sees the numbers to call before the first question."""
    assert at("BENCANA", say).heard.startswith("Jika ada bahaya, telepon sekarang:\n112")


def test_answer_of_danger_brings_the_numbers(say: Say) -> None:
    """An answer that speaks of danger to life shows the numbers that help and is urgent."""
    citizen = at("PBI_AKTIF", say, "sedang dirawat/igd")
    assert citizen.heard.startswith("Jika gawat")
    assert citizen.state.draft.priority is Priority.P1


def test_urgency_is_never_lowered(say: Say) -> None:
    """An answer that is less urgent leaves the urgency of an alarm word alone."""
    urgent = at("PBI_AKTIF", say).state.alarmed(Danger.HEALTH)
    citizen = Citizen(say, ask(urgent, say)).says("tidak sedang berobat")
    assert citizen.state.draft.priority is Priority.P1


def test_an_option_only_raises() -> None:
    """An option no more urgent than its service changes nothing."""
    service = DISTRICT.services["PBI_AKTIF"]
    care = service.fields[0]
    options = {p: replace(care.options[0], value=p, priority=p) for p in (*Priority, None)}
    service = replace(service, fields=(replace(care, options=tuple(options.values())),))
    raised = {p: urgency_of(service, Answered("care", o.value, "")) for p, o in options.items()}
    assert raised == dict.fromkeys(options) | {Priority.P1: Priority.P1}


def test_alarm_makes_any_state_of_a_form_urgent(say: Say) -> None:
    """An alarm word raises the ticket wherever it is heard, and the same again changes nothing."""
    for citizen in (complaint(say), complaint(say, "ubah jawaban"), complaint(say, "ya")):
        urgent = citizen.state.alarmed(Danger.HEALTH)
        assert urgent.draft.priority is Priority.P1
        assert urgent.alarmed(Danger.HEALTH) is urgent
        assert urgent.alarmed(Danger.EMERGENCY).draft.danger is Danger.EMERGENCY


def test_an_urgent_form_knows_whose_numbers_it_showed(say: Say) -> None:
    """An answer of danger and the opening of a disaster show numbers; the same alarm is silent."""
    for code, alarm, *answers in (
        ("PBI_AKTIF", Danger.HEALTH, "sedang dirawat/igd"),
        ("BENCANA", Danger.EMERGENCY),
    ):
        state = at(code, say, *answers).state
        assert state.alarmed(alarm) is state


def test_form_is_unfinished_until_it_is_sent(say: Say) -> None:
    """A form that is left is kept; the safe path leaves no trace."""
    assert at("RTLH", say, "hampir roboh").state.unfinished().answers[0].value == "hampir_roboh"
    assert at("PPA", say, "ya, aman").state.unfinished() is None
    skipped = at("PPA", say, *["lewati"] * 5)
    assert skipped.state.unfinished() is None


def test_kept_form_goes_on_at_the_next_open_question(say: Say) -> None:
    """A form that was left goes on where it was, with a kind word."""
    kept = at("RTLH", say, "hampir roboh", SITI).state.unfinished()
    citizen = Citizen(say, start("RTLH", say, kept))
    assert "kami simpan" in citizen.heard
    assert citizen.state.key == "area"


def test_kept_form_of_another_service_is_not_taken(say: Say) -> None:
    """A form begins anew when the kept one was about something else."""
    kept = at("RTLH", say, "hampir roboh").state.unfinished()
    assert start("LAIN", say, kept).state.draft.answers == ()


def test_known_answers_are_not_asked_again(say: Say) -> None:
    """A NIK that was just looked up is filled in, answers of other forms are not."""
    known = (Answered("nik", SITI, "...0001"), Answered("proof", "0001", "0001"))
    citizen = Citizen(say, start("PBI_USUL", say, prefilled=known))
    assert citizen.state.key == "kk"
    assert [answer.key for answer in citizen.state.draft.answers] == ["nik"]
    assert "5 pertanyaan singkat, 1 sudah terjawab" in citizen.heard
    assert "(2/5)" in citizen.heard


def test_kk_number_typed_for_a_nik_is_kept(say: Say) -> None:
    """A KK number typed too early fills its own question."""
    citizen = at("PBI_USUL", say, "9901010101150007", "ini nomor kk", SITI)
    assert citizen.state.key == "area"
    assert citizen.state.draft.answer("kk").value == "9901010101150007"


def test_unread_answers_are_counted_and_explained(say: Say) -> None:
    """An answer we cannot read says so kindly, and leaves the question where it was."""
    citizen = at("PBI_USUL", say, "320101")
    assert citizen.turn.unread
    assert citizen.heard.startswith("Kami membaca 6 angka")
    assert "Contoh" in citizen.state.hint(say)
    assert "Ketuk" in at("RTLH", say).state.hint(say)


@pytest.mark.parametrize("word", ["lewati", "LEWAT", "ga ada", "tidak punya", "skip", "1"])
def test_questions_are_skipped_in_many_words(say: Say, word: str) -> None:
    """A question that need not be answered is skipped by word, number, or "there is none"."""
    citizen = at(
        "DTSEN_SANGGAH", say, "penerima lain", NEIGHBOUR, "tirta mulya", "ya", STORY, word
    )
    assert isinstance(citizen.says("lewati").state, Summary)
    assert "Foto" not in citizen.heard


def test_required_questions_are_not_skipped(say: Say) -> None:
    """A question that must be answered offers no way round it."""
    assert at("DTSEN_SANGGAH", say, "lewati").turn.unread


@pytest.mark.parametrize("number", ["1", "1.", "no 1"])
def test_number_too_short_to_be_the_answer_picks(say: Say, number: str) -> None:
    """Where sixteen digits are asked for, "1" is the choice to skip, as the list has it."""
    citizen = at("PIP", say, "belum cair", "Budi", number)
    assert citizen.state.key == "school"
    assert at("PIP", say, "belum cair", "Budi", "12").turn.unread


def test_back_goes_one_question_back(say: Say) -> None:
    """KEMBALI takes back the last answer; inside a question it asks that question anew."""
    citizen = at("RTLH", say, "hampir roboh", SITI)
    back = citizen.state.before()
    assert (back.key, [a.key for a in back.draft.answers]) == ("nik", ["danger"])
    assert back.before().before() is None
    inside = at("RTLH", say, "hampir roboh", SITI, "mekar jaya").state
    assert inside.before() == replace(inside, asking=None)


def test_names_do_not_leak(say: Say) -> None:
    """A state printed into a log shows no number."""
    citizen = at("PBI_USUL", say, SITI, CARD)
    assert SITI not in repr(citizen.state.draft)


@pytest.mark.parametrize("channel", list(Channel))
def test_same_form_on_every_channel(say: Say, channel: Channel) -> None:
    """A form reads the same answers whatever channel they come by."""
    assert at("LAIN", say, "jalan berlubang depan sekolah", channel=channel).state.key == "place"
