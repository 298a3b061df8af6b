"""The bot's words: read by language, put in the district's own way, and checked."""

from pathlib import Path

import pytest

from bot.district.findings import Notes
from bot.district.reading import load
from bot.district.wording import load_voices
from bot.district.wording_checks import check_wording
from conversations.say import LANGUAGES

CONTOH = Path(__file__).parents[3] / "districts" / "contoh"


def write(folder: Path, **texts: str) -> Path:
    """Write *texts*, one per language, as door.yaml of a wording folder."""
    for language, text in texts.items():
        file = folder / language / "door.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def found(wording: Path, district: Path) -> list[str]:
    """Return the findings as 'language:line: text'."""
    notes = Notes(district)
    check_wording(district, notes, wording)
    return [f"{Path(f.file).parent.name}:{f.line}: {f.text}" for f in notes.found]


def test_there_is_a_voice_for_each_language() -> None:
    """Every voice knows the same keys, under their file's name, and carries the district."""
    district = load(CONTOH)
    voices = load_voices(district, CONTOH)
    assert tuple(voices) == LANGUAGES
    assert all(say.district is district for say in voices.values())
    assert voices["id"]("menu.check") != voices["en"]("menu.check")


def test_a_district_says_things_its_own_way(tmp_path: Path) -> None:
    """A text in the district's folder goes before ours, in its language alone."""
    district = load(CONTOH)
    (tmp_path / "wording" / "id").mkdir(parents=True)
    file = tmp_path / "wording" / "id" / "menu.yaml"
    file.write_text('check: "Cek bantuan"\n', encoding="utf-8")
    voices = load_voices(district, tmp_path)
    assert voices["id"]("menu.check") == "Cek bantuan"
    assert voices["en"]("menu.check") == load_voices(district, CONTOH)["en"]("menu.check")


def test_what_is_not_translated_is_said_in_indonesian(tmp_path: Path) -> None:
    """A key that only Indonesian has is an answer in every language."""
    (tmp_path / "wording" / "id").mkdir(parents=True)
    file = tmp_path / "wording" / "id" / "menu.yaml"
    file.write_text('local: "Halo {name}"\n', encoding="utf-8")
    voices = load_voices(load(CONTOH), tmp_path)
    assert voices["en"]("menu.local", name="Ibu") == "Halo Ibu"


def test_sound_wording_has_no_findings(tmp_path: Path) -> None:
    """Two languages with the same keys and placeholders pass, and so does a fitting override."""
    ours = write(tmp_path / "ours", id='hi: "Halo {name}."\nmenu: "Menu"\n',
                 en='hi: "Hello {name}."\nmenu: "Menu"\n')  # fmt: skip
    write(tmp_path / "own" / "wording", id='hi: "Hai {name}."\n', en='hi: "Hi {name}."\n')
    assert found(ours, tmp_path / "own") == []


@pytest.mark.parametrize(
    ("indonesian", "english", "finding"),
    [
        ('a: "A."\nb: "B."\n', 'a: "A."\n', "id:2: 'door.b' is missing in 'en'"),
        ('a: "A."\n', 'a: "A."\nb: "B."\n', "en:2: 'door.b' is missing in 'id'"),
        ('a: "{x}"\n', 'a: "{y}"\n', "id:1: 'door.a' has other placeholders in 'en'"),
        ('a: "{x"\n', 'a: "x"\n', "id:1: 'door.a' has broken braces"),
        ('a: ""\n', 'a: "x"\n', "id:1: 'door.a' is empty"),
        ('a: "\u201cA\u201d"\n', 'a: "A"\n', "id:1: 'door.a' has no GSM-7 characters"),
        (f'a: "{"x" * 4097}"\n', 'a: "A"\n', "id:1: 'door.a' is too long: 4096 characters fit"),
        ('a: "A"\na: "B"\n', 'a: "A"\n', "id:2: the key 'a' stands twice"),
        ("a: 12\n", 'a: "A"\n', "id:1: 'a' must be text; put it in quotes"),
        ("a:\n  b: x\n", 'a: "A"\n', "id:1: 'a' must be text; put it in quotes"),
        ("- a\n", 'a: "A"\n', "id:1: must be keys with texts"),
        ("", 'a: "A"\n', "id:1: the file is empty"),
    ],
)
def test_a_mistake_in_the_wording_is_found(
    tmp_path: Path, indonesian: str, english: str, finding: str
) -> None:
    """Each mistake in a wording file is found on its line."""
    ours = write(tmp_path / "ours", id=indonesian, en=english)
    assert any(line.startswith(finding) for line in found(ours, tmp_path / "own"))


@pytest.mark.parametrize(
    ("own", "finding"),
    [
        ('b: "B."\n', "id:1: there is no 'door.b' to say in another way"),
        ('hi: "Halo."\n', "id:1: 'door.hi' must keep its placeholders"),
        (f'menu: "{"x" * 25}"\n', "id:1: 'door.menu' is a label: 24 characters fit"),
        ('menu: "Menu"\n', "id:1: 'door.menu' is missing in 'en'"),
    ],
)
def test_a_mistake_in_the_districts_words_is_found(tmp_path: Path, own: str, finding: str) -> None:
    """A district's own words must stand for ours, in both languages, and fit in their place."""
    both = 'hi: "Halo {name}."\nmenu: "Menu"\n'
    ours = write(tmp_path / "ours", id=both, en=both)
    write(tmp_path / "own" / "wording", id=own, en=own if "missing" not in finding else "{}\n")
    assert finding in found(ours, tmp_path / "own")
