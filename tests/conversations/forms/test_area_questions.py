"""The kecamatan and the desa are asked for, by list or by name."""

from conversations.say import Say
from tests.conversations.forms.met import CARD, SITI, at


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
