"""Kecamatan and desa are found as people write them."""

import pytest

from conversations.forms.gazetteer import below, find, named, namesakes, path, villages
from tests.conversations.forms.citizens import DISTRICT


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Sukamaju", "99.01.01.2001"),
        ("suka maju", "99.01.01.2001"),
        ("ds skmaju", "99.01.01.2001"),
        ("desa sukamju", "99.01.01.2001"),
        ("kel. pasar asri", "99.01.01.1001"),
        ("mkrsari", "99.01.02.2001"),
        ("ds mekarsri kec mekar jaya", "99.01.02.2001"),
        ("Mekarsari, Mekar Jaya", "99.01.02.2001"),
        ("karanganyar kec tanjung damai", "99.01.04.2003"),
        ("kec. mekarjaya desa krganyar", "99.01.02.2004"),
        ("dusun krajan rt 2 rw 5 desa tirtomulyo", "99.01.02.2002"),
        ("kec mekar jaya", "99.01.02"),
        ("gn teduh", "99.01.03"),
        ("saya tinggal di lembah ijo pak", "99.01.03.2002"),
    ],
)
def test_typed_area_is_found(text: str, code: str) -> None:
    """Typos, aliases, labels and whole addresses lead to the one area they mean."""
    found = find(text, DISTRICT)
    assert found.sure
    assert [area.code for area in found.areas] == [code]


def test_one_name_twice_gives_both() -> None:
    """A name that two kecamatan share is never decided for the citizen."""
    found = find("karanganyar", DISTRICT)
    assert [area.parent for area in found.areas] == ["99.01.02", "99.01.04"]


def test_within_a_kecamatan_only_its_desa_count() -> None:
    """Once the kecamatan is known, a shared name means the desa inside it."""
    found = find("karanganyar", DISTRICT, "99.01.04")
    assert [area.code for area in found.areas] == ["99.01.04.2003"]


def test_strange_name_offers_the_nearest_three() -> None:
    """A name that is nearly one of ours is offered, not taken."""
    found = find("sukamulyo", DISTRICT)
    assert not found.sure
    assert 0 < len(found.areas) <= 3


@pytest.mark.parametrize("text", ["", "???", "\U0001f3e0", "zzzzqqqq", "kec", "rt 02 rw 05"])
def test_no_name_finds_nothing(text: str) -> None:
    """What names no place finds none."""
    assert find(text, DISTRICT).areas == ()


def test_label_beats_likeness() -> None:
    """Somebody who writes "desa" never gets a kecamatan."""
    assert all(area.kind != "kecamatan" for area in find("desa mekar jaya", DISTRICT).areas)


def test_path_tells_namesakes_apart() -> None:
    """The full name has the kecamatan with it; a kecamatan stands alone."""
    assert path(DISTRICT.areas["99.01.02"], DISTRICT) == "Kecamatan Mekar Jaya"
    assert path(DISTRICT.areas["99.01.04.2003"], DISTRICT) == (
        "Desa Karanganyar, Kecamatan Tanjung Damai"
    )


def test_lists_are_sorted_by_name() -> None:
    """Lists read like a telephone book."""
    names = [area.name for area in below("", DISTRICT)]
    assert names == sorted(names)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("depan masjid RT 02 Sukamaju", ["Sukamaju"]),
        ("jl mekarsri nomor 3", ["Mekarsari"]),
        ("Karanganyar, Tanjung Damai", ["Karanganyar"]),
        ("pasar Karanganyar", ["Karanganyar", "Karanganyar"]),
        ("kecamatan Mekar Jaya", []),
        ("warung Bu Tini", []),
    ],
)
def test_a_hint_finds_the_village_anywhere(text: str, names: list[str]) -> None:
    """Behind a street or an RT a name counts as well, where it is only a hint."""
    assert [area.name for area in villages(text, DISTRICT.areas.values())] == names


def test_namesakes_come_with_what_they_lie_in() -> None:
    """Whoever compares with one Karanganyar needs both, and the two kecamatan."""
    one = next(area for area in DISTRICT.areas.values() if area.name == "Karanganyar")
    found = {area.name for area in namesakes([one], DISTRICT)}
    assert found == {"Karanganyar", "Mekar Jaya", "Tanjung Damai"}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Suka Maju", ["99.01.01.2001"]),
        ("ds skmaju", ["99.01.01.2001"]),
        ("karanganyar", ["99.01.02.2004", "99.01.04.2003"]),
        ("kec sukamaju", []),
        ("sukamju", []),
        ("sukamaju, banyu asri", []),
        ("", []),
    ],
)
def test_a_name_alone_without_a_slip(text: str, codes: list[str]) -> None:
    """Only who writes nothing but a name, as it is written, names it letter for letter."""
    assert [area.code for area in named(text, DISTRICT)] == codes
