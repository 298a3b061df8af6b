"""What Meta would post when somebody uses the WhatsApp telephone of the demo."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from web.demo.phones import phone_of
from web.demo.updates import PLACE, Citizen, Wire

Kind = Literal["text", "button", "row", "quick", "photo", "document", "place", "contact"]


class Handled(Struct, frozen=True, kw_only=True):
    """What somebody did on the WhatsApp telephone; *later* lets a day pass without a word."""

    citizen: Citizen
    kind: Literal[Kind, "later"]
    text: Annotated[str, Meta(max_length=4096)] = ""
    choice: Annotated[str, Meta(max_length=256)] = ""  # what a tapped button or row carries


def delivery(handled: Handled, number: int, phone_id: str, now: datetime) -> bytes:
    """Return the webhook's body of a message (Cloud API, messages)."""
    kind, part = _contents(handled, number)
    message = {
        "from": digits_of(handled.citizen),
        "id": f"wamid.demo.{number}",
        "timestamp": str(int(now.timestamp())),
        "type": kind,
        kind: part,
    }
    return _body(phone_id, {"messages": [message]})


def arrived(reference: str, named: str, phone_id: str, now: datetime) -> bytes:
    """Return the webhook's body that says that a message of ours was delivered."""
    status = {"id": reference, "status": "delivered", "timestamp": str(int(now.timestamp()))}
    if named:
        status["biz_opaque_callback_data"] = named
    return _body(phone_id, {"statuses": [status]})


def digits_of(citizen: int) -> str:
    """Return the number of a citizen as Meta writes it."""
    return phone_of(citizen).removeprefix("+")


def _body(phone_id: str, value: Wire) -> bytes:
    whole = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "6281100000000", "phone_number_id": phone_id},
        **value,
    }
    entry = {"id": "1", "changes": [{"value": whole, "field": "messages"}]}
    return msgspec.json.encode({"object": "whatsapp_business_account", "entry": [entry]})


def _contents(handled: Handled, number: int) -> tuple[str, object]:
    tapped = {"id": handled.choice, "title": handled.text}
    card = {"phones": [{"phone": phone_of(handled.citizen), "wa_id": digits_of(handled.citizen)}]}
    found: dict[str, tuple[str, object]] = {
        "text": ("text", {"body": handled.text}),
        "button": ("interactive", {"type": "button_reply", "button_reply": tapped}),
        "row": ("interactive", {"type": "list_reply", "list_reply": tapped}),
        "quick": ("button", {"payload": handled.choice, "text": handled.text}),
        "photo": ("image", {"id": f"1{number}", "mime_type": "image/jpeg"}),
        "document": ("document", {"id": f"2{number}", "mime_type": "application/pdf"}),
        "place": ("location", PLACE),
        "contact": ("contacts", [card]),
    }
    return found[handled.kind]
