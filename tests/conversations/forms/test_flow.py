"""The course of a form, with everything that goes otherwise than planned."""

from typing import Any

import pytest
from msgspec.structs import replace

from conversations.forms import drafts
from conversations.forms.choose import ChooseGroup, ChooseService
from conversations.forms.fields.areas import AskDesa, AskRightArea, AskWhichArea
from conversations.forms.fill import Fill, Summary, Sure, WhichAnswer, start
from conversations.forms.recap import shortened
from conversations.menu import Menu
from conversations.messages import Channel
from conversations.say import Say
from conversations.turn import (
    Answered,
    Door,
    Draft,
    RegistryAnswered,
    TicketsFound,
    Turn,
    ask,
)
from referrals.directory import Priority
from registry_client.answers import Unavailable
from tests.conversations.forms.citizens import DISTRICT, VOICES, Citizen

SITI = "9901014107800001"
CARD = "9901010101100001"
STORY = "tetangga punya mobil dua tetapi dapat terus"


def at(service: str, say: Say, *said: str, channel: Channel = Channel.TELEGRAM) -> Citizen:
    """Return a citizen in the form of *service* who said *said* already."""
    return Citizen(say, start(service, say), channel).says(*said)


def complaint(say: Say, *said: str) -> Citizen:
    """Return a citizen at the summary of an objection."""
    return at("DTSEN_SANGGAH", say, "penerima lain", "tirta mulya", "ya", STORY, "lewati").says(
        *said
    )


def with_district(**changes: object) -> Say:
    """Return the Indonesian voice of a district whose rows were changed."""
    return Say("id", VOICES["id"]._texts, replace(DISTRICT, **changes))


def without_service(code: str) -> Say:
    """Return the voice of a district that offers *code* no longer."""
    return with_district(services={k: v for k, v in DISTRICT.services.items() if k != code})


def test_opening_tells_what_comes(say: Say) -> None:
    """A form begins with its name, its length, and the promise to keep a name secret."""
    citizen = at("DTSEN_SANGGAH", say)
    assert "Sanggah Data/Desil: 4 pertanyaan" in citizen.heard
    assert "dirahasiakan" in citizen.heard
    assert "(1/4)" in citizen.heard


def test_short_forms_are_not_counted(say: Say) -> None:
    """A form of three questions needs no count of them."""
    assert "(1/" not in at("LAIN", say).heard


def test_emergency_numbers_come_first(say: Say) -> None:
    """Who reports a disaster sees the numbers to call before the first question."""
    assert at("BENCANA", say).heard.startswith("Jika ada bahaya, telepon sekarang:\n112")


def test_answer_of_danger_brings_the_numbers(say: Say) -> None:
    """An answer that speaks of danger to life shows the numbers and makes the ticket urgent."""
    citizen = at("PBI_AKTIF", say, "sedang dirawat/igd")
    assert citizen.heard.startswith("Jika ada bahaya")
    assert citizen.state.draft.priority is Priority.P1


def test_urgency_is_never_lowered(say: Say) -> None:
    """An answer that is less urgent leaves the urgency of an alarm word alone."""
    urgent = at("PBI_AKTIF", say).state.alarmed()
    citizen = Citizen(say, ask(urgent, say)).says("tidak sedang berobat")
    assert citizen.state.draft.priority is Priority.P1
    assert at("PBI_AKTIF", say, "tidak sedang berobat").state.draft.priority is Priority.P3


def test_alarm_makes_any_state_of_a_form_urgent(say: Say) -> None:
    """An alarm word raises the ticket wherever it is heard, and a second one changes nothing."""
    for citizen in (complaint(say), complaint(say, "ubah jawaban"), complaint(say, "ya")):
        urgent = citizen.state.alarmed()
        assert urgent.draft.priority is Priority.P1
        assert urgent.alarmed() is urgent


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


def test_known_answers_are_not_asked_again(say: Say) -> None:
    """A NIK that was just looked up is filled in, answers of other forms are not."""
    known = (Answered("nik", SITI, "...0001"), Answered("proof", "0001", "0001"))
    citizen = Citizen(say, start("PBI_USUL", say, prefilled=known))
    assert citizen.state.key == "kk"
    assert [answer.key for answer in citizen.state.draft.answers] == ["nik"]
    assert "4 pertanyaan" in citizen.heard


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
    assert "1" in at("RTLH", say).state.hint(say)


def test_other_events_change_nothing(say: Say) -> None:
    """What the registry or the store answers late moves no form."""
    states = (
        *(at("RTLH", say).state, complaint(say).state, complaint(say, "ya").state),
        *(complaint(say, "ubah jawaban").state, at("PPA", say, *["lewati"] * 5).state),
        *(ChooseGroup("need"), ChooseService("need", "data")),
    )
    for state in states:
        for event in (RegistryAnswered(Unavailable()), TicketsFound(())):
            assert state.step(event, say) == Turn(state)


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


def test_safe_path_keeps_no_photo(say: Say) -> None:
    """On the safe path a photo is never kept."""
    citizen = at("PPA", say).photographs()
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
    citizen = at("DTSEN_SANGGAH", say, "penerima lain", "tirta mulya", "ya", STORY)
    citizen.photographs().photographs()
    assert "Sudah kami terima 2" in citizen.heard
    assert "Foto: 2 foto/dokumen" in citizen.taps("Cukup").heard


@pytest.mark.parametrize("word", ["lewati", "LEWAT", "ga ada", "tidak punya", "skip", "1"])
def test_questions_are_skipped_in_many_words(say: Say, word: str) -> None:
    """A question that need not be answered is skipped by word, number, or "there is none"."""
    citizen = at("DTSEN_SANGGAH", say, "penerima lain", "tirta mulya", "ya", STORY, word)
    assert isinstance(citizen.state, Summary)
    assert "Foto" not in citizen.heard


def test_required_questions_are_not_skipped(say: Say) -> None:
    """A question that must be answered offers no way round it."""
    assert at("DTSEN_SANGGAH", say, "lewati").turn.unread


def test_digits_are_no_choice_where_digits_are_asked(say: Say) -> None:
    """Where a number is asked for, "1" is not the choice to skip."""
    citizen = at("PIP", say, "belum cair", "Budi", "1")
    assert citizen.state.key == "child_nik"
    assert citizen.taps("Lewati").state.key == "school"


def test_photo_to_a_question_that_can_be_skipped(say: Say) -> None:
    """A photo captioned "ga ada" is still a photo."""
    citizen = at("DTSEN_SANGGAH", say, "penerima lain", "tirta mulya", "ya", STORY)
    assert "Sudah kami terima 1" in citizen.photographs(text="ga ada").heard


def test_desa_typed_at_once_is_confirmed_by_its_full_name(say: Say) -> None:
    """A desa that is found at once is only taken when its full name is right."""
    citizen = at("PBI_USUL", say, SITI, CARD, "ds mekarsri")
    assert citizen.heard == "Desa Mekarsari, Kecamatan Mekar Jaya. Benar?"
    assert citizen.says("betul").state.draft.answer("area").value == "99.01.02.2001"


def test_desa_that_was_misunderstood(say: Say) -> None:
    """A wrong guess leads back to the kecamatan, another name to another guess."""
    citizen = at("PBI_USUL", say, SITI, CARD, "mekarsari", "bukan")
    assert "kecamatan" in citizen.heard
    citizen = at("PBI_USUL", say, SITI, CARD, "mekarsari", "eh sukamaju")
    assert citizen.heard.startswith("Desa Sukamaju")
    assert citizen.says("hmm").turn.unread


def test_kecamatan_then_desa(say: Say) -> None:
    """The way through the lists ends at a desa."""
    citizen = at("PBI_USUL", say, SITI, CARD).taps("Mekar Jaya")
    assert citizen.heard == "Desa atau kelurahan apa di Kecamatan Mekar Jaya?"
    assert citizen.taps("Mekarsari").state.draft.answer("area").value == "99.01.02.2001"


def test_kecamatan_typed(say: Say) -> None:
    """A kecamatan that is typed leads to its desa; a desa typed there needs no second word."""
    citizen = at("PBI_USUL", say, SITI, CARD, "kec mekarjaya", "mekarsri")
    assert citizen.state.draft.answer("area").value == "99.01.02.2001"
    citizen = at("PBI_USUL", say, SITI, CARD, "kec mekarjaya", "karanganyar")
    assert citizen.state.draft.answer("area").value == "99.01.02.2004"


def test_unknown_desa_is_enough(say: Say) -> None:
    """Who does not know the desa is served with the kecamatan."""
    citizen = at("PBI_USUL", say, SITI, CARD, "1").taps("Tidak tahu desanya")
    assert citizen.state.draft.answer("area").value == "99.01.01"


def test_desa_of_another_kecamatan(say: Say) -> None:
    """A desa that lies elsewhere is asked about; a strange name gets the nearest here."""
    citizen = at("PBI_USUL", say, SITI, CARD, "mekar jaya", "sukamaju")
    assert citizen.heard == "Desa Sukamaju, Kecamatan Banyu Asri. Benar?"
    citizen = at("PBI_USUL", say, SITI, CARD, "mekar jaya", "tirta raya")
    assert "Desa Tirta Mulya, Kecamatan Mekar Jaya" in citizen.heard


def test_one_name_twice_is_asked_about(say: Say) -> None:
    """Namesakes are told apart by tap, or by the kecamatan's name."""
    citizen = at("PBI_USUL", say, SITI, CARD, "karanganyar")
    assert "Desa Karanganyar, Kecamatan Tanjung Damai" in citizen.heard
    assert citizen.says("tanjung damai").state.draft.answer("area").value == "99.01.04.2003"
    citizen = at("PBI_USUL", say, SITI, CARD, "karanganyar", "1")
    assert citizen.state.draft.answer("area").value == "99.01.02.2004"


def test_none_of_the_areas_offered(say: Say) -> None:
    """Who finds nothing right among the offers starts from the kecamatan again."""
    citizen = at("PBI_USUL", say, SITI, CARD, "karanganyar", "bukan itu semua")
    assert citizen.labels[0] == "Banyu Asri"
    assert at("PBI_USUL", say, SITI, CARD, "karanganyar", "xyzzy").turn.unread


def test_kecamatan_among_the_nearest(say: Say) -> None:
    """A kecamatan taken from the nearest names leads to its desa."""
    citizen = at("PBI_USUL", say, SITI, CARD, "gunung batu")
    assert "Kecamatan Gunung Teduh" in citizen.heard
    assert "Kecamatan Gunung Teduh?" in citizen.taps("Gunung Teduh").heard


def test_wrong_area_name(say: Say) -> None:
    """A name that is nothing like ours is told not to be found."""
    assert at("PBI_USUL", say, SITI, CARD, "xyzzy").heard.startswith("Nama itu belum kami temukan")


def test_many_kecamatan_come_in_pages() -> None:
    """A district with fourteen kecamatan, and many desa, shows them ten rows at a time."""
    area = DISTRICT.areas["99.01.01"]
    many = {
        f"99.{n:02}": replace(area, code=f"99.{n:02}", name=f"Kecamatan{n}") for n in range(14)
    }
    desa = DISTRICT.areas["99.01.01.2001"]
    many |= {
        f"d{n}": replace(desa, code=f"d{n}", name=f"Desa{n:02}", parent="99.00") for n in range(12)
    }
    citizen = at("PBI_USUL", with_district(areas=many), SITI, CARD)
    assert len(citizen.labels) == 10
    citizen.taps("Berikutnya").taps("Berikutnya").taps("Kecamatan0")
    assert len(citizen.labels) == 10
    citizen.taps("Berikutnya").taps("Desa11")
    assert citizen.state.draft.answer("area").value == "d11"


def test_area_row_that_is_gone(say: Say) -> None:
    """When an area vanished between two messages, the kecamatan is asked again."""
    draft = at("PBI_USUL", say, SITI, CARD).state.draft
    gone = (AskDesa("99.09"), AskRightArea("99.09"), AskWhichArea(("99.09",), sure=True))
    for asking in gone:
        assert Fill(draft, "area", asking).prompt(say).choices[0].label == "Banyu Asri"


def test_summary_is_in_the_citizens_words(say: Say) -> None:
    """The summary names every answer by its row's label, and shows no whole number."""
    citizen = at(
        "PBI_USUL", say, SITI, CARD, "tirta mulya", "ya", "belum punya", "tidak, untuk jaga-jaga"
    )
    assert citizen.heard == (
        "Layanan: KIS/BPJS Gratis (PBI)\nNIK: ...0001\nNomor KK: ...0001\n"
        "Desa/kelurahan: Desa Tirta Mulya, Kecamatan Mekar Jaya\nBPJS sekarang: Belum punya\n"
        "Keadaan: Tidak, untuk jaga-jaga\nKalau sudah benar, kirim sekarang?"
    )


def test_long_answers_are_cut_in_the_summary() -> None:
    """The summary shows the beginning of a story, without any number that is nobody's business."""
    story = f"NIK {SITI} " + "dan rumah bocor " * 20
    assert SITI not in shortened(story)
    assert len(shortened(story)) <= 83


def test_one_answer_is_corrected(say: Say) -> None:
    """One answer can be given anew; the others stay."""
    citizen = complaint(say, "ubah jawaban").taps("Tentang")
    assert citizen.heard == "Sanggahan ini tentang siapa?"
    citizen.says("keluarga saya sendiri")
    assert "Tentang: Keluarga saya sendiri" in citizen.heard
    assert f"Alasan: {STORY}" in citizen.heard


def test_answer_named_at_the_summary_is_corrected(say: Say) -> None:
    """Who writes the name of a question at the summary is asked it anew; NIK by number is not."""
    assert complaint(say, "alasan").state.key == "reason"
    assert complaint(say, "9").turn.unread
    assert complaint(say, "bukan").heard == "Jawaban mana yang ingin diubah?"


def test_photos_are_corrected_from_the_start(say: Say) -> None:
    """New photos take the place of the old ones; a skipped photo can be sent after all."""
    citizen = complaint(say, "ubah jawaban").taps("Foto").photographs()
    assert "Sudah kami terima 1" in citizen.heard
    citizen.says("cukup", "ubah jawaban").taps("Foto").photographs(3)
    assert "Foto: 3 foto/dokumen" in citizen.heard


def test_which_answer_in_pages(say: Say) -> None:
    """A form with many answers lists them in pages; any can be named."""
    citizen = at("RTLH", say, "rusak", SITI, "tirta mulya", "ya", "lewati")
    citizen.says(*["1"] * 5, "lewati", "ubah jawaban")
    assert len(citizen.labels) == 10
    long = with_district(
        services={**DISTRICT.services, "RTLH": long_form()},
    )
    citizen = Citizen(long, ask(WhichAnswer(full(long)), long))
    assert citizen.labels[-1] == "Berikutnya"
    assert citizen.says("berikutnya").labels[0] == "Tempat 9"
    assert citizen.says("tempat 3").state.key == "p3"
    citizen = Citizen(long, ask(WhichAnswer(full(long)), long))
    assert citizen.says("11").turn.unread


def long_form() -> Any:  # noqa: ANN401 - a row of the district
    """Return a service with twelve questions."""
    service = DISTRICT.services["RTLH"]
    words = next(f for f in DISTRICT.services["PUNGLI"].fields if f.key == "where")
    labels = [type(words.label)(f"Tempat {n}", f"Place {n}") for n in range(12)]
    return replace(
        service,
        fields=tuple(replace(words, key=f"p{n}", label=label) for n, label in enumerate(labels)),
    )


def full(say: Say) -> Draft:
    """Return the form of twelve questions, filled in."""
    return Draft("RTLH", tuple(Answered(f"p{n}", "sini", "sini") for n in range(12)))


def test_cancelled_at_the_summary(say: Say) -> None:
    """Who taps cancel has sent nothing."""
    citizen = complaint(say).taps("Batal")
    assert citizen.records == []
    assert citizen.enter.door is Door.REST
    assert "tidak jadi dikirim" in citizen.heard


def test_some_services_are_confirmed_twice(say: Say) -> None:
    """An objection is asked about once more in other words, and can still be changed."""
    citizen = complaint(say, "ya")
    assert isinstance(citizen.state, Sure)
    assert "Sekali lagi" in citizen.heard
    assert complaint(say, "ya", "apa?").turn.unread
    assert isinstance(complaint(say, "ya", "belum").state, Summary)
    assert complaint(say, "ya", "yakin").ticket.draft.service == "DTSEN_SANGGAH"


def test_ticket_tells_who_when_and_what(say: Say) -> None:
    """The reply tells the code, who gets it, by when they answer, and what to prepare."""
    citizen = complaint(say, "ya", "yakin")
    assert "Nomor tiket: " in citizen.heard
    assert "paling lambat 26 November 2026" in citizen.heard
    assert "Siapkan: Foto keadaan rumah, Keterangan RT/RW." in citizen.heard
    assert "LACAK" in citizen.heard
    assert isinstance(citizen.state, Menu)


def test_urgent_ticket_is_promised_for_today(say: Say) -> None:
    """An urgent ticket is answered as soon as possible, never on a date."""
    citizen = at("BENCANA", say, "banjir", "belakang masjid", "ada", "081234567890", "ya")
    assert "secepatnya hari ini" in citizen.heard
    assert citizen.ticket.draft.priority is Priority.P1


def test_year_without_holidays_is_counted_in_days() -> None:
    """Where the calendar does not know the year, working days are told instead of a date."""
    calendar = replace(DISTRICT.calendar, years=frozenset())
    citizen = complaint(with_district(calendar=calendar), "ya", "yakin")
    assert "dalam 3 hari kerja" in citizen.heard


def test_service_without_note_or_documents(say: Say) -> None:
    """A row that has neither documents nor a note leaves no empty lines."""
    service = replace(DISTRICT.services["LAIN"], note=None, documents=())
    voice = with_district(services={**DISTRICT.services, "LAIN": service})
    citizen = at("LAIN", voice, "lampu jalan mati sudah sebulan", "depan pasar", "lewati", "ya")
    assert citizen.heard.count("\n") == 2


def test_back_goes_one_question_back(say: Say) -> None:
    """KEMBALI takes back the last answer; inside a question it asks that question anew."""
    citizen = at("RTLH", say, "hampir roboh", SITI)
    back = citizen.state.before()
    assert (back.key, [a.key for a in back.draft.answers]) == ("nik", ["danger"])
    assert back.before().before() is None
    inside = at("RTLH", say, "hampir roboh", SITI, "mekar jaya").state
    assert inside.before() == replace(inside, asking=None)


def test_back_from_a_correction_leads_to_the_summary(say: Say) -> None:
    """KEMBALI in the middle of a correction leaves the answer as it was."""
    assert isinstance(complaint(say, "alasan").state.before(), Summary)
    assert isinstance(complaint(say, "ya").state.before(), Summary)
    assert isinstance(complaint(say, "ubah jawaban").state.before(), Summary)


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


def test_free_words_while_choosing(say: Say) -> None:
    """A sentence instead of a choice goes where sentences go; noise is asked about again."""
    for state in (ChooseGroup("need"), ChooseService("need", "data")):
        citizen = Citizen(say, ask(state, say)).says("rmh sy bocor smua")
        assert citizen.enter.door is Door.WISH
        assert citizen.enter.text == "rmh sy bocor smua"
        assert Citizen(say, ask(state, say)).says("qwzx").turn.unread


def test_shelf_with_one_service_leads_straight_to_it(say: Say) -> None:
    """A shelf that holds one service of the kind needs no second question."""
    citizen = Citizen(say, ask(ChooseGroup("need"), say)).taps("Sekolah & Kuliah")
    assert citizen.state.draft.service == "PIP"


def test_full_shelf_has_pages(say: Say) -> None:
    """A shelf with eleven services shows them in pages, and KEMBALI leads to the shelves."""
    row = DISTRICT.services["RTLH"]
    label = type(row.label)
    services = {
        f"S{n}": replace(row, code=f"S{n}", label=label(f"Layanan {n}", f"Service {n}"))
        for n in range(11)
    }
    voice = with_district(services=services)
    citizen = Citizen(voice, ask(ChooseService("need", "rumah"), voice)).taps("Berikutnya")
    assert citizen.labels[0] == "Layanan 9"
    assert citizen.taps("Layanan 10").state.draft.service == "S10"
    assert ChooseService("need", "rumah", 1).before() == ChooseGroup("need")


def test_names_do_not_leak(say: Say) -> None:
    """A state printed into a log shows no number."""
    citizen = at("PBI_USUL", say, SITI, CARD)
    assert SITI not in repr(citizen.state.draft)


@pytest.mark.parametrize("channel", list(Channel))
def test_same_form_on_every_channel(say: Say, channel: Channel) -> None:
    """A form reads the same answers whatever channel they come by."""
    assert at("LAIN", say, "jalan berlubang depan sekolah", channel=channel).state.key == "place"
