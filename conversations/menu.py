"""The menu: everything Satu Pintu does, on one card."""

from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from conversations.hearing import words
from conversations.hearing.choices import is_number, pick
from conversations.hearing.words import command, plain
from conversations.messages import Choice, Reply
from conversations.say import Say
from conversations.turn import Door, Enter, Said, State, Turn

DOORS = (
    Door.CHECK,
    Door.NEED,
    Door.COMPLAINT,
    Door.TRACK,
    Door.PERSON,
    Door.EMERGENCY,
    Door.HELP,
    Door.LANGUAGE,
)
PREFIX = "menu:"
NAMES = {
    "cek": Door.CHECK,
    "cek status": Door.CHECK,
    "cek bansos": Door.CHECK,
    "cek desil": Door.CHECK,
    "desil": Door.CHECK,
    "check": Door.CHECK,
    "ajukan": Door.NEED,
    "usul": Door.NEED,
    "bantu": Door.NEED,
    "lapor": Door.COMPLAINT,
    "aduan": Door.COMPLAINT,
    "adukan": Door.COMPLAINT,
    "report": Door.COMPLAINT,
    "lacak": Door.TRACK,
    "track": Door.TRACK,
    "status": Door.TRACK,
}
FORGIVEN = ("ajukan", "lapor", "report", "lacak", "track", "check")  # with one slip too
LONGEST = max(map(len, FORGIVEN))
MEANT = frozenset({"lapar", "laper", "lapak", "repot", "truck", "cheek"})  # words, and no slips


class Menu(State, frozen=True, tag="menu"):
    """We asked what we can do for the citizen."""

    kept: str = ""  # code of the service whose form is unfinished
    unseen: bool = False  # something else was said last: a number would mean rows not in sight

    def prompt(self, say: Say) -> Reply:
        """Return the card of everything we do; the unfinished form stands first."""
        return _card(say, resuming=bool(self.kept))

    def heard(self, said: Said, say: Say) -> Turn:
        if self.unseen and is_number(said.message.text):
            return Turn(self, unread=True)
        if choice := pick(self.prompt(say).choices, said.message):
            return Turn(self, enter=Enter(Door(choice.value.removeprefix(PREFIX))))
        return Turn(self, enter=Enter(Door.WISH, said.message.text))


def exactly(text: str) -> Door | None:
    """Return the entry of the menu that *text* is, letter for letter and nothing besides."""
    return NAMES.get(plain(command(text)))


def commanded(text: str) -> Enter | None:
    """Return where *text* leads where it is nothing but a command, perhaps with a slip."""
    if found := words.likely(text):
        return Enter(Door(found.value))
    door = named(text)
    return Enter(door) if door else None


def named(text: str) -> Door | None:
    """Return the entry of the menu that *text* names in one word, as a command or with a slip."""
    typed = plain(command(text))
    if typed in NAMES or typed in MEANT:
        return NAMES.get(typed)
    if len(typed) > LONGEST + 1:
        return None
    found = extractOne(typed, FORGIVEN, scorer=OSA.distance, score_cutoff=1)
    return NAMES[found[0]] if found else None


@lru_cache(maxsize=16)
def _card(say: Say, *, resuming: bool) -> Reply:
    """Return the card, which is the same for everybody who speaks one language."""
    doors = (Door.RESUME, *DOORS) if resuming else DOORS
    return Reply(say("menu.ask"), tuple(_choice(door, say) for door in doors))


def _choice(door: Door, say: Say) -> Choice:
    return Choice(PREFIX + door.value, say(f"menu.{door.value}"))
