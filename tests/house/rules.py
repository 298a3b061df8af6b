"""House rules as functions: a syntax tree or a text goes in, findings ("line: what") come out."""

import ast
import re
from collections.abc import Iterator, Mapping

FUNCTION_LINES = 40
FILE_LINES = 300
EMPTY_NAMES = frozenset({"manager", "helper", "helpers", "base", "util", "utils", "data", "info"})
DICTATED_NAMES = frozenset(  # asyncio's, aiosmtpd's and html.parser's own
    {"data_received", "handle_DATA", "handle_data"}
)
WORLDLY = frozenset({"open", "print", "input", "eval", "exec", "compile", "__import__"})
JUDGED = re.compile(  # a value and a literal, either way round
    r"""\.value\s*(?:[!=]=|(?:not\s+)?in\b)\s*["'(\[{]|["']\s*[!=]=\s*[\w.]+\.value\b"""
)
MARKER = re.compile(
    r"#\s*(?:noqa(?::\s*[A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*)?|type:\s*ignore(?:\[[\w,\s-]+\])?"
    r"|pragma:\s*no\s*(?:cover|branch))(?P<reason>.*)"
)
REASON_LETTERS = 8

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(tree: ast.Module) -> Iterator[Function]:
    """Yield every function and method of *tree*, nested ones too."""
    return (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def more_than_a_docstring(tree: ast.Module) -> list[str]:
    """Rule 12: an __init__.py holds a docstring and nothing else."""
    return [
        f"{node.lineno}: more than a docstring"
        for node in tree.body
        if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]


def broad_excepts(tree: ast.Module) -> list[str]:
    """Rule 15: whatever catches Exception, BaseException or everything."""
    return [
        f"{node.lineno}: catches everything"
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and _catches_everything(node)
    ]


def _catches_everything(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    names = {n.id for n in ast.walk(handler.type) if isinstance(n, ast.Name)}
    return bool(names & {"Exception", "BaseException"})


def long_functions(tree: ast.Module) -> list[str]:
    """Rule 17: functions stop at 40 lines."""
    return [
        f"{f.lineno}: {f.name} has {lines} lines"
        for f in functions(tree)
        if f.end_lineno and (lines := f.end_lineno - f.lineno + 1) > FUNCTION_LINES
    ]


def long_file(text: str) -> list[str]:
    """Rule 17: files stop at 300 lines."""
    lines = text.count("\n")
    return [f"{lines}: more than {FILE_LINES} lines"] if lines > FILE_LINES else []


def empty_names(tree: ast.Module, module: str) -> list[str]:
    """Rule 18: modules, classes and functions are not called Manager, Helper, util or the like."""
    named = [(1, module)]
    named += [(c.lineno, c.name) for c in ast.walk(tree) if isinstance(c, ast.ClassDef)]
    named += [(f.lineno, f.name) for f in functions(tree)]
    return [
        f"{line}: {name} says nothing"
        for line, name in named
        if name not in DICTATED_NAMES and _words(name) & EMPTY_NAMES
    ]


def _words(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def bare_exemptions(text: str) -> list[str]:
    """Rule 22: each exemption from lint, types or coverage carries its reason on the same line."""
    return [
        f"{number}: an exemption without a reason"
        for number, line in enumerate(text.splitlines(), 1)
        if (found := MARKER.search(line))
        and len(re.findall(r"[A-Za-z]", found["reason"])) < REASON_LETTERS
    ]


def wordless_tests(tree: ast.Module) -> list[str]:
    """Rule 29: every test has a docstring, the sentence it makes true."""
    return [
        f"{f.lineno}: {f.name} does not say what it makes true"
        for f in functions(tree)
        if f.name.startswith("test_") and not ast.get_docstring(f)
    ]


def named_in_code(tree: ast.Module, names: frozenset[str]) -> list[str]:
    """Rule 3: a kabupaten, agency or place is a row; no string of the program names one."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        f"{node.lineno}: names {name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for name in names
        if id(node) not in docstrings and name in node.value
    ]


def imported(tree: ast.Module) -> frozenset[str]:
    """Return the names that *tree* has from elsewhere."""
    return frozenset(
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    )


def second_hand(tree: ast.Module, imports: Mapping[str, frozenset[str]]) -> list[str]:
    """Return what is imported from where it is not written; *imports* are each module's own."""
    return [
        f"{node.lineno}: {alias.name} is written elsewhere than in {node.module}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name in imports.get(node.module or "", ())
    ]


def channels_asked(tree: ast.Module) -> list[str]:
    """Nobody asks which channel it is: what differs is a trait, or an exhaustive match."""
    return [
        f"{node.lineno}: asks which channel it is"
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        for side in (node.left, *node.comparators)
        for part in ast.walk(side)
        if isinstance(part, ast.Attribute)
        and isinstance(part.value, ast.Name)
        and part.value.id == "Channel"
    ]


def values_judged(text: str) -> list[str]:
    """Templates decide nothing: what follows from a state is a property of their view."""
    return [
        f"{number}: judges {found[0].strip()}"
        for number, line in enumerate(text.splitlines(), 1)
        if (found := JUDGED.search(line))
    ]


def steps_spelt(tree: ast.Module, names: frozenset[str]) -> list[str]:
    """Whoever asks for a step asks by its name's constant, which cannot be misspelt."""
    compared = [
        side
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        for side in (node.left, *node.comparators)
    ]
    matched = [node.value for node in ast.walk(tree) if isinstance(node, ast.MatchValue)]
    return [
        f"{part.lineno}: spells {part.value}"
        for side in (*compared, *matched)
        for part in ast.walk(side)
        if isinstance(part, ast.Constant) and part.value in names
    ]


def modules(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield every module that *tree* imports from or may import, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)


def beyond(tree: ast.Module, allowed: frozenset[str]) -> list[str]:
    """Return what *tree* imports beside the packages it is *allowed*."""
    return [
        f"{line}: imports {name}"
        for line, name in modules(tree)
        if name.partition(".")[0] not in allowed
    ]


def world_touched(tree: ast.Module) -> list[str]:
    """Return the calls of *tree* that reach files, the terminal or code made of text."""
    return [
        f"{node.lineno}: calls {node.func.id}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in WORLDLY
    ]


def family(module: str, channels: tuple[str, ...]) -> str:
    """Return which of *channels*, the narrowest first, *module* is a part of by its name."""
    return next((c for c in channels if module == c or module.startswith(f"{c}_")), "")


def meddling(tree: ast.Module, module: str, channels: tuple[str, ...]) -> list[str]:
    """Return what *module*, a part of one channel, imports of another that it is no kind of."""
    own = family(module, channels)
    return [
        f"{line}: imports {name}"
        for line, name in modules(tree)
        if own and (other := family(name, channels)) and not f"{own}_".startswith(f"{other}_")
    ]
