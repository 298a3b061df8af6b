"""Each import contract, broken on purpose in a copy of the rooms, and seen to fail."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house import tree

CONFIG = tomllib.loads(tree.text("pyproject.toml"))["tool"]["importlinter"]
CONTRACTS = {contract["id"]: contract for contract in CONFIG["contracts"]}
LINT = Path(sys.executable).with_name("lint-imports")


def wrong_arrows() -> list[tuple[str, str]]:
    """Return (importer, imported) for every arrow that points up or sideways."""
    layers = [layer.split(" | ") for layer in CONTRACTS["layers"]["layers"]]
    upwards = [
        (lower, upper)
        for place, uppers in enumerate(layers)
        for lowers in layers[place + 1 :]
        for upper in uppers
        for lower in lowers
    ]
    sideways = [(a, b) for layer in layers for a in layer for b in layer if a != b]
    return upwards + sideways


def forbidden(contract: str) -> list[tuple[str, str]]:
    """Return every pair a contract of that kind forbids."""
    rooms, modules = (CONTRACTS[contract][k] for k in ("source_modules", "forbidden_modules"))
    return [(room, module) for room in rooms for module in modules]


# contract: every (importer, imported) that it must not let pass
OFFENCES = {
    "layers": wrong_arrows(),
    "pure": forbidden("pure"),
    "messages": [*forbidden("messages"), ("handlers", "conversations.turn")],
    "channels": [
        ("handlers.telegram", "handlers.sms_http"),
        ("handlers.sms_http", "handlers.sms_kannel"),
    ],
    "agencies": [
        ("handlers.agencies.email", "handlers.agencies.webhook"),
        ("handlers.agencies.letter", "handlers.agencies.open311"),
        ("handlers.agencies.duty", "handlers.agencies.inbox"),
    ],
    "knots": [("web.one_end", "web.other_end"), ("web.other_end", "web.one_end")],
    "tables": [
        (room, tables)
        for room in tree.ROOMS
        if room not in {"storage", "districts"}
        for tables in CONTRACTS["tables"]["protected_modules"]
    ],
    "views": [*forbidden("views"), ("web", "storage.console.staff")],
    "numbers": forbidden("numbers"),
    "sql": forbidden("sql"),
}


def copied(folder: Path) -> Path:
    """Copy the rooms and their contracts into *folder*."""
    for path in ("pyproject.toml", *tree.python(*tree.ROOMS)):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(tree.ROOT / path, target)
    return folder


def offender(importer: str) -> str:
    """Return the module in which *importer* offends: a room's is a new one."""
    return f"{importer}.offender" if importer in tree.ROOMS else importer


def offend(copy: Path, importer: str, imported: str) -> None:
    """Make *importer* import *imported*."""
    with (copy / offender(importer).replace(".", "/")).with_suffix(".py").open("a") as source:
        source.write(f"\nimport {imported}\n")


def lint(copy: Path, contract: str) -> subprocess.CompletedProcess[str]:
    """Check *contract* alone in *copy*."""
    command = [LINT, "--no-cache", "--no-logo", "--contract", contract]
    return subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)  # noqa: S603 - our own tool


def reports(contract: str) -> list[str]:
    """Return what must be read when every offence against *contract* was committed."""
    if contract == "knots":
        return ["No cycles are allowed in web"]
    return [f"{offender(importer)} -> {imported} (" for importer, imported in OFFENCES[contract]]


def test_every_table_is_the_stores_own() -> None:
    """No module that makes a table lies outside the folder that the contract keeps in storage."""
    made = [path for path in tree.python("storage") if re.search(r"\bTable\(", tree.text(path))]
    assert CONTRACTS["tables"]["protected_modules"] == ["storage.tables"]
    assert {path for path in made if not path.startswith("storage/tables/")} == set()
    assert made


@pytest.mark.parametrize("contract", CONTRACTS)
def test_a_contract_is_kept_and_its_breach_is_seen(contract: str, tmp_path: Path) -> None:
    """The rooms keep each contract, and each import it forbids makes the gate fail by name."""
    copy = copied(tmp_path)
    kept = lint(copy, contract)
    assert kept.returncode == 0, kept.stdout
    for importer, imported in OFFENCES[contract]:
        offend(copy, importer, imported)
    broken = lint(copy, contract)
    assert broken.returncode == 1
    assert not [told for told in reports(contract) if told not in broken.stdout], broken.stdout
