"""Whose day it is: the district's, for at two in the morning there UTC has yesterday."""

import re

from tests.house import tree

TAKEN = re.compile(r"\.date\(\)")
HERE = re.compile(r"(?:local\(.*\)|astimezone\(.*\)|\bhere)\.date\(\)")


def test_no_template_takes_a_day_by_itself() -> None:
    """A moment goes to `say.day` as it is, which knows the district's zone."""
    pages = [path for path in tree.files() if path.startswith("web/templates/")]
    assert [path for path in pages if TAKEN.search(tree.text(path))] == []


def test_no_page_knows_a_day_but_the_district_s() -> None:
    """In the code of pages too a day is taken only of a moment on the district's clocks."""
    lines = [line for path in tree.python("web") for line in tree.text(path).splitlines()]
    assert [line for line in lines if TAKEN.search(line) and not HERE.search(line)] == []
