"""Nothing outside districts/ names a particular kabupaten, agency or place: those are rows."""

from bot.district.reading import load
from tests.house import rules, tree

DISTRICT = load(tree.ROOT / "districts/contoh")
NAMES = frozenset(
    {DISTRICT.name, DISTRICT.service_name}
    | {area.name for area in DISTRICT.areas.values()}
    | {text for agency in DISTRICT.agencies.values() for text in (agency.name.id, agency.name.en)}
)
PROGRAM = tree.python(*(room for room in tree.ROOMS if room != "districts"))
WORDS = tuple(
    path
    for path in tree.files()
    if path.split("/")[0] in {*tree.ROOMS} - {"districts"} and path.endswith((".yaml", ".html"))
)


def test_no_code_names_a_row() -> None:
    """An agency or a kabupaten is a row, never an if."""
    found = [
        f"{path}:{finding}"
        for path in PROGRAM
        for finding in rules.named_in_code(tree.parsed(path), NAMES)
    ]
    assert not found


def test_no_wording_names_a_row() -> None:
    """What the bot and the pages say holds for any kabupaten.

    Roles of offices are called what every kabupaten calls them, which some offices are called too.
    """
    words = [path for path in WORDS if not path.endswith("/district_names.yaml")]
    assert not [f"{path}: {n}" for path in words for n in NAMES if n in tree.text(path)]
