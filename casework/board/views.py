"""What the console's people get to see of the work list and of a case."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from casework.board.happenings import Happening
from casework.ticket.views import LegView, Told
from conversations.messages import Channel
from referrals.clocks import Clock
from referrals.district.directory import Priority
from referrals.district.replies import Canned
from referrals.ticket import LegState, TicketState


class View(StrEnum):
    """The ways to look at the work list."""

    OPEN = "open"
    MINE = "mine"
    FREE = "free"  # nobody has taken it on
    OVERDUE = "overdue"
    RISKY = "risky"  # a quarter of the time is left
    CITIZEN = "citizen"  # it waits for its citizen
    OVER = "over"  # finished, the newest first


class Filters(Struct, frozen=True, kw_only=True):
    """What a list is narrowed to; an empty text narrows nothing."""

    view: View = View.OPEN
    service: str = ""
    agency: str = ""
    area: str = ""
    state: str = ""
    turn: str = ""
    channel: str = ""
    age: int = 0  # days since it was filed, at least


class Line(Struct, frozen=True, kw_only=True):
    """A case in a list."""

    code: str
    service: Told
    area: str  # "Desa Sukamaju, Kecamatan Contoh"
    agency: Told
    state: TicketState
    turn: str
    priority: Priority
    channel: str
    opened_at: datetime
    due: datetime | None
    overdue: bool
    risky: bool
    holder: str  # what they are called, "" where nobody has taken it on
    mine: bool
    returned: bool  # its citizen said that it is not solved, and no office has answered since


class Listing(Struct, frozen=True, kw_only=True):
    """A page of the work list, and how much there is in each view of it."""

    filters: Filters
    lines: tuple[Line, ...]
    next: str  # what the next page comes after, "" on the last
    counts: Mapping[View, int]  # MOST_COUNTED stands for that many or more


class ClockShown(Struct, frozen=True, kw_only=True):
    """A clock of the case that runs, or stands still."""

    clock: Clock
    agency: Told  # whose, "" of the ticket itself
    due: datetime | None
    paused: bool
    overdue: bool
    risky: bool


class LegShown(Struct, frozen=True):
    """An office's share of the case."""

    number: int
    agency: Told
    state: LegState
    since: datetime


class NoteShown(Struct, frozen=True):
    """What an officer noted for others. Prints without its words."""

    by: str
    text: str
    at: datetime

    def __repr__(self) -> str:
        return f"NoteShown({len(self.text)} letters)"


class Reached(Struct, frozen=True, kw_only=True):
    """How the citizen is reached, and what it costs."""

    channel: Channel
    language: str
    shown: str  # the number masked, "" where the channel has none
    window: datetime | None  # until when WhatsApp takes free words
    closed: bool  # and whether that is over: a template of the district's is sent instead


class Written(Struct, frozen=True, kw_only=True):
    """A message as the citizen would get it."""

    text: str
    letters: int
    segments: int  # text messages it costs; 0 where the channel does not charge by them


class Objection(Struct, frozen=True):
    """That the citizen said it is not solved. Prints without their words."""

    at: datetime
    words: str

    def __repr__(self) -> str:
        return f"Objection({len(self.words)} letters)"


class CaseView(Struct, frozen=True, kw_only=True):
    """A case, whole, as its reader may see it. Prints by its code alone."""

    view: LegView
    events: int  # how long the case's log is: what a form was shown at
    person: tuple[tuple[Told, str], ...]  # what tells who somebody is: masked unless *revealed*
    story: tuple[tuple[Told, str], ...]
    revealed: bool
    may_reveal: bool
    word: str  # that opens the case's papers for a while, where it is *revealed*
    line: Reached | None  # None of a vault's case: nothing is written to its citizen
    by_voice: bool  # nor to one who left no number: who takes a step tells them themself
    clocks: tuple[ClockShown, ...]
    legs: tuple[LegShown, ...]
    timeline: tuple[Happening, ...]  # the oldest first
    notes: tuple[NoteShown, ...]
    holder: str
    mine: bool
    held_until: datetime | None
    elsewhere: tuple[tuple[Told, str], ...]  # for the desk: offices, and who has their share
    returned: Objection | None  # the citizen's last word, where they said that it is not solved
    present: tuple[str, ...]  # who else has it open
    replies: Mapping[str, tuple[Canned, ...]]  # by step
    tells: Mapping[str, Written]  # the steps that become a message, with the least it says
    missed: int = 0  # events that happened since a form was shown

    def __repr__(self) -> str:
        return f"CaseView({self.view.code})"
