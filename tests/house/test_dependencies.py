"""Every package we use is asked for, pinned, and has its reason written down."""

import ast
import re
import sys
from importlib.metadata import packages_distributions

import pytest

from tests.house import tree

PAGE = "docs/dependencies.md"
OWN = {*tree.ROOMS, "tests", "benchmarks"}


def asked(file: str) -> set[str]:
    """Return the packages *file* asks for, by their normal names."""
    lines = (line.split("#")[0].strip() for line in tree.text(file).splitlines())
    return {
        re.split(r"[\[<>=~! ]", line)[0].lower()
        for line in lines
        if line and not line.startswith("-")
    }


def pinned(file: str) -> set[str]:
    """Return the packages *file* pins to a version and a hash."""
    found = re.findall(
        r"^([\w.-]+)==\S+(?: ;[^\\\n]*)? \\\n +--hash=", tree.text(file), re.MULTILINE
    )
    return {name.lower() for name in found}


def imported() -> set[str]:
    """Return the packages the program imports, by their normal names."""
    owners = packages_distributions()
    return {
        owner.lower()
        for path in tree.python(*tree.ROOMS)
        for node in ast.walk(tree.parsed(path))
        for module in _modules(node)
        for owner in owners.get(module, [module])
        if module not in sys.stdlib_module_names and module not in OWN
    }


def _modules(node: ast.AST) -> list[str]:
    match node:
        case ast.Import():
            return [alias.name.split(".")[0] for alias in node.names]
        case ast.ImportFrom(module=str() as module):
            return [module.split(".")[0]]
        case _:
            return []


@pytest.mark.parametrize("kind", ["run", "dev"])
def test_a_package_is_pinned_and_explained(kind: str) -> None:
    """Each package asked for stands in the lock with a hash and on the page with a reason."""
    wanted = asked(f"requirements/{kind}.in")
    told = set(re.findall(r"^\| `([\w.-]+)` \| \w", tree.text(PAGE), re.MULTILINE))
    assert not wanted - pinned(f"requirements/{kind}.txt")
    assert not wanted - told


def test_the_page_explains_no_strangers() -> None:
    """A package nobody asks for any more leaves the page too."""
    told = set(re.findall(r"^\| `([\w.-]+)` \| \w", tree.text(PAGE), re.MULTILINE))
    assert not told - asked("requirements/run.in") - asked("requirements/dev.in")


def test_the_program_imports_what_it_asked_for() -> None:
    """Nothing is imported that came along with something else, or with the tools."""
    assert not imported() - asked("requirements/run.in")


def test_versions_agree() -> None:
    """What the tests run on is what operators run."""
    lines = re.compile(r"^([\w.-]+==\S+)", re.MULTILINE)
    run, dev = (set(lines.findall(tree.text(f"requirements/{k}.txt"))) for k in ("run", "dev"))
    assert run <= dev
