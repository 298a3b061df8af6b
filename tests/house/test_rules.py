"""The house rules of shape, errors, text and tests, read off every file of the project."""

from collections.abc import Callable
from pathlib import PurePath

import pytest

from casework.ticket.step_names import STEP_NAMES
from tests.house import rules, tree

CODE = tree.python(*tree.ROOMS, "tests", "benchmarks")
PROGRAM = tree.python(*tree.ROOMS)

# Rule 15 allows one place. Whoever adds another says here why a narrower one would be wrong.
MAY_CATCH_EVERYTHING = {
    "bot/taking/turns.py": "a turn is taken: log, apologise, leave the citizen where they were",
}


def found(paths: tuple[str, ...], rule: Callable[[str], list[str]]) -> list[str]:
    """Return what *rule* finds in *paths*, each finding with its file."""
    return [f"{path}:{finding}" for path in paths for finding in rule(path)]


def test_packages_hold_a_docstring_and_nothing_else() -> None:
    """Importing a package does nothing: its __init__.py is a docstring."""
    packages = tuple(path for path in CODE if PurePath(path).name == "__init__.py")
    assert not found(packages, lambda path: rules.more_than_a_docstring(tree.parsed(path)))


def test_everything_is_caught_in_one_place() -> None:
    """Only the place where a turn is taken catches every exception, and once."""
    caught = {path: rules.broad_excepts(tree.parsed(path)) for path in PROGRAM}
    assert not {path for path, lines in caught.items() if lines} - set(MAY_CATCH_EVERYTHING)
    assert not {path for path, lines in caught.items() if len(lines) > 1}


def test_functions_end_within_forty_lines() -> None:
    """Every function can be read on one screen."""
    assert not found(CODE, lambda path: rules.long_functions(tree.parsed(path)))


def test_files_end_within_three_hundred_lines() -> None:
    """Every file can be read in one sitting."""
    assert not found(CODE, lambda path: rules.long_file(tree.text(path)))


def test_nobody_asks_which_channel_it_is() -> None:
    """What is so on one channel alone is a trait of it, so that a new one is asked everything."""
    assert not found(PROGRAM, lambda path: rules.channels_asked(tree.parsed(path)))


def test_templates_judge_no_values() -> None:
    """What a page shows for which state or role is decided where its view is made."""
    templates = tuple(f for f in tree.files() if f.startswith("web/templates/"))
    assert templates
    assert not found(templates, lambda path: rules.values_judged(tree.text(path)))


def test_steps_are_asked_for_by_their_constants() -> None:
    """Nothing of the program spells the name of an officer's step."""
    assert not found(PROGRAM, lambda path: rules.steps_spelt(tree.parsed(path), STEP_NAMES))


def test_names_are_imported_from_their_home() -> None:
    """Whoever follows an import comes to where the name is written, and not to the next import."""
    imports = {
        path.removesuffix(".py").replace("/", "."): rules.imported(tree.parsed(path))
        for path in CODE
    }
    assert not found(CODE, lambda path: rules.second_hand(tree.parsed(path), imports))


def test_names_say_what_a_thing_is() -> None:
    """No module, class or function is called after nothing in particular."""
    assert not found(CODE, lambda p: rules.empty_names(tree.parsed(p), PurePath(p).stem))


def test_exemptions_carry_their_reason() -> None:
    """Whoever silences a checker says why on the same line."""
    others = tuple(path for path in CODE if path != "tests/house/test_rules_fail.py")
    assert not found(others, lambda path: rules.bare_exemptions(tree.text(path)))


def test_every_test_says_what_it_makes_true() -> None:
    """Every test has a docstring."""
    tests = tree.python("tests")
    assert not found(tests, lambda path: rules.wordless_tests(tree.parsed(path)))


@pytest.mark.parametrize("path", sorted(MAY_CATCH_EVERYTHING))
def test_the_list_of_exceptions_is_not_stale(path: str) -> None:
    """Each place that may catch everything still does."""
    if path not in PROGRAM:
        pytest.skip(f"{path} is not there")
    assert rules.broad_excepts(tree.parsed(path))
