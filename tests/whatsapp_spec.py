"""Judge what goes to and comes from WhatsApp by Meta's published description (OpenAPI 3.1, v23.0).

The description lies beside the project where somebody has fetched it; without it there is no
judgement, and the tests that exist for it alone are skipped. As published it refuses all of its
own examples; three mechanical patches mend it, which say here what is wrong.
"""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

SPEC = (
    Path(__file__).parents[2]
    / "shared" / "specs" / "meta" / "business-messaging-api_v23.0.yaml"
)  # fmt: skip
SCHEMAS = "#/components/schemas/"
MOST_TEXT = 4096  # which the description leaves to its prose
MOST_ROWS = 10  # in all sections of a list together
TWINS = {  # what is named alike in both directions got a number when the two were put together
    "TextMessage": "TextMessage_2",
    "ReactionMessage": "ReactionMessage_1",
    "AudioMessage": "AudioMessage_1",
    "DocumentMessage": "DocumentMessage_1",
    "ImageMessage": "ImageMessage_1",
    "StickerMessage": "StickerMessage_1",
    "VideoMessage": "VideoMessage_1",
    "LocationMessage": "LocationMessage_1",
}
INBOUND = {*TWINS.values(), "ContactSharingMessage", "UnsupportedMessage", "ButtonMessage"} | {
    "InteractiveMessageReply", "OrderMessage", "SystemMessage", "MediaMessageProperties",
}  # fmt: skip


def present() -> bool:
    """Say whether there is a description to judge by."""
    return SPEC.exists()


@cache
def _spec() -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(SPEC.read_text("utf-8"), Loader=yaml.CSafeLoader)
    schemas = found["components"]["schemas"]
    _let_branches_meet(schemas)
    _point_inwards(schemas)
    _know_what_came_later(schemas)
    return found


def _let_branches_meet(schemas: dict[str, Any]) -> None:
    """Patch 1: a branch of an allOf that takes no other keys refuses those of its sibling."""
    for schema in schemas.values():
        for branch in schema.get("allOf", ()):
            branch.pop("additionalProperties", None)


def _point_inwards(schemas: dict[str, Any]) -> None:
    """Patch 2: messages that come in are described by those that go out; their twins are meant."""
    for one in schemas["IncomingMessage"]["oneOf"]:
        name = one["$ref"].removeprefix(SCHEMAS)
        one["$ref"] = SCHEMAS + TWINS.get(name, name)
    for name in INBOUND:
        text = json.dumps(schemas[name])
        base = f'{SCHEMAS}BaseMessageProperties"'
        schemas[name] = json.loads(text.replace(base, f'{SCHEMAS}BaseMessageProperties_1"'))


def _know_what_came_later(schemas: dict[str, Any]) -> None:
    """Patch 3: a request for a place, ids in the place of numbers, and buttons' numbers from 0."""
    schemas["InteractiveObject"]["properties"]["type"]["enum"].append("location_request_message")
    schemas["BaseMessageProperties"]["required"].remove("to")
    schemas["TemplateComponent"]["properties"]["index"]["pattern"] = "^[0-9]$"
    schemas["LanguageObject"]["required"].remove("policy")
    place = {"name": {"enum": ["send_location"]}}
    schemas["ActionObject"]["oneOf"].append({
        "required": ["name"], "properties": place, "maxProperties": 1,
    })  # fmt: skip


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": SCHEMAS + name, "components": _spec()["components"]})


def _judge(name: str, value: object) -> list[str]:
    error = best_match(_validator(name).iter_errors(value))
    if error is None:
        return []
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"]


def faults_of_message(message: dict[str, Any]) -> list[str]:
    """Return what is wrong with a request to /messages, the limits of the prose included."""
    found = _judge("Message", message)
    if not message.get("to") and not message.get("recipient"):
        found.append("to nobody")
    if len(message.get("text", {}).get("body", "").encode("utf-16-le")) > 2 * MOST_TEXT:
        found.append("the text is too long")
    sections = message.get("interactive", {}).get("action", {}).get("sections", ())
    if sum(len(section["rows"]) for section in sections) > MOST_ROWS:
        found.append("too many rows")
    return found


def faults_of_delivery(delivery: dict[str, Any]) -> list[str]:
    """Return what is wrong with a call of our webhook."""
    return _judge("WebhookPayload", delivery)


def deliveries() -> st.SearchStrategy[Any]:
    """Return whatever Meta's description lets a call of our webhook be."""
    return _made({"$ref": f"{SCHEMAS}WebhookPayload"}, 0)


DEEPEST = 12
Maker = Callable[[dict[str, Any], int], st.SearchStrategy[Any]]


def _made(schema: dict[str, Any], depth: int) -> st.SearchStrategy[Any]:
    """Return values of *schema*, now and then something else in their place."""
    if depth > DEEPEST:
        return st.none()
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(SCHEMAS)
        return _made(_spec()["components"]["schemas"][name], depth)
    for key, make in (("oneOf", _either), ("anyOf", _either), ("allOf", _together)):
        if key in schema:
            return make(schema, depth)
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    return _of_type(schema, depth)


def _either(schema: dict[str, Any], depth: int) -> st.SearchStrategy[Any]:
    branches = schema.get("oneOf") or schema["anyOf"]
    return st.one_of([_made(branch, depth + 1) for branch in branches])


def _together(schema: dict[str, Any], depth: int) -> st.SearchStrategy[Any]:
    parts = [_made(branch, depth + 1) for branch in schema["allOf"]]
    return st.tuples(*parts).map(_merged)


def _merged(parts: tuple[Any, ...]) -> dict[str, Any]:
    return {key: value for part in parts if isinstance(part, dict) for key, value in part.items()}


def _of_type(schema: dict[str, Any], depth: int) -> st.SearchStrategy[Any]:
    match schema.get("type"):
        case "object":
            return _object(schema, depth)
        case "array":
            return st.lists(_made(schema.get("items", {}), depth + 1), max_size=3)
        case "integer" | "number":
            return st.integers(-(2**53), 2**53) | st.floats(-1e9, 1e9)
        case "boolean":
            return st.booleans()
        case "string":
            example = schema.get("example")
            known = st.just(example) if isinstance(example, str) else st.nothing()
            return known | st.text(max_size=40) | st.sampled_from(("1749416383", "", "6281"))
        case _:
            return st.none() | st.text(max_size=5)


def _object(schema: dict[str, Any], depth: int) -> st.SearchStrategy[Any]:
    properties = schema.get("properties", {})
    made = {key: _made(one, depth + 1) for key, one in properties.items()}
    required = {key: made[key] for key in schema.get("required", ()) if key in made}
    optional = {key: one for key, one in made.items() if key not in required}
    return st.fixed_dictionaries(required, optional=optional)
