"""What we call a message: the same in each try, and nobody else's to make up."""

import re

from handlers.naming import named

TOLD = ("7.0", "6281200000001", "Halo")


def test_each_message_has_a_name_of_its_own() -> None:
    """Another row, another person, other words, another house: another name."""
    others = [("8.0", *TOLD[1:]), (TOLD[0], "6281200000002", TOLD[2]), (*TOLD[:2], "Hai")]
    names = [named("garam", *one) for one in (TOLD, *others)] + [named("lain", *TOLD)]
    assert len(set(names)) == len(names)
    assert named("garam", *TOLD) == names[0]
    assert re.fullmatch("[0-9a-f]{32}", names[0])


def test_what_stands_side_by_side_is_not_run_together() -> None:
    """A number's end is no beginning of the words."""
    assert named("garam", "7.0", "628", "1 Halo") != named("garam", "7.0", "6281", " Halo")
