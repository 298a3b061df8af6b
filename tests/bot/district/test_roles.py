"""Mistakes in roles.yaml, each found with its line; and the roles as the docs tell them."""

import shutil
from pathlib import Path

import pytest

from bot.district.reading import findings, load
from tests.bot.playing import DISTRICT

PAGE = Path(__file__).parents[3] / "docs" / "console.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of the demo's district."""
    return Path(shutil.copytree(DISTRICT, tmp_path / "contoh"))


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("code: verifier", "code: call_agent", "'call_agent' stands twice"),
        ("code: verifier", "code: Verifier", "must be small letters, digits and _"),
        ("acts_as: V", "acts_as: C", "must be one of F, V, A, S, P, D: staff are no citizens"),
        ("acts_as: V", "acts_as: Z", "must be one of C, F, V, A, S, P, D, X"),
        ("reach: area", "reach: everywhere", "must be one of district, agency, area"),
        ("[figures, settings, audit]", "[figures, fly]", "must be one of worklist, case"),
        ("[figures, settings, audit]", "[]", "must name a power"),
        ("[figures, settings, audit]", "[audit, audit]", "'audit' stands twice"),
        ("[figures, settings, audit]", "[case]", "must name one: it opens cases"),
        ("sensitivities: [vault]", "sensitivities: [vault, ordinary]", "the vault is for roles"),
        ("en: Desk verifier", 'en: ""', "must have 1 to 40 GSM-7 characters"),
        (", accounts]", "]", "no role has the power 'accounts': nobody could invite anybody"),
        ("[worklist, case, reveal]", "[accounts]", "must be district: who has 'accounts'"),
        ("powers: [worklist", "power: [worklist", "unknown key 'power'"),
    ],
)
def test_a_mistake_is_found_where_it_stands(
    folder: Path, before: str, after: str, found: str
) -> None:
    """File, line, and what to mend."""
    file = folder / "roles.yaml"
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), "utf-8")
    notes = [note for note in findings(folder) if found in note.text]
    assert notes
    assert notes[0].file == str(file)
    line = text[: text.index(before)].count("\n") + 1
    assert notes[0].line == (4 if "nobody could" in found else pytest.approx(line, abs=6))


def test_a_district_may_have_no_console(folder: Path) -> None:
    """Without roles.yaml nobody works there, and nothing is wrong."""
    (folder / "roles.yaml").unlink()
    assert findings(folder) == []
    assert load(folder).staff_roles == {}


def test_the_docs_tell_the_demos_roles_as_they_are() -> None:
    """The table of docs/console.md is the rows of roles.yaml."""
    page = PAGE.read_text("utf-8")
    for role in load(DISTRICT).staff_roles.values():
        acts = role.acts_as.value if role.acts_as else "-"
        sees = ", ".join(role.sensitivities) or "-"
        powers = ", ".join(role.powers)
        assert f"| `{role.code}` | {acts} | {role.reach.value} | {sees} | {powers} |" in page
