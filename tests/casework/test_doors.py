"""Every row of the lifecycle has a door for each actor that it names."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from referrals.entries import Transition
from referrals.roles import Role
from referrals.transitions import NUMBERED
from referrals.unnumbered import UNNUMBERED

CHAT = ("casework/citizen",)  # what is said by chat, SMS or on the tracking page ends there
DESK = ("casework/desk", "casework/ticket/relations.py")  # pages, console and programs go by it
CLOCKS = (
    "casework/clocks",
    "casework/post",
    "casework/ticket/receipts.py",
    "referrals/due/watching.py",
)
FILING = ("casework/citizen/filing.py",)  # a rule forwards what was filed
RISING = ("referrals/due/rising.py",)  # whom a clock takes it to
DOORS: Mapping[Role, tuple[str, ...]] = {
    Role.CITIZEN: CHAT,
    Role.FACILITATOR: (*CHAT, *DESK),
    Role.VERIFIER: DESK,
    Role.SUPERVISOR: DESK,
    Role.AGENCY: DESK,
    Role.APPEAL_OFFICER: DESK,
    Role.DATA_PROTECTION: DESK,
    Role.SYSTEM: (*CLOCKS, *FILING, *RISING),
}
ROWS = (*NUMBERED, *UNNUMBERED)


def files(door: str) -> Iterator[Path]:
    """Yield the files of *door*: itself, or all in it."""
    path = Path(door)
    yield from path.rglob("*.py") if path.is_dir() else (path,)


def named(door: str) -> set[str]:
    """Return every name that the code of *door* uses; what only its texts say is none."""
    nodes = [node for path in files(door) for node in ast.walk(ast.parse(path.read_text()))]
    plain = {node.id for node in nodes if isinstance(node, ast.Name)}
    return plain | {node.attr for node in nodes if isinstance(node, ast.Attribute)}


WISHES = {role: set[str]().union(*map(named, doors)) for role, doors in DOORS.items()}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.row}-{row.title}")
def test_whoever_a_row_names_can_do_it(row: Transition) -> None:
    """Its command is given by the rooms where each of its actors is heard."""
    assert row.roles
    assert [role for role in row.roles if row.command.__name__ not in WISHES[role]] == []


def test_all_the_numbers_are_there() -> None:
    """The table holds each of the 34 numbered transitions."""
    assert {row.row for row in NUMBERED} == set(range(1, 35))
