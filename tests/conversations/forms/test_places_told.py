"""A desa is found anywhere in a sentence that introduces it; words of a story stay words."""

import pytest

from conversations.forms.gazetteer import is_address
from conversations.forms.places_told import mentioned
from tests.conversations.forms.citizens import DISTRICT


@pytest.mark.parametrize(
    ("text", "words", "desa"),
    [
        ("jalan rusak di desa Sukamaju", "desa Sukamaju", "Sukamaju"),
        ("JALAN RUSAK DS SUKAMAJU", "DS SUKAMAJU", "Sukamaju"),
        ("lampu mati di sukamju", "sukamju", "Sukamaju"),
        ("lampu mati di depan masjid besar sukamaju", "depan masjid besar sukamaju", "Sukamaju"),
        ("sampah numpuk kel. pasar asri", "kel. pasar asri", "Pasar Asri"),
        ("sampah di dsn krajan mekarsari", "dsn krajan mekarsari", "Mekarsari"),
        ("sampah numpuk rt 2 mekarsari", "mekarsari", "Mekarsari"),
        ("lampu mati ds sukamaju rt 02 rw 1 tolong", "ds sukamaju rt 02 rw 1", "Sukamaju"),
        ("pak rt di sukamaju rt nya galak", "sukamaju", "Sukamaju"),
        ("saya warga sidomulyo blm dapat", "sidomulyo", "Sidomulyo"),
        ("sukamaju jembatan putus", "sukamaju", "Sukamaju"),
        ("Kali Bening jembatan putus", "Kali Bening", "Kali Bening"),
        ("lampu jalan mati Suka Maju", "Suka Maju", "Sukamaju"),
        (
            "di desa karanganyar kec. mekar jaya sudah lama",
            "desa karanganyar kec. mekar jaya",
            "Karanganyar",
        ),
        ("di karanganyar, tanjung damai", "karanganyar, tanjung damai", "Karanganyar"),
    ],
)
def test_a_place_that_is_told(text: str, words: str, desa: str) -> None:
    """Behind "di", "desa", "kel" or "RT", or where it can be nothing else, a desa is found."""
    found = mentioned(text, DISTRICT)
    assert found is not None
    assert (found.words, [area.name for area in found.areas]) == (words, [desa])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "lampu jalan mati",
        "kali bening meluap ke jalan",
        "jalan sukamaju rusak",
        "rusak di jalan sukamaju, tolong",
        "lampu mati sukamaju",
        "rumput dan ilalang tinggi",
        "KALI BENING MELUAP",
        "beras di toko, sukamaju katanya",
        "bantuan dari desa tidak ada",
        "warga kec mekar jaya susah air",
        "di",
    ],
)
def test_words_that_are_no_place(text: str) -> None:
    """A street, a river and grass stay in the story: a wrong desa is worse than a question."""
    assert mentioned(text, DISTRICT) is None


@pytest.mark.parametrize(
    "text", ["jalan rusak di Karanganyar", "air mati di sukamaju dan di mekarsari"]
)
def test_a_place_that_may_be_two(text: str) -> None:
    """Namesakes, and two places, are both there to be asked about."""
    found = mentioned(text, DISTRICT)
    assert found is not None
    assert len(found.areas) == 2


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Sukamaju", True),
        ("desa sukamju, kec banyu asri", True),
        ("kec sukamaju", False),
        ("lampu mati", False),
        ("depan masjid Sukamaju", False),
        ("", False),
    ],
)
def test_a_part_that_is_a_place_alone(text: str, *, address: bool) -> None:
    """Between # a desa by itself is no story."""
    assert is_address(text, DISTRICT) is address
