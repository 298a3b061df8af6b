"""The faults that `benchmarks.mutants` plants: what one slip of a hand could make of a line.

A comparison turned, a number one too high, a condition that always or never holds, a result
forgotten, an element of a tuple, set or mapping left out, a named argument left out.
"""

import ast
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from types import CodeType
from typing import Any

from msgspec import Struct

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
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
}
TURNED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.BitAnd: ast.BitOr,
}
SWAPPED = {"max": "min", "min": "max", "any": "all", "all": "any"}
OF_CLOCKS = {"start", "stop", "pause", "resume", "halve"}  # take any number of clocks
ONLY_TOLD = {"carries"}  # for the drawn table: no behaviour hangs on it


class Fault(Struct, frozen=True):
    """What would be wrong, and how to make it so in the tree that it was found in."""

    told: str
    plant: Callable[[], None]


class Mutant(Struct, frozen=True):
    """One module with one fault: the *number*-th in the *place*-th node of its tree."""

    path: Path
    place: int
    number: int
    line: int
    told: str
    function: str  # the outermost one whose body has the fault, with its class; "" for none
    piece: str  # digest of the function or row that has the fault, and where it is in there

    @property
    def module(self) -> str:
        """Return the name that the module is imported by."""
        return f"{self.path.parent.name}.{self.path.stem}"

    def code(self) -> CodeType:
        """Return the module's code with its fault."""
        whole = ast.parse(self.path.read_text())
        node = list(ast.walk(whole))[self.place]
        list(faults(node))[self.number].plant()
        return compile(ast.fix_missing_locations(whole), self.module, "exec")


def mutants(path: Path) -> Iterator[Mutant]:
    """Yield every fault that can be planted in *path*."""
    whole = ast.parse(path.read_text())
    passed_over = set(_without_behaviour(whole))
    within, pieces = dict(_functions(whole)), dict(_pieces(whole))
    for place, node in enumerate(ast.walk(whole)):
        function, line = within.get(id(node), ""), getattr(node, "lineno", 0)
        for number, fault in enumerate(() if id(node) in passed_over else faults(node)):
            yield Mutant(path, place, number, line, fault.told, function, pieces[id(node)])


def _pieces(room: ast.Module | ast.ClassDef) -> Iterator[tuple[int, str]]:
    """Yield the id of every node, and what tells it from others though the file around changes."""
    for node in room.body:
        yield from _within(node)
        if isinstance(node, ast.ClassDef):
            yield from _pieces(node)
        elif isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Tuple):
            for row in node.value.elts:
                yield from _within(row)


def _within(piece: ast.AST) -> Iterator[tuple[int, str]]:
    digest = sha256(ast.dump(piece).encode()).hexdigest()[:16]
    yield from ((id(node), f"{digest}/{at}") for at, node in enumerate(ast.walk(piece)))


def _functions(room: ast.Module | ast.ClassDef, prefix: str = "") -> Iterator[tuple[int, str]]:
    """Yield the id of every node in the body of a function, with the function's name."""
    for node in room.body:
        if isinstance(node, ast.ClassDef):
            yield from _functions(node, f"{prefix}{node.name}.")
        elif isinstance(node, ast.FunctionDef):
            for statement in node.body:
                yield from ((id(one), prefix + node.name) for one in ast.walk(statement))


def _without_behaviour(whole: ast.Module) -> Iterator[int]:
    """Yield the ids of what changes nothing: options of classes, types, sizes of caches, names."""
    for node in ast.walk(whole):
        match node:
            case ast.ClassDef(keywords=options):
                yield from (id(option.value) for option in options)  # frozen=True, …
            case ast.Subscript(slice=within):
                yield from map(id, ast.walk(within) if isinstance(within, ast.Tuple) else ())
            case ast.Call(func=ast.Name("lru_cache")):
                yield from map(id, ast.walk(node))  # how much is remembered changes no answer
            case ast.Assign(targets=[ast.Name("__all__")], value=names):
                yield id(names)


def faults(node: ast.AST) -> Iterator[Fault]:
    """Yield the faults that can be planted in *node*."""
    yield from _slips(node)
    yield from _omissions(node)


def _slips(node: ast.AST) -> Iterator[Fault]:
    match node:
        case ast.Compare(ops=ops):
            yield from (_turned(ops, at) for at, op in enumerate(ops) if type(op) in COMPARED)
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


def _omissions(node: ast.AST) -> Iterator[Fault]:
    match node:
        case ast.Tuple(elts=several, ctx=ast.Load()) | ast.Set(elts=several) if len(several) > 1:
            yield from (_left_out(at, several) for at in range(len(several)))
        case ast.Tuple(elts=[_], ctx=ast.Load()):
            yield _left_out(0, node.elts)
        case ast.Dict(keys=keys, values=values):
            yield from (_left_out(at, keys, values) for at in range(len(keys)))
        case ast.Call(func=ast.Name(id=name), args=clocks) if name in OF_CLOCKS:
            yield from (_left_out(at, clocks) for at in range(len(clocks)))
        case ast.Call(keywords=named):
            told = [at for at, one in enumerate(named) if one.arg not in ONLY_TOLD]
            yield from (_left_out(at, named) for at in told)


def _turned(ops: list[ast.cmpop], at: int) -> Fault:
    new = COMPARED[type(ops[at])]()
    told = f"{type(ops[at]).__name__} is {type(new).__name__}"
    return Fault(told, lambda: ops.__setitem__(at, new))


def _put(node: ast.AST, field: str, new: object) -> Fault:
    told = f"{type(node).__name__} {field}: {_written(getattr(node, field))} is {_written(new)}"
    return Fault(told, lambda: setattr(node, field, new))


def _left_out(at: int, *lists: list[Any]) -> Fault:  # of expressions or of named arguments
    def plant() -> None:
        for one in lists:
            del one[at]

    return Fault("without " + ": ".join(_written(one[at]) for one in lists), plant)


def _written(thing: object) -> str:
    if isinstance(thing, ast.operator | ast.boolop):
        return type(thing).__name__
    return ast.unparse(thing) if isinstance(thing, ast.AST) else repr(thing)
