"""Each kind of question reads what people answer to it."""

from typing import Any

import pytest
from msgspec.structs import replace

from conversations.forms.drafts import noted
from conversations.forms.fields.amounts import amounts
from conversations.forms.fields.asked import Asked, Asking, Leads, Unclear
from conversations.forms.fields.numbers import AskWhichNumber
from conversations.forms.fields.photos import AskMorePhotos
from conversations.forms.fields.table import FIRST
from conversations.forms.fields.texts import clean, hidden
from conversations.messages import Address, Attachment, Channel, Inbound, Place
from conversations.say import Say
from conversations.turn import Answered, Draft
from referrals.directory import Field, FieldKind, Level, Option, Priority, Service, Words
from tests.conversations.forms.citizens import MONDAY

SITI = "9901014107800001"
CHILD = "9901010101150001"
CARD = "9901010101100001"


def both(text: str) -> Words:
    """Return *text* in both languages."""
    return Words(text, text)


def asked(say: Say, kind: FieldKind, *answers: Answered, **more: object) -> Asked:
    """Return a question of *kind* in a form that also asks for a KK number."""
    field = Field(key="it", kind=kind, ask=both("Apa?"), label=both("Itu"), **more)
    card = Field(key="kk", kind=FieldKind.KK, ask=both("KK?"), label=both("KK"))
    service = Service(
        code="COBA",
        group="data",
        kind="need",
        label=both("Coba"),
        description=both("Coba"),
        level=Level.DIRECT,
        priority=Priority.P3,
        respond_days=1,
        resolve_days=2,
        roles=(),
        fields=(field, card),
    )
    return Asked(service, field, noted(Draft("COBA"), *answers), say)


def message(text: str = "", channel: Channel = Channel.TELEGRAM, **more: object) -> Inbound:
    """Return a message of a citizen with an Indonesian number."""
    sender = Address(channel, "6281234567890")
    return Inbound(sender=sender, message_id="1", received_at=MONDAY, text=text, **more)


def read(question: Asked, text: str = "", asking: Asking | None = None, **more: object) -> Any:  # noqa: ANN401 - whatever the answer is
    """Return what *text* answers to *question*."""
    return (asking or FIRST[question.field.kind]).read(question, message(text, **more))


@pytest.mark.parametrize(
    "text", [SITI, "9901 0141 0780 0001", "nik sy 9901014107800001 ya pak", "99O1O141O78OOOO1"]
)
def test_nik_is_found_in_what_surrounds_it(say: Say, text: str) -> None:
    """A NIK is read with spaces, letters O, and inside a sentence; only its end is shown."""
    answered = read(asked(say, FieldKind.NIK), text)
    assert (answered.value, answered.shown) == (SITI, "...0001")


@pytest.mark.parametrize(
    ("text", "key", "number"),
    [("32010", "form.nik_count", 5), ("99010141078000012", "form.nik_count", 17)],
)
def test_short_nik_is_told_how_many_digits_were_read(
    say: Say, text: str, key: str, number: int
) -> None:
    """Whoever leaves a digit out is told how many we read."""
    assert read(asked(say, FieldKind.NIK), text) == Unclear(key, {"number": number})


def test_nik_without_digits(say: Say) -> None:
    """Words instead of a NIK are not counted."""
    assert read(asked(say, FieldKind.NIK), "tidak hafal") == Unclear("form.nik_none")


def test_number_like_a_kk_is_asked_about(say: Say) -> None:
    """Sixteen digits of a small child may be a KK number, so we ask, and take the word for it."""
    question = asked(say, FieldKind.NIK)
    doubt = read(question, CHILD)
    assert isinstance(doubt, Leads)
    assert CHILD not in repr(doubt)
    assert "0001" in doubt.asking.question(question).text
    assert read(question, "ini nik", doubt.asking).value == CHILD


def test_daughters_nik_is_no_kk(say: Say) -> None:
    """A girl's day of birth counts from 41, which no day of issue does."""
    assert read(asked(say, FieldKind.NIK), "9901014101150001").value == "9901014101150001"


def test_kk_number_instead_of_a_nik_is_kept_as_such(say: Say) -> None:
    """A KK number typed too early answers the KK question, and the NIK is asked again."""
    question = asked(say, FieldKind.NIK)
    leads = read(question, "ini nomor kk", AskWhichNumber(CARD))
    assert [(a.key, a.value, a.shown) for a in leads.noted] == [("kk", CARD, "...0001")]
    assert "NIK" in leads.before


def test_which_number_again(say: Say) -> None:
    """A mistyped number is asked again; another number is read; noise is not."""
    question = asked(say, FieldKind.NIK)
    assert isinstance(read(question, "salah ketik, ulangi", AskWhichNumber(CARD)), Leads)
    assert read(question, SITI, AskWhichNumber(CARD)).value == SITI
    assert read(question, "apa?", AskWhichNumber(CARD)) == Unclear("form.choice_unclear")


def test_kk_answered_before_stays(say: Say) -> None:
    """A KK number given before is not overwritten by a second one."""
    question = asked(say, FieldKind.NIK, Answered("kk", "1", "1"))
    assert read(question, "ini nomor kk", AskWhichNumber(CARD)).noted == ()


def test_kk_is_read_and_masked(say: Say) -> None:
    """A KK number is taken whole and shown by its end."""
    answered = read(asked(say, FieldKind.KK), CARD)
    assert (answered.value, answered.shown) == (CARD, "...0001")


@pytest.mark.parametrize(
    ("text", "unclear"),
    [
        ("", Unclear("form.kk_none")),
        ("1234", Unclear("form.kk_count", {"number": 4})),
        (SITI, Unclear("form.kk_is_nik")),
        (CHILD, Unclear("form.kk_is_nik")),
    ],
)
def test_kk_that_is_none(say: Say, text: str, unclear: Unclear) -> None:
    """A woman's NIK, the NIK given before, and half a number are no KK number."""
    assert read(asked(say, FieldKind.KK, Answered("nik", CHILD, "")), text) == unclear


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("nama saya siti aminah", "siti aminah"),
        ("Nama anak saya: Ahmad", "Ahmad"),
        ("Namira", "Namira"),
        ("  Budi  Santoso. ", "Budi Santoso"),
    ],
)
def test_name_alone_is_kept(say: Say, text: str, value: str) -> None:
    """A name is freed of what leads up to it."""
    assert read(asked(say, FieldKind.NAME), text).value == value


@pytest.mark.parametrize("text", ["", "7", "B", SITI, "nama saya", "x" * 81])
def test_no_name(say: Say, text: str) -> None:
    """Digits, single letters and whole stories are no names."""
    assert read(asked(say, FieldKind.NAME), text) == Unclear("form.name_unclear")


def test_words_are_kept_and_numbers_in_them_masked(say: Say) -> None:
    """A NIK among other words is kept for the officer and not shown on the screen."""
    answered = read(asked(say, FieldKind.WORDS), f"kartu {SITI} punya\nibu")
    assert answered.value == f"kartu {SITI} punya ibu"
    assert answered.shown == "kartu ...0001 punya ibu"


def test_words_must_say_something_short(say: Say) -> None:
    """Emoji say too little for a few words, an essay too much."""
    assert read(asked(say, FieldKind.WORDS), "\U0001f62d") == Unclear("form.words_unclear")
    assert read(asked(say, FieldKind.WORDS), "a" * 301) == Unclear(
        "form.words_long", {"most": 300}
    )


def test_story_is_kept_long(say: Say) -> None:
    """Four thousand letters of a story are kept, and what comes after them is not."""
    assert len(read(asked(say, FieldKind.STORY), "cerita " * 900).value) == 4000


@pytest.mark.parametrize("text", ["", "tolong", "\U0001f62d" * 4000, "1234567890123"])
def test_story_needs_words(say: Say, text: str) -> None:
    """A single word or four thousand emoji tell no story."""
    assert read(asked(say, FieldKind.STORY), text) == Unclear("form.story_short")


def test_text_is_fit_to_store() -> None:
    """Half characters and control characters, which no database takes, are left out."""
    assert clean("a\x00b\ud83dc\n") == "abc\n"
    assert hidden("tanpa nomor") == "tanpa nomor"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3", {3}),
        ("3 orang", {3}),
        ("tiga", {3}),
        ("ada tiga pak", {3}),
        ("sebelas", {11}),
        ("dua belas", {12}),
        ("dua puluh lima", {25}),
        ("tujuh puluh", {70}),
        ("twelve", {12}),
        ("500rb", {500_000}),
        ("1.500.000", {1_500_000}),
        ("2 jt", {2_000_000}),
        ("3 anak 2 dewasa", {3, 2}),
        ("tiga lima", {3, 5}),
        ("belas", set()),
        ("tiga anak puluh", {3}),
        ("banyak", set()),
        ("", set()),
    ],
)
def test_amounts(text: str, found: set[int]) -> None:
    """Numbers are read in digits, in words, and with thousands."""
    assert amounts(text) == found


@pytest.mark.parametrize(
    ("text", "most", "outcome"),
    [
        ("4", 30, "4"),
        ("31", 30, Unclear("form.number_range", {"least": 1, "most": 30})),
        ("0", 0, Unclear("form.number_least", {"least": 1})),
        ("900", 0, "900"),
        ("2 atau 3", 30, Unclear("form.number_one")),
        ("lumayan", 30, Unclear("form.number_none")),
    ],
)
def test_number_keeps_its_bounds(say: Say, text: str, most: int, outcome: object) -> None:
    """A number is read within the row's bounds, and what is wrong with another is told."""
    got = read(asked(say, FieldKind.NUMBER, minimum=1, maximum=most), text)
    assert (got.value if isinstance(got, Answered) else got) == outcome


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("081234567890", "+6281234567890", "0812-3456-7890"),
        ("hubungi 0812-3456-7890 ya", "+6281234567890", "0812-3456-7890"),
        ("+60123456789", "+60123456789", "+60 12-345 6789"),
    ],
)
def test_phone_is_kept_as_e164(say: Say, text: str, value: str, shown: str) -> None:
    """Numbers at home and abroad are kept in one form and shown as people write them."""
    answered = read(asked(say, FieldKind.PHONE), text)
    assert (answered.value, answered.shown) == (value, shown)


def test_shared_contact_is_a_number(say: Say) -> None:
    """A contact shared by button is the citizen's number."""
    assert read(asked(say, FieldKind.PHONE), phone="+6281234567890").value == "+6281234567890"


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.WHATSAPP])
def test_same_number(say: Say, channel: Channel) -> None:
    """SAMA is the number that the citizen writes from, where the channel tells it."""
    assert read(asked(say, FieldKind.PHONE), "SAMA", channel=channel).value == "+6281234567890"


def test_same_number_that_is_none(say: Say) -> None:
    """An address that is no number at all cannot be called."""
    odd = message("sama", channel=Channel.SMS)
    odd = replace(odd, sender=Address(Channel.SMS, "INFO"))
    assert FIRST[FieldKind.PHONE].read(asked(say, FieldKind.PHONE), odd) == Unclear(
        "form.phone_not_seen"
    )


def test_same_number_unseen(say: Say) -> None:
    """Telegram shows no number, so SAMA cannot be understood there."""
    assert read(asked(say, FieldKind.PHONE), "sama") == Unclear("form.phone_not_seen")
    assert read(asked(say, FieldKind.PHONE), "12") == Unclear("form.phone_unclear")


def test_choice_is_read_by_number_name_and_within_a_sentence(say: Say) -> None:
    """An option is found by number, by name, misspelt, and named in a short sentence."""
    options = (Option("bocor", both("Bocor")), Option("baik", both("Masih baik")))
    question = asked(say, FieldKind.CHOICE, options=options)
    for text in ("1", "bocor", "bocorr", "atapnya bocor semua"):
        assert read(question, text).value == "bocor"
    for text in ("3", "tidak bocor", "entah", ""):
        assert read(question, text) == Unclear("form.choice_unclear")


def test_many_options_come_in_pages(say: Say) -> None:
    """Eleven options come in two pages; one that is not shown can still be named."""
    options = tuple(Option(f"o{n}", both(f"Pilihan {chr(65 + n)}")) for n in range(11))
    question = asked(say, FieldKind.CHOICE, options=options)
    first = FIRST[FieldKind.CHOICE]
    assert len(first.question(question).choices) == 10
    second = read(question, "10", first).asking
    assert [c.label for c in second.question(question).choices][:2] == ["Pilihan J", "Pilihan K"]
    assert read(question, "1", second).value == "o9"
    assert read(question, "pilihan k", first).value == "o10"
    assert read(question, "berikutnya", second).asking.page == 2


def test_photos_up_to_three(say: Say) -> None:
    """A photo is followed by the offer to send more; three are enough at once."""
    question = asked(say, FieldKind.PHOTO)
    photo = Attachment("photo", "a")
    one = read(question, attachments=(photo,))
    assert isinstance(one, Leads)
    assert one.noted[0].attachments == (photo,)
    all_three = read(question, attachments=(photo,) * 5)
    assert all_three.attachments == (photo,) * 3


def test_more_photos(say: Say) -> None:
    """Further photos join the first; CUKUP, SUDAH and a tap end it."""
    photo = Attachment("document", "a")
    question = asked(say, FieldKind.PHOTO, Answered("it", "", "1", (photo,)))
    more = AskMorePhotos()
    assert "1" in more.question(question).text
    assert read(question, asking=more, attachments=(photo,)).noted[0].attachments == (photo,) * 2
    assert read(question, "sudah itu saja", more).attachments == (photo,)
    assert read(question, asking=more, picked="fill.it:cukup").attachments == (photo,)
    assert read(question, "sebentar", more) == Unclear("form.photo_more_unclear")


def test_more_photos_after_the_rows_changed(say: Say) -> None:
    """Where the first photo went missing meanwhile, nothing breaks."""
    assert read(asked(say, FieldKind.PHOTO), "cukup", AskMorePhotos()).attachments == ()


def test_text_instead_of_a_photo(say: Say) -> None:
    """Words instead of a photo are met kindly."""
    assert read(asked(say, FieldKind.PHOTO), "nanti ya") == Unclear("form.photo_wanted")


def test_place_is_a_point_or_words(say: Say) -> None:
    """A place is pinned on the map or described; a nod is neither."""
    point = Place(-6.5, 106.8)
    question = asked(say, FieldKind.PLACE)
    assert FIRST[FieldKind.PLACE].question(question).ask_place
    assert read(question, place=point).place == point
    assert read(question, "belakang masjid").value == "belakang masjid"
    assert read(question, "ya") == Unclear("form.place_unclear")


def test_every_kind_says_how_it_is_read(say: Say) -> None:
    """A kind of question without a reader is a mistake that shows at once."""
    with pytest.raises(NotImplementedError):
        Asking().read(asked(say, FieldKind.NAME), message("x"))
    assert set(FIRST) == set(FieldKind)
