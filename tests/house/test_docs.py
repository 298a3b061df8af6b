"""Docs that lead somewhere: every link inside the project has its end."""

import re
from posixpath import dirname, join, normpath

import pytest

from tests.house import tree

PAGES = tuple(path for path in tree.files() if path.endswith(".md"))
PEOPLE = "web/demo/people.yaml"
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(#[^)\s]*)?\)")


def anchors(page: str) -> set[str]:
    """Return the headings of *page* as links name them."""
    headings = re.findall(r"^#+ (.+)$", tree.text(page), re.MULTILINE)
    return {
        "#" + re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings
    }


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_what_is_there(page: str) -> None:
    """Each link to a file, folder or heading of ours is a way that exists."""
    lost = []
    for target, heading in LINK.findall(tree.text(page)):
        path = normpath(join(dirname(page), target)) if target else page
        if not (tree.ROOT / path).exists() or (heading and heading not in anchors(path)):
            lost.append(target + heading)
    assert not lost


def test_the_tour_names_what_is_there() -> None:
    """Each button, role and person that the tour has in italics or with a plus is called so."""
    tour, wording = tree.text("docs/tour.md"), "web/wording/id/"
    named = re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)|\*\*(\+[^*\n]+)\*\*", tour)
    places = [path for path in tree.files() if path.startswith(wording)]
    shown = "\n".join(map(tree.text, [*places, "districts/contoh/roles.yaml", PEOPLE]))
    assert {one or other for one, other in named if not _called(one or other, shown)} == set()


def test_every_decision_is_listed() -> None:
    """The list of decisions names each of them."""
    folder = "docs/decisions/"
    written = {p.removeprefix(folder) for p in PAGES if p.startswith(folder + "0")}
    assert not {name for name in written if f"({name})" not in tree.text(folder + "README.md")}


def test_the_map_shows_every_folder() -> None:
    """Architecture's table of a room names each folder of it, and none that is not there."""
    tables = re.split(r"\n\| Folder of `([a-z_/]+)` ", tree.text("docs/architecture.md"))[1:]
    drawn = {
        f"{room}/{name}"
        for room, table in zip(tables[::2], tables[1::2], strict=True)
        for row in re.findall(r"^\| (`.*?) \|", table.split("\n\n")[0], re.MULTILINE)
        for name in re.findall(r"`([a-z_]+)`", row)
    }
    folders = {dirname(path) for path in tree.python(*tree.ROOMS)} - set(tree.ROOMS)
    assert drawn == {one for one in folders if not one.endswith(("/versions", "/fields"))}


def _called(name: str, rows: str) -> bool:
    """Say whether *name* is the whole of an Indonesian value in *rows*, files of YAML."""
    return bool(re.search(rf"""(?<!\ben)[:,] "?{re.escape(name)}"?(?=[,}}\n])""", rows))
