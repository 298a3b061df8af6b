"""A mistake is told where it is made, and not where somebody stumbles over it."""

from pathlib import Path
from shutil import copytree

from bot.district.reading import findings
from tests.bot.district.test_mistakes import CONTOH, TODAY, plant


def test_an_option_called_by_a_number_is_a_mistake(tmp_path: Path) -> None:
    """Who answers 2 means the second option, whatever another one is called."""
    folder = Path(copytree(CONTOH, tmp_path / "contoh"))
    file = folder / "services" / "rumah.yaml"
    line = plant(file, 'label: {id: "Bocor"', 'label: {id: "2"')
    (found,) = findings(folder, TODAY)
    assert (found.file, found.line) == (str(file), line)
    assert found.text == "must not be a number: choices are numbered"


def test_an_open_quotation_mark_is_told_where_it_opens(tmp_path: Path) -> None:
    """YAML stumbles lines later; nothing that merely follows is told, nor of other files' rows."""
    folder = Path(copytree(CONTOH, tmp_path / "contoh"))
    line = plant(folder / "areas.yaml", "name: Sukamaju", 'name: "Sukamaju')
    plant(folder / "areas.yaml", "name: Mekarsari", 'name: "Mekarsari"')
    plant(folder / "district.yaml", "desk: satu-pintu", "desk: nowhere")
    (found,) = findings(folder, TODAY)
    assert (Path(found.file).name, found.line) == ("areas.yaml", line)
    assert found.text == "a quotation mark is opened here and never closed"
