"""What citizens write is led to the right service, however they spell."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from conversations.forms.guess import guess
from tests.conversations.forms.citizens import DISTRICT

SAMPLES = Path(__file__).parents[4] / "shared" / "domain" / "samples.jsonl"
ENOUGH = 0.8
SENTENCES = [
    ("pak sy mau daftar bansos blm prnh dpt apa2", "DTSEN_USUL"),
    ("kami blm terdata sama sekali, anak 4 suami serabutan", "DTSEN_USUL"),
    ("durung tau oleh bantuan opo2 pak", "DTSEN_USUL"),
    ("abdi can meunang bantosan ti kapungkur", "DTSEN_USUL"),
    ("mau cek desil sy dong min", "DTSEN_CEK"),
    ("nama saya terdaftar di dtsen tidak ya", "DTSEN_CEK"),
    ("nama di data salah satu huruf, gmn benerinnya", "DTSEN_PERBAIKAN"),
    ("mertua sdh meninggal tp msh tercatat", "DTSEN_PERBAIKAN"),
    ("saya msh hidup kok dibilang sdh wafat", "DTSEN_PERBAIKAN"),
    ("desil ketinggian pdhl kami susah", "DTSEN_SANGGAH"),
    ("yg dpt malah juragan, pny mobil 2", "DTSEN_SANGGAH"),
    ("mau sanggah penerima pkh di rt kami", "DTSEN_SANGGAH"),
    ("pkh tahap 3 blm cair jg", "BANSOS_MASALAH"),
    ("saldo kks nol trs dr bln lalu", "BANSOS_MASALAH"),
    ("kartu kks terblokir", "BANSOS_MASALAH"),
    ("bansos sembako ibu dicoret knp ya", "BANSOS_MASALAH"),
    ("butuh sktm utk daftar sekolah", "SURAT_DTSEN"),
    ("surat keterangan jalur afirmasi", "SURAT_DTSEN"),
    ("pengen bikin bpjs gratis, tdk sanggup bayar iuran", "PBI_USUL"),
    ("nunggak bpjs setahun pingin pindah yg pemerintah", "PBI_USUL"),
    ("kis anak nonaktif pas mau berobat", "PBI_AKTIF"),
    ("bpjs paeh kumaha ngaktipkeunna", "PBI_AKTIF"),
    ("aktifkn kis saya", "PBI_AKTIF"),
    ("dana pip blm masuk, nisn ada", "PIP"),
    ("lanjut sma ga ada biaya sekolah", "PIP"),
    ("rmh bocor dinding gedek sdh lapuk", "RTLH"),
    ("bedah rmah utk nenek", "RTLH"),
    ("omah arep ambruk pak", "RTLH"),
    ("imah tos bade rubuh", "RTLH"),
    ("ktp hilang", "ADMINDUK"),
    ("akte lahir anak blm pny", "ADMINDUK"),
    ("nik tidak padan kata dukcapil", "ADMINDUK"),
    ("mbah kakung lumpuh perlu kursi roda", "LANSIA_DIS"),
    ("ada difabel di rt kami ga ada yg urus", "LANSIA_DIS"),
    ("ada org gila tidur di jalan depan pasar", "TERLANTAR"),
    ("gelandangan di emperan masjid", "TERLANTAR"),
    ("banjir masuk kampung butuh logistik", "BENCANA"),
    ("pengen ikut pelatihan las", "USAHA"),
    ("butuh modal usaha warung kecil", "USAHA"),
    ("uang pkh dipotong oknum 100rb", "PUNGLI"),
    ("buku tabungan pip ditahan sekolah", "PUNGLI"),
    ("jalan desa rusak lampu mati semua", "LAIN"),
    ("air pdam mati seminggu", "LAIN"),
    ("gas elpiji langka di pangkalan", "SUBSIDI"),
]


@pytest.mark.parametrize(("sentence", "service"), SENTENCES)
def test_sentence_finds_its_service(sentence: str, service: str) -> None:
    """A sentence in everyday spelling has its service among the first three guesses."""
    assert service in guess(sentence, DISTRICT)[:3]


def test_samples_find_their_services() -> None:
    """Four of five of the labelled sample messages have their service in the first three."""
    if not SAMPLES.exists():
        pytest.skip("the shared samples lie beside the project only where it is developed")
    rows = [json.loads(line) for line in SAMPLES.read_text().splitlines()]
    rows = [row for row in rows if row["i"] in DISTRICT.services and row["i"] != "PPA"]
    right = sum(row["i"] in guess(row["t"], DISTRICT)[:3] for row in rows)
    assert right / len(rows) >= ENOUGH


@pytest.mark.parametrize("text", ["", "   ", "\U0001f64f\U0001f62d" * 50, "pak", "xqzt wvvk"])
def test_nothing_said_guesses_nothing(text: str) -> None:
    """Greetings, emoji and noise are not taken for any service."""
    assert guess(text, DISTRICT) == ()


def test_keyword_of_fillers_says_nothing() -> None:
    """A keyword that holds only words everybody uses points at nothing."""
    row = DISTRICT.services["LAIN"]
    vague = replace(row, keywords=("yang ini",))
    assert guess("yang ini", replace(DISTRICT, services={"LAIN": vague})) == ()
