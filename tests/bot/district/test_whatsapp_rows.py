"""Mistakes in a district's whatsapp.yaml are found, on their lines."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.district.reading import report
from bot.district.whatsapp_rows import OPENS_A_LIST, whatsapp_words
from tests.bot.district.test_mistakes import CONTOH, plant

TODAY = date(2026, 11, 22)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the demo district, to be spoilt."""
    return Path(shutil.copytree(CONTOH, tmp_path / "contoh"))


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("id: Pilih,", "id: Pilih salah satu dari ini,", "must have 1 to 20 characters"),
        ("id: Pilih,", 'id: "",', "must have 1 to 20 characters"),
        ("name: kabar_tiket", "name: Kabar", "name: at most 64 small letters"),
        ("name: kabar_tiket", "name: kabar", "'kabar' stands twice"),
        ("parameters: [news]", "parameters: [story]", "must be one of code, news"),
        ("parameters: [news]", "parameters: [code, news]", "must hold {{1}} to {{2}}"),
        ("- language: en", "- language: id", "texts: none in 'en'"),
        ("Contoh: {{1}}\\n\\nBalas pesan ini bila ada pertanyaan.", "{{1}}", "begin or end"),
        ("buttons: [Lihat status]", "buttons: []", "it has 0 buttons, the template 1"),
        ("    texts:", "    words: x\n    texts:", "unknown key 'words'"),
    ],
)
def test_a_mistake_is_found(folder: Path, right: str, wrong: str, told: str) -> None:
    """Each planted mistake is told once at least, in the file it stands in."""
    plant(folder / "whatsapp.yaml", right, wrong)
    found = [line for line in report(folder, TODAY) if told in line]
    assert found
    assert all("whatsapp.yaml" in line for line in found)


def test_a_district_may_do_without(folder: Path) -> None:
    """Without the file nothing is wrong: after a day nobody is written to on WhatsApp."""
    (folder / "whatsapp.yaml").unlink()
    assert report(folder, TODAY) == ()
    words = whatsapp_words(folder)
    assert words.templates == ()
    assert words.list_labels["id"] == OPENS_A_LIST.id


def test_the_demo_district_declares_both_languages() -> None:
    """What the sender gets is what the rows say."""
    words = whatsapp_words(CONTOH)
    names = [template.name for template in words.templates]
    assert names == ["kabar_tiket", "kabar", "tugas_kantor"]
    assert words.list_labels == {"id": "Pilih", "en": "Choose"}
