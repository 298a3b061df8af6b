"""What villagers write at length, in their own words and languages, leads where it belongs."""

import pytest

from conversations.forms.guess import guess
from tests.conversations.forms.citizens import DISTRICT

OFFERED = 3  # services of one question
LETTERS = [
    ("KULO BADHE NGECEK JENENG KULO NAPA SAMPUN WONTEN TENG DATA PAK", "DTSEN_CEK"),
    ("pak mau tanya nama emak saya masih kecatet apa ndak ya, takute wis dicoret", "DTSEN_CEK"),
    ("kapan giliran kami pak, 5 taun nunggu ga ada yg dateng data kerumah", "DTSEN_USUL"),
    ("kami keluarga ga mampu pak, bapak nelayan ibu kuli cuci", "DTSEN_USUL"),
    ("tanggal lahir anak saya di data bansos keliru, 2015 ditulis 2005", "DTSEN_PERBAIKAN"),
    ("bapak wes ora ono kok jenenge isih nang data, piye le ngowahi", "DTSEN_PERBAIKAN"),
    ("masa tukang becak masuk kelompok kaya pak, mohon ditinjau lagi", "DTSEN_SANGGAH"),
    ("Rumah saya mau ditempeli stiker keluarga miskin, saya ga setuju", "DTSEN_SANGGAH"),
    ("kartu merah putih saya digesek di agen kosong isinya", "BANSOS_MASALAH"),
    ("beras yg dari bulog bulan kemaren ga turun di tempat kami", "BANSOS_MASALAH"),
    ("pihak rs minta kertas yg nerangin kami orang ga punya", "SURAT_DTSEN"),
    ("badhe nyuwun serat katrangan mboten mampu damel sekolah lare", "SURAT_DTSEN"),
    ("uang 300rb yg dari desa itu kapan dibagi lagi", "BLT_DESA"),
    ("meteran 900 tiba2 ga disubsidi lagi pak kenapa", "SUBSIDI"),
    ("pengin punya kartu berobat gratis kaya orang2 pak", "PBI_USUL"),
    ("di puskesmas ditolak, katanya kartunya udah ga berlaku", "PBI_AKTIF"),
    ("putu kulo timbangane ora munggah wis telung sasi", "GIZI"),
    ("pkh saya lancar, yg saya pikirin cucu saya kurus kering umur 18 bulan", "GIZI"),
    ("nenek mau dibawa pulang dari rs tapi ga ada kendaraan", "AMBULANS"),
    ("uang sekolah anak belum keluar pdhl temennya udah", "PIP"),
    ("saya keterima di kampus tp ukt mahal, bisa minta keringanan?", "KIPK"),
    ("anak saya berhenti di kelas 2 smp bantu jualan, pengen balik sekolah", "SEKOLAH_LOKAL"),
    ("gentengnya bolong2 kalo ujan bocor semua, mbah saya lagi sakit lagi", "RTLH"),
    ("bukan soal bansos pak, ini atap rumah ibu saya sudah lapuk", "RTLH"),
    ("temboke retak retak gede tiang penyangga wis bosok", "RTLH"),
    ("belum rekam mata sama sidik jari, bisa dateng ke rumah?", "ADMINDUK"),
    ("ema abdi tos sepuh teu tiasa mlampah, peryogi teteken", "LANSIA_DIS"),
    ("adik saya tuli dari lahir, alat dengar mahal", "LANSIA_DIS"),
    ("nemu nenek nyasar ga tau rumahnya, sekarang di pos ronda", "TERLANTAR"),
    ("sudah 3 hari ngungsi di balai desa belum dapat makan", "BENCANA"),
    ("butuh kerjaan pak apa aja yg penting halal", "USAHA"),
    ("pabrik di sini ada dana buat warga sekitar, cara mintanya?", "ZAKAT_CSR"),
    ("tetangga meninggal ga ada biaya kafan sama penguburan", "SANTUNAN"),
    ("kudu mbayar 200 ewu ben jenenge mlebu daftar jare pak bayan", "PUNGLI"),
    ("petugas kecamatan judes banget ngelayaninnya", "LAIN"),
    ("istri pns kok dapat bantuan pangan, gimana ini", "DTSEN_SANGGAH"),
    ("orang2 udah nerima beras 20 kilo kok jatah saya belum", "BANSOS_MASALAH"),
    ("nyuwun tulung pak dilebetaken daftar, kulo tiyang mboten gadhah", "DTSEN_USUL"),
]


@pytest.mark.parametrize(("letter", "service"), LETTERS)
def test_a_letter_is_understood(letter: str, service: str) -> None:
    """What a letter asks for is among what is offered, whatever else it tells."""
    assert service in guess(letter, DISTRICT)[:OFFERED]


def test_what_it_is_not_about_is_not_offered() -> None:
    """Who says what it is not about is not offered that: "bukan soal bansos"."""
    denied = guess("bukan soal bansos, kartu kis saya mati", DISTRICT)
    assert denied == guess("kartu kis saya mati", DISTRICT)
    assert "BANSOS_MASALAH" not in denied


def test_not_only_is_no_denial() -> None:
    """Who writes "bukan cuma rumah" writes about the house."""
    assert "RTLH" in guess("bukan cuma rumah bocor, kis juga mati", DISTRICT)


def test_words_of_a_long_story_far_apart_make_no_phrase() -> None:
    """A phrase's words stand near each other: "butuh", a story, and "semen" ask for no house."""
    between = " ".join(f"kata{letter}" for letter in "abcdefghijklmnopqrst")
    assert "RTLH" in guess(f"{between} butuh semen", DISTRICT)
    assert guess(f"butuh {between} semen", DISTRICT) == ()


def test_a_name_is_no_slip() -> None:
    """A word of five letters is not taken for another of five: "Karto" is no "kartu"."""
    assert guess("karto mati nonaktif", DISTRICT) == guess("mati nonaktif", DISTRICT)


def test_two_weak_words_of_a_label_point_at_nothing() -> None:
    """Only "rumah" and "tidak", which a label holds, are no unfit house."""
    assert guess("rumah ngontrak, ga bisa apa", DISTRICT) == ()
