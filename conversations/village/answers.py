"""What a village's people read in their chat: short, and nobody's name."""

from collections.abc import Iterable

from msgspec import Struct

from conversations.messages import Choice, Reply
from conversations.say import Say
from conversations.village.lines import PICKED, Deed, Word
from referrals.codes import shown

MOST = 8  # cases in one message


class Row(Struct, frozen=True):
    """A case in the list: its code, and its *service* by name."""

    code: str
    service: str


def menu(say: Say, *before: str) -> Reply:
    """Return what can be typed, behind the paragraphs *before*."""
    text = "\n\n".join((*before, say("village.menu")))
    return Reply(text, (Choice(f"{PICKED}{Word.TICKETS.value}", say("village.tickets")),))


def bound(say: Say, name: str) -> Reply:
    """Welcome whoever is *name* in the console to this chat."""
    return menu(say, say("village.bound", name=name))


def unknown(say: Say) -> Reply:
    """Tell whoever is not bound how they would be."""
    return Reply(say("village.unknown"))


def parted(say: Say) -> Reply:
    """Tell that no chat of theirs is bound any more."""
    return Reply(say("village.parted"))


def listed(say: Say, rows: Iterable[Row]) -> Reply:
    """Return the first of *rows*, and how one is opened."""
    lines = [say("village.line", code=shown(row.code), service=row.service) for row in rows]
    if not lines:
        return Reply(say("village.none"))
    return Reply("\n".join([say("village.listed"), *lines[:MOST], say("village.open_how")]))


def opened(say: Say, row: Row, area: str, deeds: Iterable[Deed]) -> Reply:
    """Return where a case is, "" for nowhere, and how each of *deeds* is typed."""
    head = say("village.case", code=shown(row.code), service=row.service, area=area or "-")
    how = [say(f"village.how_{deed.name.lower()}", code=row.code) for deed in deeds]
    return Reply("\n".join([head, *how]))


def gone(say: Say) -> Reply:
    """Tell that there is no such case of theirs: word for word the same for others' and none."""
    return Reply(say("village.gone"))


def done(say: Say, code: str) -> Reply:
    """Tell that the step was taken."""
    return Reply(say("village.done", code=shown(code)))


def not_done(say: Say, code: str) -> Reply:
    """Tell that it cannot be taken now."""
    return Reply(say("village.not_done", code=shown(code)))


def noted(say: Say) -> Reply:
    """Tell that the note is kept."""
    return Reply(say("village.noted"))


def words_missing(say: Say) -> Reply:
    """Ask for words behind a line that needs them, or for fewer."""
    return Reply(say("village.words_missing"))


def fault(say: Say, what: str) -> Reply:
    """Tell *what* hindered a look in the registry: "nik", "proof" or "quota"."""
    return Reply(say(f"village.fault_{what}"))
