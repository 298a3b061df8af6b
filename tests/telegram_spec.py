"""Judge Bot API calls and objects by the published machine-readable description of the API.

The description lies beside the project where somebody has fetched it; without it there is no
judgement, and the tests that exist for it alone are skipped.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

SPEC = Path(__file__).parents[2] / "shared" / "specs" / "telegram" / "api.json"
SCALARS: dict[str, type | tuple[type, ...]] = {
    "Integer": int,
    "String": str,
    "Boolean": bool,
    "True": bool,
    "Float": (int, float),
}
LENGTH = re.compile(r"(\d+)-(\d+) (characters|bytes)")  # as "1-4096 characters" in the prose


def present() -> bool:
    """Say whether there is a description to judge by."""
    return SPEC.exists()


@cache
def _spec() -> dict[str, Any]:
    return json.loads(SPEC.read_text("utf-8"))


def faults_of_call(method: str, parameters: dict[str, Any]) -> list[str]:
    """Return what is wrong with calling *method*; parameters of a form may be JSON texts."""
    known = _spec()["methods"].get(method)
    if known is None:
        return [f"{method}: no such method"]
    return _fields(known.get("fields", []), parameters, method, form=True)


def faults_of_value(kind: str, value: object, where: str = "") -> list[str]:
    """Return what is wrong with *value* as a *kind*, "Array of Update" for example."""
    return _judge([kind], value, where or kind, "")


def _fields(
    fields: list[dict[str, Any]], given: dict[str, Any], where: str, *, form: bool = False
) -> list[str]:
    known = {field["name"]: field for field in fields}
    faults = [f"{where}.{name}: unknown" for name in given if name not in known]
    for name, field in known.items():
        if name in given:
            value = _unpacked(field["types"], given[name]) if form else given[name]
            faults += _judge(field["types"], value, f"{where}.{name}", field["description"])
        elif field["required"]:
            faults.append(f"{where}.{name}: missing")
    return faults


def _unpacked(kinds: list[str], value: object) -> object:
    """Return what a form's text stands for, where the field is not a text."""
    if not isinstance(value, str) or "String" in kinds:
        return int(value) if isinstance(value, str) and _may_be_number(kinds, value) else value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _may_be_number(kinds: list[str], value: str) -> bool:
    return "Integer" in kinds and value.lstrip("-").isdigit()


def _judge(kinds: list[str], value: object, where: str, prose: str) -> list[str]:
    """Return the faults of *value* as any one of *kinds*."""
    verdicts = [_judge_one(kind, value, where, prose) for kind in kinds]
    if not all(verdicts):
        return []
    return verdicts[0] if len(kinds) == 1 else [f"{where}: none of {', '.join(kinds)}"]


def _judge_one(kind: str, value: object, where: str, prose: str) -> list[str]:
    if kind.startswith("Array of "):
        return _judge_list(kind.removeprefix("Array of "), value, where, prose)
    if kind in SCALARS:
        return _judge_scalar(kind, value, where, prose)
    known = _spec()["types"][kind]
    if known.get("subtypes"):
        return _judge(known["subtypes"], value, where, prose)
    if not isinstance(value, dict):
        return [f"{where}: no {kind}"]
    return _fields(known.get("fields", []), value, where)


def _judge_list(kind: str, value: object, where: str, prose: str) -> list[str]:
    if not isinstance(value, list):
        return [f"{where}: no list"]
    return [
        fault
        for at, item in enumerate(value)
        for fault in _judge_one(kind, item, f"{where}[{at}]", prose)
    ]


def _judge_scalar(kind: str, value: object, where: str, prose: str) -> list[str]:
    if not isinstance(value, SCALARS[kind]) or (
        isinstance(value, bool) and kind not in {"Boolean", "True"}
    ):
        return [f"{where}: no {kind}"]
    limit = LENGTH.search(prose.replace(",", ""))
    if not isinstance(value, str) or limit is None:
        return []
    encoded = value.encode() if limit[3] == "bytes" else value.encode("utf-16-le")
    size = len(encoded) if limit[3] == "bytes" else len(encoded) // 2
    if int(limit[1]) <= size <= int(limit[2]):
        return []
    return [f"{where}: {size} {limit[3]}, not {limit[1]} to {limit[2]}"]
