"""The operators' page tells of every command, and names metrics as `/metrics` does."""

import re
from collections.abc import Iterator

import click

from bot.cli import main
from tests.house import tree

PAGE = "docs/operations.md"
TABLE = re.compile(r"### Commands for an operator\n\n(?:\|.*\n)+")
FIRST_CELL = re.compile(r"^\| (`.*?`) \| ", re.MULTILINE)
METRIC = re.compile(r"`((?:satupintu_)?[a-z_]+_(?:total|seconds|held|this_hour))\b")


def commands(of: click.Command, *path: str) -> Iterator[str]:
    """Yield every command that can be typed, without the program's own name."""
    if isinstance(of, click.Group):
        for name, one in of.commands.items():
            yield from commands(one, *path, name)
    else:
        yield " ".join(path)


def told() -> Iterator[str]:
    """Yield the commands of the page's table; `erase` after `person copy` is `person erase`."""
    (table,) = TABLE.findall(tree.text(PAGE))
    for cell in FIRST_CELL.findall(table):
        group: list[str] = []
        for words in re.findall(r"`(?:satupintu )?([a-z -]+?)(?: [^a-z`][^`]*)?`", cell):
            path = words.split()
            group = path[:-1] or group
            yield " ".join([*group, path[-1]])


def test_every_command_is_in_the_table() -> None:
    """What can be typed is told of, and nothing else is."""
    assert sorted(told()) == sorted(commands(main))


def test_a_metric_has_one_name() -> None:
    """Whoever copies a metric's name from a page into Prometheus finds it there."""
    pages = [path for path in tree.files() if path.startswith("docs/") and path.endswith(".md")]
    bare = {
        (page, name)
        for page in pages
        for name in METRIC.findall(tree.text(page))
        if not name.startswith("satupintu_")
    }
    assert bare == set()
