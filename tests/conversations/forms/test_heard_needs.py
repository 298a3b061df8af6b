"""What people write of hunger, officials and aid that never came is led where it belongs."""

import pytest

from conversations.forms.guess import guess
from tests.conversations.forms.citizens import DISTRICT
from tests.conversations.forms.met import at
from tests.conversations.town import SAY

FIRST = [
    ("makan cuma nasi garam 3 hari", "DTSEN_USUL"),
    ("belum makan dari kemarin nak", "DTSEN_USUL"),
    ("saya janda ditinggal suami 3 anak ga kerja", "DTSEN_USUL"),
    ("daftarin tetangga saya dapet bansos", "DTSEN_USUL"),
    ("mau usulin ibu saya umur 70 dpt bansos", "DTSEN_USUL"),
    ("kepala desa bagi bansos ke saudaranya semua", "PUNGLI"),
    ("dana desa ga transparan", "PUNGLI"),
    ("jual beli jabatan perangkat desa", "PUNGLI"),
    ("dana desa dimakan kades", "PUNGLI"),
    ("kades korupsi", "PUNGLI"),
    ("bansos dijual pak RW", "PUNGLI"),
    ("e-warong maksa beli paket beras", "PUNGLI"),
    ("pak camat tidur melulu", "LAIN"),
    ("mau sunat massal ada ga", "LAIN"),
    ("sumur kering warga haus", "LAIN"),
    ("BERAS GAK PERNAH NYAMPE KE RUMAH SAYA", "BANSOS_MASALAH"),
    ("beras bansos bau dan kutuan", "BANSOS_MASALAH"),
    ("beras bantuan ga sampai, dimakan pak RT", "BANSOS_MASALAH"),
    ("pin kartu lupa", "BANSOS_MASALAH"),
    ("ga bisa bayar rumah sakit, pasien ditahan", "AMBULANS"),
    ("pindah rumah dari kabupaten lain", "ADMINDUK"),
    ("bapak sakit TBC ga punya BPJS", "PBI_USUL"),
    ("anak yatim piatu ga ada yg ngasuh", "TERLANTAR"),
    ("bapak kulo pejah kok taksih ditulis gesang", "DTSEN_PERBAIKAN"),
]
ACCUSING = ("saya mau lapor kades", "saya mau lapor pak camat", "pak lurah pilih kasih")


@pytest.mark.parametrize(("sentence", "service"), FIRST)
def test_a_sentence_is_taken_for_what_it_is_about(sentence: str, service: str) -> None:
    """The likeliest service for a sentence is the one that can help."""
    assert guess(sentence, DISTRICT)[0] == service


@pytest.mark.parametrize("sentence", ACCUSING)
def test_who_accuses_an_official_is_offered_to_complain(sentence: str) -> None:
    """An official who is accused is complained about, and asked for nothing."""
    assert set(guess(sentence, DISTRICT)) == {"PUNGLI", "LAIN"}


@pytest.mark.parametrize("sentence", ["kamu robot ya", "terima kasih ya nak semoga berkah"])
def test_an_ordinary_word_is_no_slip(sentence: str) -> None:
    """A word that is spelt right is not taken for another."""
    assert guess(sentence, DISTRICT) == ()


@pytest.mark.parametrize(
    ("said", "office"), [("kades", "desa"), ("pak camat", "kantor"), ("ketua RT saya", "rt_rw")]
)
def test_an_office_is_known_by_what_people_call_it(said: str, office: str) -> None:
    """Whose office is asked is answered with its everyday name, among other words too."""
    citizen = at("PUNGLI", SAY, "RT kami memotong bansos", "di Krajan", "kemarin", said)
    assert citizen.state.draft.answer("who").value == office


def test_an_address_complains_of_nobody() -> None:
    """The RT and RW of an address are not those who lead them."""
    assert guess("lampu jalan mati rt 02 rw 1", DISTRICT) == guess("lampu jalan mati", DISTRICT)
    assert guess("pak rt minta uang", DISTRICT)[0] == "PUNGLI"
