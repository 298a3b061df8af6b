"""Plant a fault before anything of ours is loaded: what tables and constants need."""

import importlib.abc
import importlib.util
import sys
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

import pytest

from benchmarks.faults import Mutant
from benchmarks.trying import BY_DICE, PLAINLY, QUICKLY, TESTS

LIGHT = ("diagram", "defaults", "lifecycle", "legs", "refusals")  # asked first: a moment for all
SLOW = ("table", "codes", "machine", "due_arithmetic")  # asked last, in this order


class Loader(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the mutant instead of the module of its name."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find the one module that has the fault."""
        del path, target
        if fullname != self._mutant.module:
            return None
        return importlib.util.spec_from_loader(fullname, self)

    def exec_module(self, module: ModuleType) -> None:
        """Run the module with its fault."""
        exec(self._mutant.code(), module.__dict__)  # noqa: S102 - our own code


class Finder:
    """Listens to pytest, and notes in which file the first test failed."""

    by = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a test that failed."""
        self._note(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a file that could not even be read."""
        self._note(report)

    def _note(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if report.failed and not self.by:
            self.by = file_of(report.nodeid)


class Afresh:
    """Loads all of our code anew, with the fault in it, and runs the tests' files in turn."""

    def ask(self, mutant: Mutant) -> str:
        """Return which file of tests finds *mutant*, or ""."""
        sys.meta_path.insert(0, Loader(mutant))
        return next(filter(None, map(failing, stages())), "")


def stages() -> Iterator[Sequence[str]]:
    """Yield files of tests in the order to ask them."""
    yield LIGHT
    yield [name for name in TESTS if name not in {*LIGHT, *SLOW}]
    yield from ([name] for name in SLOW)


def failing(stage: Sequence[str]) -> str:
    """Return the file of *stage* in which a test fails, or ""."""
    files, finder = [f"tests/referrals/test_{name}.py" for name in stage], Finder()
    passed = pytest.main([*QUICKLY, *PLAINLY, *BY_DICE, *files], [finder]) == 0
    return "" if passed else finder.by or "crash"


def file_of(nodeid: str) -> str:
    """Return the short name of the file of a test."""
    return Path(nodeid.partition("::")[0]).stem.removeprefix("test_")
