"""Judge what goes to SMSGate by its server's own published description (Swagger 2.0).

The description lies beside the project where somebody has fetched it; without it there is no
judgement, and the tests that exist for it alone are skipped.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator
from jsonschema.exceptions import best_match

SPEC = Path(__file__).parents[2] / "shared" / "specs" / "smsgate" / "swagger.json"
MESSAGE, WEBHOOK, TAKEN = "Message", "Webhook", "GetMessageResponse"


def present() -> bool:
    """Say whether there is a description to judge by."""
    return SPEC.exists()


def faults(kind: str, found: object) -> list[str]:
    """Return what the description has against *found* as a *kind*; nothing where it is absent."""
    if not present():
        return []
    schema = {"$ref": f"#/definitions/smsgateway.{kind}", "definitions": _definitions()}
    worst = best_match(Draft4Validator(schema).iter_errors(found))
    return [f"{kind}: {worst.message}"] if worst else []


def events() -> set[str]:
    """Return the events that a webhook may be told of."""
    return set(_definitions()["smsgateway.WebhookEvent"]["enum"])


@cache
def _definitions() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(SPEC.read_text("utf-8"))["definitions"]
    return found
