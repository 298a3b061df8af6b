"""A condition on a question is checked against the questions before it."""

from pathlib import Path
from shutil import copytree

import pytest

from bot.district.reading import findings

CONTOH = Path(__file__).parents[3] / "districts" / "contoh"
RIGHT = "only_if: {key: contact_way, values: [telepon, pesan]}"


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ("[lurah]", "no agency has the role 'lurah'"),
        ("[pemdes, bagian_ekonomi]", "nobody is left to answer"),
    ],
)
def test_nobody_may_be_left(tmp_path: Path, wrong: str, text: str) -> None:
    """Who is kept out must be somebody's role, and somebody must remain to answer."""
    folder = Path(copytree(CONTOH, tmp_path / "contoh"))
    file = folder / "services" / "data.yaml"
    rows = file.read_text(encoding="utf-8")
    right = "keeps_out: [pemdes]"
    file.write_text(rows.replace(right, f"keeps_out: {wrong}", 1), encoding="utf-8")
    (found,) = (f for f in findings(folder) if f.file == str(file))
    assert found.line == rows.split(right, maxsplit=1)[0].count("\n") + 1
    assert text in found.text


@pytest.mark.parametrize(
    "wrong",
    [
        '{from: "10:00", to: "06:00"}',
        '{from: "06:00"}',
        '{from: "pagi", to: "siang"}',
        '{from: "06:00", to: "10:00", minutes: 60}',
        "{minutes: -5}",
        "{}",
    ],
)
def test_safe_hours_that_are_none(tmp_path: Path, wrong: str) -> None:
    """Hours of one day, or minutes: anything else is found on its line."""
    folder = Path(copytree(CONTOH, tmp_path / "contoh"))
    file = folder / "services" / "lindung.yaml"
    rows = file.read_text(encoding="utf-8")
    right = 'safe: {from: "06:00", to: "10:00"}'
    file.write_text(rows.replace(right, f"safe: {wrong}", 1), encoding="utf-8")
    (found,) = (f for f in findings(folder) if f.file == str(file))
    assert found.line == rows.split(right, maxsplit=1)[0].count("\n") + 1
    assert "must be minutes" in found.text


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ("only_if: {key: safe_hours, values: [pagi]}", "no choice 'safe_hours' is asked before"),
        ("only_if: {key: phone, values: [pagi]}", "no choice 'phone' is asked before"),
        ("only_if: {key: contact_way, values: []}", "must name an answer"),
        ("only_if: {key: contact_way, values: [surat]}", "'contact_way' has no option 'surat'"),
        ("only_if: {key: contact_way}", "the key 'values' is missing"),
    ],
)
def test_a_condition_nobody_can_meet(tmp_path: Path, wrong: str, text: str) -> None:
    """A condition on what is no choice before, or on an answer it lacks, is found on its line."""
    folder = Path(copytree(CONTOH, tmp_path / "contoh"))
    file = folder / "services" / "lindung.yaml"
    rows = file.read_text(encoding="utf-8")
    file.write_text(rows.replace(RIGHT, wrong, 1), encoding="utf-8")
    line = rows.split(RIGHT, maxsplit=1)[0].count("\n") + 1
    (found,) = (f for f in findings(folder) if f.file == str(file))
    assert found.line == line
    assert text in found.text
