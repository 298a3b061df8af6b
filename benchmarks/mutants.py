"""Plant one fault after another in the lifecycle's code and see whether a test finds it.

python -m benchmarks.mutants [--minutes 15] [--seed 1] [--only dues,ticking]

Each fault (a comparison turned, a number moved, a condition that always holds …) is planted in a
process of its own, forked from one that has loaded all libraries but none of our code. Prints
what survived: file, line, and the fault.
"""

import argparse
import ast
import copy
import importlib.abc
import importlib.util
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from random import Random
from types import ModuleType

import hypothesis.stateful  # noqa: F401 - loaded once for all
import lokal.holidays  # noqa: F401 - loaded once for all
import pytest
import yaml  # noqa: F401 - loaded once for all
from msgspec import Struct

ROOT = Path(__file__).parents[1]
ROOM = ROOT / "referrals"
MODULES = {
    "attempts",
    "branches",
    "choosing",
    "clock_guards",
    "clocks",
    "dues",
    "entries",
    "events",
    "folding",
    "guards",
    "happened",
    "leg_events",
    "lifecycle",
    "log",
    "noted",
    "office_time",
    "routing",
    "states",
    "ticket",
    "ticking",
    "transitions",
    "watching",
    "working_days",
}
PATIENCE = 120  # seconds; a fault that makes tests run for ever is found too
STAGES = (  # the quick ones first: most faults are found by them
    ("legs", "lifecycle", "chores", "refusals"),
    ("watching", "patience", "dues"),
    ("guards", "routing", "working_days", "log", "states", "directory", "table", "machine"),
)
WITHOUT = ("no:cacheprovider", "no:xdist", "no:cov")
QUICKLY = ("-x", "-q", "--noconftest", "--assert=plain", *(f"-p{name}" for name in WITHOUT))
BY_DICE = ("-k", "not runTest")  # the dice find what Hypothesis finds, and always the same
TURNED = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.BitAnd: ast.BitOr,
}
SWAPPED = {"max": "min", "min": "max", "any": "all", "all": "any"}


class Mutant(Struct, frozen=True):
    """One module with one fault."""

    module: str
    tree: ast.Module
    line: int
    fault: str


class Planted(importlib.abc.MetaPathFinder, importlib.abc.Loader):
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
        exec(compile(self._mutant.tree, self._mutant.module, "exec"), module.__dict__)  # noqa: S102 - our own code


Plant = Callable[[], str]


def mutants(path: Path) -> Iterator[Mutant]:
    """Yield every fault that can be planted in *path*."""
    whole = ast.parse(path.read_text())
    classes = [node for node in ast.walk(whole) if isinstance(node, ast.ClassDef)]
    options = {id(option.value) for one in classes for option in one.keywords}  # frozen=True, …
    for place, node in enumerate(ast.walk(whole)):
        for number, _ in enumerate(() if id(node) in options else faults(node)):
            tree = copy.deepcopy(whole)
            fault = list(faults(list(ast.walk(tree))[place]))[number]()
            ast.fix_missing_locations(tree)
            yield Mutant(f"referrals.{path.stem}", tree, getattr(node, "lineno", 0), fault)


def faults(node: ast.AST) -> Iterator[Plant]:
    """Yield functions that plant a fault in *node* and say what they did."""
    match node:
        case ast.Compare(ops=ops):
            yield from (_turned(ops, at) for at, op in enumerate(ops) if type(op) in TURNED)
        case ast.BoolOp(op=op) | ast.BinOp(op=op) if type(op) in TURNED:
            yield _put(node, "op", TURNED[type(op)]())
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield _put(node, "operand", ast.UnaryOp(ast.Not(), operand))
        case ast.If() | ast.IfExp():
            yield _put(node, "test", ast.Constant(value=True))
            yield _put(node, "test", ast.Constant(value=False))
        case ast.Constant(value=int() as value):
            yield _put(node, "value", not value if isinstance(value, bool) else value + 1)
        case ast.Name(id=name) if name in SWAPPED:
            yield _put(node, "id", SWAPPED[name])
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield _put(node, "value", ast.Constant(value=None))


def _turned(ops: list[ast.cmpop], at: int) -> Plant:
    def plant() -> str:
        was, ops[at] = ops[at], TURNED[type(ops[at])]()  # type: ignore[call-overload]  # comparisons turn into comparisons
        return f"{type(was).__name__} is {type(ops[at]).__name__}"

    return plant


def _put(node: ast.AST, field: str, new: object) -> Plant:
    def plant() -> str:
        was = _written(getattr(node, field))
        setattr(node, field, new)
        return f"{type(node).__name__} {field}: {was} is {_written(new)}"

    return plant


def _written(thing: object) -> str:
    if isinstance(thing, ast.operator | ast.boolop):
        return type(thing).__name__
    return ast.unparse(thing) if isinstance(thing, ast.AST) else repr(thing)


def failed(stage: Sequence[str]) -> bool:
    """Tell whether a test of *stage* fails."""
    files = (f"tests/referrals/test_{name}.py" for name in stage)
    return pytest.main([*QUICKLY, *BY_DICE, *files]) != pytest.ExitCode.OK


def survives(mutant: Mutant) -> bool:
    """Tell whether no test finds *mutant*; a fault that never ends is found."""
    child = os.fork()
    if child == 0:
        signal.alarm(PATIENCE)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        sys.meta_path.insert(0, Planted(mutant))
        os._exit(any(failed(stage) for stage in STAGES))
    _, status = os.waitpid(child, 0)
    return status == 0


def main() -> None:
    """Read the arguments, plant faults in any order until the time is over, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    only = set(filter(None, given.only.split(",")))
    paths = [p for p in sorted(ROOM.glob("*.py")) if p.stem in (only or MODULES)]
    planted = [mutant for path in paths for mutant in mutants(path)]
    Random(given.seed).shuffle(planted)  # noqa: S311 - dice, no secret
    whole = ast.parse((ROOM / "dues.py").read_text())
    if not survives(Mutant("referrals.dues", whole, 0, "none")):
        raise SystemExit("the tests fail without any fault: mend them first")
    until, tried, alive = time.monotonic() + 60 * given.minutes, 0, 0
    for mutant in planted:
        if time.monotonic() > until:
            break
        tried += 1
        if survives(mutant):
            alive += 1
            print(tried, f"{mutant.module}:{mutant.line} {mutant.fault}", flush=True)
    print(f"\n{len(planted)} faults, {tried} tried, {tried - alive} found, {alive} survived")


if __name__ == "__main__":
    main()
