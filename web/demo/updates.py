"""What Telegram and an SMS gateway would post when somebody uses a telephone of the demo."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from web.demo.phones import MOST_CITIZENS, chat_of, phone_of

PLACE = {"latitude": -7.2504, "longitude": 110.4051}  # a point for everybody who shares one
SIZES = ((90, 67, 1_800), (320, 240, 14_200), (1280, 960, 148_000))  # as Telegram scales a photo
Citizen = Annotated[int, Meta(ge=1, le=MOST_CITIZENS)]


class Touched(Struct, frozen=True, kw_only=True):
    """What somebody did on the Telegram telephone."""

    citizen: Citizen
    kind: Literal["text", "tap", "photo", "document", "place", "contact"]
    text: Annotated[str, Meta(max_length=4096)] = ""
    message: int = 0  # the one whose button was tapped
    choice: Annotated[str, Meta(max_length=64)] = ""  # what that button carries
    name: Annotated[str, Meta(max_length=64)] = "Warga"
    language: Literal["id", "en"] = "id"


class Texted(Struct, frozen=True, kw_only=True):
    """What somebody sent from the SMS telephone."""

    citizen: Citizen
    text: Annotated[str, Meta(min_length=1, max_length=1600)]


Wire = dict[str, object]


def chat(citizen: int, name: str) -> Wire:
    """Return a private Chat."""
    return {"id": chat_of(citizen), "type": "private", "first_name": name}


def message_update(touched: Touched, update: int, message: int, now: datetime) -> Wire:
    """Return the Update of a message (Bot API Update, Message)."""
    wire: Wire = {
        "message_id": message,
        "date": int(now.timestamp()),
        "chat": chat(touched.citizen, touched.name),
        "from": _person(touched),
        **_contents(touched, message),
    }
    return {"update_id": update, "message": wire}


def tap_update(touched: Touched, update: int, under: Wire) -> Wire:
    """Return the Update of a tap on a button of the message *under* (Bot API CallbackQuery)."""
    query = {
        "id": str(update),
        "from": _person(touched),
        "message": under,
        "chat_instance": str(chat_of(touched.citizen)),
        "data": touched.choice,
    }
    return {"update_id": update, "callback_query": query}


def sms_delivery(texted: Texted, number: int, now: datetime) -> bytes:
    """Return what the HTTP gateway posts."""
    return msgspec.json.encode(
        {
            "id": f"demo-{number}",
            "from": phone_of(texted.citizen),
            "to": "1500",
            "text": texted.text,
            "ts": now.timestamp(),
        }
    )


def sms_receipt(reference: str, now: datetime) -> bytes:
    """Return what the HTTP gateway posts once the text that it calls *reference* arrived."""
    told = {"id": reference, "state": "delivered", "ts": now.timestamp()}
    return msgspec.json.encode(told)


def _person(touched: Touched) -> Wire:
    return {
        "id": chat_of(touched.citizen),
        "is_bot": False,
        "first_name": touched.name,
        "language_code": touched.language,
    }


def _contents(touched: Touched, message: int) -> Wire:
    match touched.kind:
        case "photo":
            return {"photo": [_photo(message, *size) for size in SIZES]}
        case "document":
            return {"document": _file(message) | {"mime_type": "application/pdf"}}
        case "place":
            return {"location": PLACE}
        case "contact":
            return {"contact": _card(touched)}
        case _:
            return {"text": touched.text, **_commands(touched.text)}


def _photo(message: int, width: int, height: int, size: int) -> Wire:
    ref = f"demo-photo-{message}-{width}"
    return {
        "file_id": ref,
        "file_unique_id": ref,
        "width": width,
        "height": height,
        "file_size": size,
    }


def _file(message: int) -> Wire:
    ref = f"demo-document-{message}"
    return {
        "file_id": ref,
        "file_unique_id": ref,
        "file_name": "kartu-keluarga.pdf",
        "file_size": 210_000,
    }


def _card(touched: Touched) -> Wire:
    return {
        "phone_number": phone_of(touched.citizen).removeprefix("+"),
        "first_name": touched.name,
        "user_id": chat_of(touched.citizen),
    }


def _commands(text: str) -> Wire:
    if not text.startswith("/"):
        return {}
    length = len(text.split(maxsplit=1)[0])
    return {"entities": [{"type": "bot_command", "offset": 0, "length": length}]}
