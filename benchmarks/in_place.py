"""Plant a fault in a function that is loaded already: no import, and only the tests that call it.

Everything is loaded and collected once. Each test runs once to see which of our functions it
calls and how long it takes; then each fault's process has the function's code exchanged, and runs
the quickest tests first.
"""

import gc
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from types import CodeType, FrameType, FunctionType

import pytest
from _pytest.runner import runtestprotocol

from benchmarks.afresh import file_of
from benchmarks.faults import Mutant
from benchmarks.trying import BY_DICE, PLAINLY, QUICKLY, TESTS, try_all

TIMES = 5  # a test that works so much longer than usual, and a second, has found something
Called = tuple[str, str]  # a function: the path of its file, and its name there
CACHED = type(lru_cache(len))


class InPlace:
    """A plugin of pytest that runs the tests once, and then again with every fault."""

    def __init__(self, mutants: Sequence[Mutant], workers: int, until: float) -> None:
        self._mutants, self._workers, self._until = mutants, workers, until
        self._calls: set[Called] = set()  # what runs now calls these
        self._by_test: list[tuple[float, pytest.Item, set[Called]]] = []
        self._functions: dict[Called, list[FunctionType]] = {}
        self._forget: list[Callable[[], None]] = []

    def run(self) -> int:
        """Collect all tests, and go on with them; return pytest's word."""
        files = (f"tests/referrals/test_{name}.py" for name in TESTS)
        sys.settrace(self._note)  # from the first import on
        return pytest.main([*QUICKLY, *PLAINLY, *BY_DICE, *files], [self])

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run each test as it is, then those that may find each fault."""
        early = self._calls  # these ran while we were loaded: to exchange them comes too late
        for item in session.items:
            self._run_once(item)
        sys.settrace(None)
        self._by_test.sort(key=lambda one: one[0])
        self._functions, self._forget = dict(_functions()), list(_caches())
        gc.freeze()
        here = [one for one in self._mutants if one.function and _called(one) not in early]
        try_all(here, self, self._workers, self._until)
        return True

    def _run_once(self, item: pytest.Item) -> None:
        self._calls, began = set(), time.process_time()
        if not _passes(item):
            raise SystemExit(f"{item.nodeid} fails without any fault: mend it first")
        self._by_test.append((time.process_time() - began, item, self._calls))

    def _note(self, frame: FrameType, event: str, _: object) -> None:
        del event
        self._calls.add((frame.f_code.co_filename, frame.f_code.co_qualname))

    def ask(self, mutant: Mutant) -> str:
        """Return which file of tests finds *mutant*, or ""."""
        called = _called(mutant)
        for function in self._functions.get(called, ()):
            function.__code__ = _code_of(mutant)
        for forget in self._forget:
            forget()
        for usual, item, calls in self._by_test:
            signal.setitimer(signal.ITIMER_PROF, 1 + TIMES * usual)
            if called in calls and not _passes(item):
                return file_of(item.nodeid)
        return ""


def _passes(item: pytest.Item) -> bool:
    return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))


def _called(mutant: Mutant) -> Called:
    return str(mutant.path), mutant.function


def _functions() -> Iterator[tuple[Called, list[FunctionType]]]:
    ours = [one for one in gc.get_objects() if isinstance(one, FunctionType)]
    ours.sort(key=_place)
    yield from ((place, list(same)) for place, same in groupby(ours, _place))


def _place(function: FunctionType) -> Called:
    return function.__code__.co_filename, function.__code__.co_qualname


def _caches() -> Iterator[Callable[[], None]]:
    """Yield what makes each cache forget: what was right without the fault may not be with it."""
    yield from (one.cache_clear for one in gc.get_objects() if isinstance(one, CACHED))


def _code_of(mutant: Mutant) -> CodeType:
    """Return the code of the mutant's function."""
    found = [mutant.code()]
    for code in found:
        if code.co_qualname == mutant.function:
            return code
        found += [inner for inner in code.co_consts if isinstance(inner, CodeType)]
    raise LookupError(mutant)
