"""Numbers, telephones, choices, photos and places are read as people send them."""

import pytest
from msgspec.structs import replace

from conversations.forms.fields.amounts import amounts
from conversations.forms.fields.asked import Asking, Leads, Unclear
from conversations.forms.fields.photos import AskMorePhotos
from conversations.forms.fields.table import FIRST
from conversations.messages import Address, Attachment, Channel, Place
from conversations.say import Say
from conversations.turn import Answered
from referrals.district.directory import FieldKind, Option
from tests.conversations.forms.questions import asked, both, message, read


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


def test_any_of_many_options_is_picked(say: Say) -> None:
    """Of eleven options, shown in pages, each can be named or picked by its number."""
    options = tuple(Option(f"o{n}", both(f"Pilihan {chr(65 + n)}")) for n in range(11))
    question = asked(say, FieldKind.CHOICE, options=options)
    assert read(question, "1").value == "o0"
    assert read(question, "11").value == "o10"
    assert read(question, "pilihan k").value == "o10"
    assert read(question, "12") == Unclear("form.choice_unclear")


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
