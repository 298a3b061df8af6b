"""Each planted fault in a process of its own, and what is kept about it between runs."""

import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from benchmarks.faults import Mutant

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "benchmarks" / "results" / "mutants.jsonl"
PATIENCE = 30  # seconds of work; a fault that makes tests run for ever is found too
QUICKLY = (
    "-x",
    "-q",
    "--disable-warnings",
    "--noconftest",
    "--assert=plain",
    "-pno:cacheprovider",
)
PLAINLY = ("-oaddopts=--import-mode=importlib", "-ofilterwarnings=", "-omarkers=slow")
BY_DICE = ("-k", "not runTest")  # the dice find what Hypothesis finds, and always the same
TESTS = tuple(sorted(p.stem.removeprefix("test_") for p in ROOT.glob("tests/referrals/test_*.py")))
FINDERS = ("", "crash", *TESTS)  # what a process's status stands for

Key = tuple[str, str, int]


class Tried(msgspec.Struct, frozen=True):
    """One fault that was planted, and whether every test passed all the same."""

    module: str
    piece: str
    number: int
    line: int
    told: str
    by: str  # the file of tests that found it; "" for none

    @property
    def survived(self) -> bool:
        """Tell whether all tests passed."""
        return not self.by


class Way(Protocol):
    """A way to plant a fault and ask the tests."""

    def ask(self, mutant: Mutant) -> str:
        """Return which file of tests finds *mutant*, or "": called in a process of its own."""
        ...


def judged(mutant: Mutant, by: str) -> Tried:
    """Return what is to be kept about *mutant*."""
    return Tried(mutant.module, mutant.piece, mutant.number, mutant.line, mutant.told, by)


def key(one: Mutant | Tried) -> Key:
    """Return what tells this fault from any other, in whatever line it stands."""
    return one.module, one.piece, one.number


def known(since: int = 0) -> dict[Key, Tried]:
    """Return what was found so far, newest last, but the first *since* bytes of it."""
    lines = KEPT.read_bytes()[since:].splitlines() if KEPT.exists() else []
    return {key(one): one for one in (msgspec.json.decode(line, type=Tried) for line in lines)}


def try_all(planted: Sequence[Mutant], way: Way, workers: int, until: float) -> None:
    """Try each of *planted*, *workers* at a time, until the time is over; keep what was seen."""
    with KEPT.open("ab", buffering=0) as kept:
        for number, one in enumerate(_all_tried(planted, way, workers), 1):
            kept.write(msgspec.json.encode(one) + b"\n")
            if one.survived:
                print(f"{number}/{len(planted)} {one.module}:{one.line} {one.told}", flush=True)
            if time.monotonic() > until:
                break


def _all_tried(planted: Sequence[Mutant], way: Way, workers: int) -> Iterator[Tried]:
    left, running = list(reversed(planted)), dict[int, Mutant]()
    while left or running:
        while left and len(running) < workers:
            mutant = left.pop()
            running[alone(lambda mutant=mutant: way.ask(mutant))] = mutant
        child, status = os.wait()
        yield judged(running.pop(child), finder(status))


def alone(ask: Callable[[], str]) -> int:
    """Fork a process that asks, in silence; its status says who found something."""
    if child := os.fork():
        return child
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    by = "crash"
    try:
        by = ask()
    finally:
        os._exit(FINDERS.index(by))


def finished(work: Callable[[], int]) -> bool:
    """Do *work* in a process of its own, aloud; tell whether it ended well."""
    if child := os.fork():
        return os.waitpid(child, 0)[1] == 0
    status = 1
    try:
        status = int(work())
    finally:
        os._exit(status)


def finder(status: int) -> str:
    """Return who found something in a process that ended with *status*."""
    return "time" if os.WIFSIGNALED(status) else FINDERS[os.WEXITSTATUS(status)]
