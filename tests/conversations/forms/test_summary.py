"""A form is summed up, corrected and filed."""

from typing import Any

import pytest
from msgspec.structs import replace

from conversations.forms.fill import Summary, Sure, WhichAnswer
from conversations.forms.recap import recap, shortened
from conversations.menu import Menu
from conversations.say import Say
from conversations.turn import (
    Answered,
    Door,
    Draft,
    ask,
)
from referrals.district.directory import Priority
from tests.conversations.forms.citizens import DISTRICT, Citizen
from tests.conversations.forms.met import (
    CARD,
    NEIGHBOUR,
    SITI,
    STORY,
    at,
    complaint,
    with_district,
)

LAMP = ("lampu jalan mati sudah sebulan", "depan pasar", "lewati")


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


def test_the_summary_says_who_gets_what_is_about_an_office(say: Say) -> None:
    """Who complains about the village reads that it goes past it; nobody else is told where."""
    told = {}
    for picked in ("desa", "hilang"):
        answers = (Answered("area", "99.01.01.2001", "Sukamaju"), Answered("problem", picked, ""))
        told[picked] = recap(Draft("ADMINDUK", answers), DISTRICT.services["ADMINDUK"], say)
    assert "Dikirim langsung ke Dinas Dukcapil." in told["desa"]
    assert "Dikirim" not in told["hilang"]


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


def test_which_of_many_answers(say: Say) -> None:
    """Of a form with many answers any can be named, or picked by its number."""
    citizen = at("RTLH", say, "rusak", SITI, "tirta mulya", "ya", "lewati")
    citizen.says(*["1"] * 5, "Siti Aminah", "lewati", "lewati", "ubah jawaban")
    assert len(citizen.labels) == 12
    long = with_district(
        services={**DISTRICT.services, "RTLH": long_form()},
    )
    citizen = Citizen(long, ask(WhichAnswer(full(long)), long))
    assert citizen.says("tempat 3").state.key == "p3"
    citizen = Citizen(long, ask(WhichAnswer(full(long)), long))
    assert citizen.says("13").turn.unread
    assert citizen.says("12").state.key == "p11"


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
    citizen = at("LAIN", say, *LAMP, "ya")
    assert "Nomor tiket: " in citizen.heard
    assert "Diteruskan ke Sekretariat Satu Pintu" in citizen.heard
    assert "Ditanggapi paling lambat 25 November 2026." in citizen.heard
    assert "LACAK" in citizen.heard
    assert isinstance(citizen.state, Menu)


def test_an_objection_waits_a_day(say: Say) -> None:
    """An objection is told honestly: who gets it after a day, and how to take it back before."""
    citizen = complaint(say)
    assert "Dikirim ke Inspektorat. Desa dan pihak yang dilaporkan tidak tahu" in citizen.heard
    citizen.says("ya", "yakin")
    code = citizen.ticket.code
    assert "ke Inspektorat sesudah 24 November pukul 10.00" in citizen.heard
    assert f"balas BATAL {code}" in citizen.heard
    assert "paling lambat" not in citizen.heard
    assert "Siapkan: Foto keadaan rumah." in citizen.heard


@pytest.mark.parametrize(
    ("service", "said", "privacy"),
    [
        (
            "DTSEN_SANGGAH",
            ("penerima lain", NEIGHBOUR, "tirta mulya", "ya", STORY, "lewati"),
            "rahasia",
        ),
        ("TERLANTAR", ("tidak", "depan pasar", STORY, "lewati"), "named"),
    ],
)
def test_how_much_may_be_known(
    say: Say, service: str, said: tuple[str, ...], privacy: str
) -> None:
    """The citizen says how much may be known of them; who does not say is kept as the row is."""
    sure = ("ya", "yakin") if service == "DTSEN_SANGGAH" else ("ya",)
    assert at(service, say, *said, "lewati", *sure).ticket.privacy == privacy
    hidden = at(service, say, *said).says("2", *sure)
    assert hidden.ticket.privacy == "anonim"
    assert "privacy" in {answer.key for answer in hidden.ticket.draft.answers}


def test_urgent_ticket_is_promised_by_the_hour(say: Say) -> None:
    """An urgent ticket is promised a response within hours, never on a date alone."""
    citizen = at("BENCANA", say, "banjir", "belakang masjid", "ada", "081234567890", "ya")
    assert "Ditanggapi paling lambat 23 November pukul 12." in citizen.heard
    assert citizen.ticket.draft.priority is Priority.P1


def test_year_without_holidays_promises_no_day() -> None:
    """Where the calendar does not know the year, nothing is guessed: neither here nor in Lacak."""
    calendar = replace(DISTRICT.calendar, years=frozenset())
    citizen = at("LAIN", with_district(calendar=calendar), *LAMP, "ya")
    assert "Diteruskan ke Sekretariat Satu Pintu." in citizen.heard
    assert "paling lambat" not in citizen.heard


def test_service_without_note_or_documents(say: Say) -> None:
    """A row that has neither documents nor a note leaves no empty lines."""
    service = replace(DISTRICT.services["LAIN"], note=None, documents=())
    voice = with_district(services={**DISTRICT.services, "LAIN": service})
    citizen = at("LAIN", voice, "lampu jalan mati sudah sebulan", "depan pasar", "lewati", "ya")
    assert citizen.heard.count("\n") == 2


def test_back_from_a_correction_leads_to_the_summary(say: Say) -> None:
    """KEMBALI in the middle of a correction leaves the answer as it was."""
    assert isinstance(complaint(say, "alasan").state.before(), Summary)
    assert isinstance(complaint(say, "ya").state.before(), Summary)
    assert isinstance(complaint(say, "ubah jawaban").state.before(), Summary)
