"""Long lists, a page at a time: no channel shows more than ten choices well.

A state asks with all of its choices, so that any can be named or picked by number, in sight or
not. What is said is cut to one page when all else is done; the numbers go on counting over pages.
"""

from operator import attrgetter

from msgspec.structs import replace

from conversations.hearing.words import plain
from conversations.messages import PAGE_PREFIX, Choice, Inbound, Reply
from conversations.say import Say
from conversations.turn import Turn

ROOM = 10  # WhatsApp's limit for the rows of a list
CHOICES = attrgetter("choices")
LABEL = 24  # characters, WhatsApp's limit for the title of a row
MORE = frozenset(
    {
        "lagi",
        "lihat lagi",
        "lainnya",
        "lihat lainnya",
        "yang lain",
        "pilihan lain",
        "lihat pilihan lainnya",
    }
    | {"berikutnya", "selanjutnya", "lanjut", "more", "show more", "show more choices", "next"}
)

Numbered = tuple[int, Choice]


def turned_to(choices: tuple[Choice, ...], page: int, message: Inbound) -> int | None:
    """Return the page of *choices* that *message* asks for at *page*, or None for no page."""
    if len(choices) <= ROOM:
        return None
    if message.picked is None:
        return page + 1 if plain(message.text) in MORE else None
    number = message.picked.removeprefix(PAGE_PREFIX)
    asked = message.picked.startswith(PAGE_PREFIX) and number.isdecimal()
    return int(number) if asked else None


def cut(turn: Turn, page: int, say: Say) -> Turn:
    """Return *turn* with *page* (counted from 0, round and round) of each long list in it."""
    if max(map(len, map(CHOICES, turn.replies)), default=0) <= ROOM:
        return turn
    return replace(turn, replies=tuple(_cut(reply, page, say) for reply in turn.replies))


def clipped(label: str) -> str:
    """Return *label* cut to what every channel can show."""
    return label if len(label) <= LABEL else f"{label[: LABEL - 3].rstrip()}..."


def _cut(reply: Reply, page: int, say: Say) -> Reply:
    """Return *reply* with those of *page*, the way to the next one, and all that stand."""
    if len(reply.choices) <= ROOM:
        return reply
    numbered = tuple(enumerate(reply.choices, 1))
    standing = tuple(one for one in numbered if one[1].stands)
    listed = tuple(one for one in numbered if not one[1].stands)
    size = ROOM - len(standing) - 1
    pages = -(-len(listed) // size)
    at = page % pages
    more = (0, Choice(f"{PAGE_PREFIX}{(at + 1) % pages}", say("menu.more")))
    return _with(reply, (*listed[at * size : (at + 1) * size], more, *standing))


def _with(reply: Reply, shown: tuple[Numbered, ...]) -> Reply:
    choices = tuple(choice for _, choice in shown)
    return replace(reply, choices=choices, numbers=tuple(number for number, _ in shown))
