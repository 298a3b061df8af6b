"""Rows of YAML as the types we work with, strictly: every mistake is noted with its line."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar, cast

import yaml
from msgspec import inspect

from bot.district.findings import Notes, Trail

TEXT = "tag:yaml.org,2002:str"
NOTHING = "tag:yaml.org,2002:null"
Rows = TypeVar("Rows")
EMPTY: dict[type[inspect.Type], object] = {
    inspect.UnionType: None,
    inspect.VarTupleType: (),
    inspect.DictType: {},
    inspect.IntType: 0,
    inspect.BoolType: False,
    inspect.DateType: date.min,
}
TRUTH = {"true": True, "false": False}


def compose(file: Path, notes: Notes) -> yaml.Node | None:
    """Return the content of *file*, or None where it is missing, empty or no YAML."""
    try:
        with file.open(encoding="utf-8") as stream:
            node = yaml.compose(stream, Loader=yaml.CSafeLoader)
    except FileNotFoundError:
        notes.unreadable(file, 1, "the file is missing")
        return None
    except UnicodeDecodeError:
        notes.unreadable(file, 1, "the file must be UTF-8")
        return None
    except yaml.MarkedYAMLError as error:
        notes.unreadable(file, *_no_yaml(file, error))
        return None
    if node is None:
        notes.unreadable(file, 1, "the file is empty")
    return node


def _no_yaml(file: Path, error: yaml.MarkedYAMLError) -> tuple[int, str]:
    """Return the line of *error* and what it is, a quotation mark left open where it begins."""
    line = error.problem_mark.line + 1 if error.problem_mark else 1
    rows = file.read_text(encoding="utf-8").splitlines()[:line]
    halves = [at for at, row in enumerate(rows, start=1) if _is_half_quoted(row)]
    if len(halves) % 2:
        return halves[-1], "a quotation mark is opened here and never closed"
    return line, f"no valid YAML: {error.problem}"


def _is_half_quoted(row: str) -> bool:
    """Tell whether quotation marks do not pair up in *row*; what they mean in comments is open."""
    return not row.lstrip().startswith("#") and row.replace('\\"', "").count('"') % 2 == 1


def read_file(file: Path, kind: type[Rows], trail: Trail, notes: Notes) -> Rows:
    """Return the content of *file* as *kind*; an empty one where it cannot be read."""
    shape = inspect.type_info(kind)
    node = compose(file, notes)
    if node is None:
        notes.mute(trail)
        return cast("Rows", _empty(shape))
    return cast("Rows", read(node, shape, trail, notes))


def read(node: yaml.Node, kind: inspect.Type, trail: Trail, notes: Notes) -> object:
    """Return *node* as *kind*; what cannot be read is noted and replaced by an empty value."""
    notes.place(trail, node)
    match kind:
        case inspect.StructType():
            return _struct(node, kind, trail, notes)
        case inspect.VarTupleType():
            return _several(node, kind, trail, notes)
        case inspect.DictType(value_type=value):
            pairs = _pairs(node, trail, notes)
            return {key: read(one, value, (*trail, key), notes) for key, one in pairs.items()}
        case inspect.UnionType():
            return _either(node, kind, trail, notes)
        case _:
            return _scalar(node, kind, trail, notes)


def _struct(node: yaml.Node, kind: inspect.StructType, trail: Trail, notes: Notes) -> object:
    given = _pairs(node, trail, notes)
    given.pop(kind.tag_field or "", None)
    fields = {field.encode_name: field for field in kind.fields}
    for key in given.keys() - fields.keys():
        notes.place((*trail, key), given[key])
        notes.at((*trail, key), f"unknown key '{key}': known are {', '.join(fields)}")
    values = {}
    for key, field in fields.items():
        if key in given:
            values[field.name] = read(given[key], field.type, (*trail, key), notes)
        elif field.required:
            notes.spoil((*trail, key), f"the key '{key}' is missing")
            values[field.name] = _empty(field.type)
    return kind.cls(**values)


def _pairs(node: yaml.Node, trail: Trail, notes: Notes) -> dict[str, yaml.Node]:
    """Return the keys of a mapping with their values; keys that stand twice are noted."""
    if not isinstance(node, yaml.MappingNode):
        notes.spoil(trail, "must be keys with values", node)
        return {}
    pairs: dict[str, yaml.Node] = {}
    for key, value in node.value:
        if key.value in pairs:
            notes.place((*trail, key.value), key)
            notes.at((*trail, key.value), f"the key '{key.value}' stands twice")
        pairs[str(key.value)] = value
    return pairs


def _several(node: yaml.Node, kind: inspect.VarTupleType, trail: Trail, notes: Notes) -> object:
    if not isinstance(node, yaml.SequenceNode):
        notes.spoil(trail, "must be a list", node)
        return ()
    return tuple(
        read(one, kind.item_type, (*trail, at), notes) for at, one in enumerate(node.value)
    )


def _either(node: yaml.Node, kind: inspect.UnionType, trail: Trail, notes: Notes) -> object:
    """Return what may be left empty, or one of several structs that a key tells apart."""
    structs = {one.tag: one for one in kind.types if isinstance(one, inspect.StructType)}
    if None not in structs and len(structs) > 1:
        return _tagged(node, list(structs.values()), trail, notes)
    if node.tag == NOTHING:
        return None
    return read(node, _first(kind), trail, notes)


def _tagged(
    node: yaml.Node, kinds: list[inspect.StructType], trail: Trail, notes: Notes
) -> object:
    """Return the struct whose tag stands in *node*, the first kind's where none does."""
    key = str(kinds[0].tag_field)
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    word = next((value.value for name, value in pairs if name.value == key), None)
    for kind in kinds:
        if kind.tag == word:
            return _struct(node, kind, trail, notes)
    notes.spoil(trail, f"'{key}' must be one of {', '.join(str(one.tag) for one in kinds)}", node)
    return _empty(kinds[0])


def _scalar(node: yaml.Node, kind: inspect.Type, trail: Trail, notes: Notes) -> object:
    """Return a text, number, date, truth or one of a few words."""
    rule, reader = _readers(kind)
    if isinstance(node, yaml.ScalarNode):
        try:
            return reader(node)
        except (ValueError, KeyError):
            pass
    notes.spoil(trail, f"must be {rule}", node)
    return _empty(kind)


def _readers(kind: inspect.Type) -> tuple[str, Callable[[yaml.ScalarNode], object]]:
    match kind:
        case inspect.EnumType(cls=enum):
            return f"one of {', '.join(one.value for one in enum)}", lambda node: enum(node.value)
        case inspect.IntType():
            return "a whole number", lambda node: int(node.value)
        case inspect.BoolType():
            return "true or false", lambda node: TRUTH[node.value]
        case inspect.DateType():
            return "a date such as 2026-12-31", lambda node: date.fromisoformat(node.value)
        case _:
            return "text; put it in quotes", _text


def _text(node: yaml.ScalarNode) -> str:
    if node.tag != TEXT:
        raise ValueError(node.tag)
    return str(node.value).strip()


def _empty(kind: inspect.Type) -> object:
    """Return a value of *kind* that stands for one that cannot be read."""
    match kind:
        case inspect.StructType(cls=struct, fields=fields):
            return struct(**{f.name: _empty(f.type) for f in fields if f.required})
        case inspect.EnumType(cls=enum):
            return next(iter(enum))
        case _:
            return EMPTY.get(type(kind), "")


def _first(kind: inspect.UnionType) -> inspect.Type:
    return next(one for one in kind.types if not isinstance(one, inspect.NoneType))
