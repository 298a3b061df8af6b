"""What every channel can carry: a reply beyond it breaks on somebody's telephone."""

import re
from collections.abc import Callable, Iterator

import msgspec

from conversations.messages import Reply
from handlers import sms_text
from handlers.sms_parts import MOST_PARTS, messages
from handlers.sms_text import ALPHABET, EXTENSION
from handlers.telegram import render as telegram_bodies
from handlers.whatsapp_render import render as whatsapp_bodies

TEXT = 4096  # of Telegram and of WhatsApp
BODY = 1024  # of a WhatsApp message with something to tap
LABEL = 24  # a row of a WhatsApp list
BUTTON, BUTTONS = 20, 3  # WhatsApp
VALUE = 64  # bytes of callback data, Telegram
ROWS = 10  # of a WhatsApp list
GSM = ALPHABET - {"\f"}
ONE, PART = 160, 153  # characters of a single text message, and of each one of several
ONE_WIDE, PART_WIDE = 70, 67  # the same in UCS-2
NUMBER = re.compile(r"\d+(?: \d+)*")


def check(reply: Reply, quoted: str = "") -> None:
    """Assert that *reply* goes through every channel; *quoted* is what the citizen wrote."""
    assert reply.text
    assert reply.text == reply.text.strip()
    assert {*reply.text} <= GSM | {*quoted}, {*reply.text} - GSM
    values = [choice.value for choice in reply.choices]
    labels = [choice.label for choice in reply.choices]
    assert len({*values}) == len(values) <= ROWS
    assert len({*labels}) == len(labels)
    assert all(value.isascii() and 0 < len(value) <= VALUE for value in values)
    assert all(0 < len(label) <= LABEL and {*label} <= GSM for label in labels)
    assert msgspec.json.decode(msgspec.json.encode(reply), type=Reply) == reply
    for check_channel in (telegram, whatsapp, sms):
        check_channel(reply)


def telegram(reply: Reply) -> None:
    """Assert that Telegram takes *reply*."""
    for body in telegram_bodies(reply, "1234"):
        sent = msgspec.json.decode(body)
        assert 0 < units(sent["text"]) <= TEXT
        keyboard = sent.get("reply_markup", {}).get("inline_keyboard", [])
        assert all(button["text"] for row in keyboard for button in row)
        assert all(
            len(button.get("callback_data", "")) <= VALUE for row in keyboard for button in row
        )


def whatsapp(reply: Reply) -> None:
    """Assert that WhatsApp takes *reply*: at most three buttons, else a list of at most ten."""
    for body in whatsapp_bodies(reply):
        sent = msgspec.json.decode(b"{" + body)
        if sent["type"] == "text":
            assert 0 < units(sent["text"]["body"]) <= TEXT
            continue
        asked = sent["interactive"]
        assert 0 < units(asked["body"]["text"]) <= BODY
        _taps(**asked["action"])


def _taps(
    buttons: list[dict[str, dict[str, str]]] | None = None,
    button: str = "",
    sections: list[dict[str, list[dict[str, str]]]] | None = None,
    name: str = "",
) -> None:
    rows = [row for section in sections or [] for row in section["rows"]]
    found = [one["reply"] for one in buttons or []] + rows
    assert (len(buttons or []), len(rows)) <= (BUTTONS, ROWS)
    assert name or found
    assert len(button) <= BUTTON
    titles = [units(one["title"]) for one in found]
    assert max(titles, default=0) <= (LABEL if rows else BUTTON)
    for key in ("id", "title"):
        assert len({one[key] for one in found}) == len(found)


def sms(reply: Reply) -> None:
    """Assert that no word, number or code of *reply* is torn where a text message ends."""
    whole = sms_text.render(reply)
    sent = [parts(text) for text in messages(reply)]
    assert all(0 < len(found) <= MOST_PARTS for found in sent)
    assert [len(found) for found in sent] == [sms_text.segments(m).count for m in messages(reply)]
    if all(len(word) <= PART_WIDE for word in (*whole.split(), *NUMBER.findall(whole))):
        for torn in (str.split, NUMBER.findall):
            assert [*_each(sent, torn)] == torn(whole)


def _each(sent: list[list[str]], find: Callable[[str], list[str]]) -> Iterator[str]:
    for found in sent:
        for part in found:
            yield from find(part)


def parts(text: str) -> list[str]:
    """Return *text* cut as gateways and telephones cut it: by counting, whatever it says."""
    wide = not ALPHABET.issuperset(text)
    one, most = (ONE_WIDE, PART_WIDE) if wide else (ONE, PART)
    if _places(text, wide=wide) <= one:
        return [text]
    found = [""]
    for letter in text:
        if _places(found[-1] + letter, wide=wide) > most:
            found.append("")
        found[-1] += letter
    return found


def _places(text: str, *, wide: bool) -> int:
    return units(text) if wide else len(text) + sum(letter in EXTENSION for letter in text)


def units(text: str) -> int:
    """Return the length of *text* in UTF-16, as Telegram and WhatsApp count it."""
    return len(text.encode("utf-16-le")) // 2


def segments(reply: Reply) -> int:
    """Return how many text messages *reply* costs with its choices counted from 1."""
    return sum(len(parts(text)) for text in messages(reply))
