"""Each house rule, broken on purpose in a few lines, and seen to be caught."""

import ast
from collections.abc import Callable

import pytest

from tests.house import rules

SENDERS = ("handlers.telegram", "handlers.whatsapp", "handlers.sms_kannel", "handlers.sms")
LONG = "def slow():\n" + "    pass\n" * rules.FUNCTION_LINES
FULL = "def slow():\n" + "    pass\n" * (rules.FUNCTION_LINES - 1)


@pytest.mark.parametrize(
    ("rule", "broken", "kept"),
    [
        (rules.more_than_a_docstring, '"""A room."""\nimport os', '"""A room."""'),
        (rules.broad_excepts, "try: a()\nexcept: pass", "try: a()\nexcept OSError: pass"),
        (rules.broad_excepts, "try: a()\nexcept Exception: pass", "a()"),
        (rules.broad_excepts, "try: a()\nexcept (OSError, BaseException): pass", "a()"),
        (rules.long_functions, LONG, FULL),
        (rules.channels_asked, "a is not Channel.SMS", "a.traits.is_line"),
        (rules.channels_asked, "a in {Channel.SMS}", "match a:\n    case Channel.SMS: b()"),
        (rules.wordless_tests, "def test_it(): pass", 'def test_it():\n    """It is."""'),
        (rules.world_touched, "def read(path): return open(path)", "shop.open(path)"),
        (lambda t: rules.beyond(t, frozenset({"re"})), "def a(): import re, httpx", "import re"),
        (
            lambda t: rules.meddling(t, "handlers.telegram_wire", SENDERS),
            "from handlers.sms_text import gsm7",
            "from handlers.telegram import Telegram\nfrom handlers.pace import Pace",
        ),
        (
            lambda t: rules.meddling(t, "handlers.sms_kannel", SENDERS),
            "from handlers import whatsapp_wire",
            "import handlers.sms_text",
        ),
        (
            lambda t: rules.second_hand(t, {"storage.store": frozenset({"Unit"})}),
            "from storage.store import Store, Unit",
            "from storage.store import Store",
        ),
        (
            lambda t: rules.named_in_code(t, frozenset({"Sukamaju"})),
            "if village == 'Desa Sukamaju': pass",
            "if village == district.desk: pass",
        ),
    ],
)  # fmt: skip
def test_a_broken_rule_is_seen(
    rule: Callable[[ast.Module], list[str]], broken: str, kept: str
) -> None:
    """A rule finds what breaks it and lets pass what keeps it."""
    assert rule(ast.parse(broken))
    assert not rule(ast.parse(kept))


@pytest.mark.parametrize("name", ["TurnManager", "UserInfo", "BaseState", "string_utils", "data"])
def test_an_empty_name_is_seen(name: str) -> None:
    """A class, function or module with an empty word in its name is found."""
    assert rules.empty_names(ast.parse(f"class {name}: pass"), "turns")
    assert rules.empty_names(ast.parse(f"def {name}(): pass"), "turns")
    assert rules.empty_names(ast.parse(""), name)


@pytest.mark.parametrize("name", ["Database", "informed", "baseline", "data_received"])
def test_a_telling_name_passes(name: str) -> None:
    """A word that merely contains an empty one is left alone."""
    assert not rules.empty_names(ast.parse(f"def {name}(): pass"), name)


@pytest.mark.parametrize("line", ["a  # noqa", "a  # noqa: S603", "a  # type: ignore[misc]"])
def test_a_bare_exemption_is_seen(line: str) -> None:
    """An exemption needs its reason on the same line."""
    assert rules.bare_exemptions(line)
    assert not rules.bare_exemptions(f"{line} - the peer speaks so")


def test_a_long_file_is_seen() -> None:
    """A file one line too long is found."""
    assert rules.long_file("\n" * (rules.FILE_LINES + 1))
    assert not rules.long_file("\n" * rules.FILE_LINES)


@pytest.mark.parametrize(
    "line",
    [
        '{% if a.role.value != "D" %}',
        '{{ "x" if a.b.value in ("y",) }}',
        '{% if "P1" == a.value %}',
    ],
)
def test_a_template_that_judges_is_seen(line: str) -> None:
    """A value is compared nowhere in a template, and may be part of a wording's key."""
    assert rules.values_judged(line)
    assert not rules.values_judged('{{ say("agency.state_" ~ view.state.value) }}')


@pytest.mark.parametrize(
    "code",
    ['"hold" in view.actions', 'action == "hold"', 'match a:\n    case "hold": pass'],
)
def test_a_step_that_is_spelt_is_seen(code: str) -> None:
    """A step's name in a comparison is found; an address that is called so is none."""
    names = frozenset({"hold"})
    assert rules.steps_spelt(ast.parse(code), names)
    assert not rules.steps_spelt(ast.parse('add("/hold", "hold")'), names)
