"""The settings' page tells of every setting, its default included, and of no other."""

import re
from enum import Enum
from pathlib import Path

import pytest

from bot.settings import SETTINGS_PREFIX, Settings
from tests.house import tree

PAGE = "docs/configuration.md"
ROW = re.compile(r"^\| `(SATUPINTU_[A-Z_]+)` \| (?:`([^`]*)`|none) \|", re.MULTILINE)


def documented() -> dict[str, str]:
    """Return each setting the page's tables name, with its default ("" for none)."""
    return dict(ROW.findall(tree.text(PAGE)))


def spoken(value: object) -> str:
    """Return a default as an operator would type it."""
    match value:
        case bool():
            return str(value).lower()
        case Enum():
            return str(value.value)
        case Path():
            return value.as_posix()
        case _:
            return str(value)


@pytest.mark.parametrize("field", Settings.__struct_fields__)
def test_a_setting_is_documented_with_its_default(field: str) -> None:
    """Every field of Settings has a row, and the row tells the default that is in force."""
    name = f"{SETTINGS_PREFIX}{field.upper()}"
    assert documented().get(name) == spoken(getattr(Settings(), field))


def test_no_setting_is_invented() -> None:
    """Every setting the page names can be set."""
    known = {f"{SETTINGS_PREFIX}{field.upper()}" for field in Settings.__struct_fields__}
    assert not set(documented()) - known


def test_no_page_names_a_setting_that_is_none() -> None:
    """What any page of the docs says to set can be set."""
    known = {f"{SETTINGS_PREFIX}{field.upper()}" for field in Settings.__struct_fields__}
    pages = [path for path in tree.files() if path.startswith("docs/") and path.endswith(".md")]
    named = {name for page in pages for name in re.findall(r"SATUPINTU_[A-Z_]+", tree.text(page))}
    assert named - known == set()


def test_each_way_in_says_where_its_settings_go() -> None:
    """Whoever connects a channel is told of the file that holds them, and finds its unit."""
    pages = [path for path in tree.files() if path.startswith("docs/channels/")]
    told = [
        path for path in pages if re.search(r"^       SATUPINTU_", tree.text(path), re.MULTILINE)
    ]
    assert told
    assert [path for path in told if "operations.md#as-a-service" not in tree.text(path)] == []
