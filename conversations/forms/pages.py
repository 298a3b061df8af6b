"""Long lists, a page at a time: no channel shows more than ten choices well."""

from conversations.messages import Choice

ROOM = 10  # WhatsApp's limit for the rows of a list
LABEL = 24  # characters, WhatsApp's limit for the title of a row


def page_of(
    choices: tuple[Choice, ...], page: int, more: Choice, room: int = ROOM
) -> tuple[Choice, ...]:
    """Return the choices of *page* (counted from 0, round and round), *more* last where needed."""
    if len(choices) <= room:
        return choices
    size = room - 1
    start = page % -(-len(choices) // size) * size
    return (*choices[start : start + size], more)


def clipped(label: str) -> str:
    """Return *label* cut to what every channel can show."""
    return label if len(label) <= LABEL else f"{label[: LABEL - 3].rstrip()}..."
