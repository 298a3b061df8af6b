"""What people at an agency get to see: one leg of one ticket, and the letters that announce it."""

from datetime import date, datetime

from msgspec import Struct

from referrals.directory import Priority, Words
from referrals.ticket import LegState, TicketState

Told = Words | str  # a text in each of our languages, or one that is the same in all of them

ACTIONS = (
    "accept",
    "return",
    "ask",
    "resolve",
    "decline",
    "refer",  # only for the district's desk: nobody was found yet, or somebody returned it
)


class LegView(Struct, frozen=True, kw_only=True):
    """One agency's share of a ticket: what that agency needs and nothing more."""

    code: str  # nine digits
    leg: int  # 0 is the desk before any agency had the ticket
    agency: str  # the agency's code
    agency_name: Told
    service_label: Told
    state: TicketState
    leg_state: LegState
    opened_at: datetime  # aware, UTC
    priority: Priority
    area_path: str  # "Desa Sukamaju, Kecamatan Contoh", empty where no area was asked
    due: date | None = None  # the day until which an answer is promised to the citizen
    answers: tuple[tuple[Told, str], ...] = ()  # label, what the citizen saw; shared fields only
    attachments: int = 0  # photos and documents that lie with the ticket
    note: Told = ""  # an honest word to read first: vault rules, a reopened case
    actions: tuple[str, ...] = ()  # which of ACTIONS this leg can take now
    history: tuple[tuple[datetime, Told], ...] = ()  # the oldest first
    agencies: tuple[tuple[str, Told], ...] = ()  # code and name, to return it to a better one
    decline_reasons: tuple[tuple[str, Told], ...] = ()  # code and label, the only ones allowed
    desk: bool = False  # the page of the district's desk, which sends the ticket on
    vault: bool = False  # only what its form asked: how and when contact is safe, no story

    def __repr__(self) -> str:
        return f"LegView({self.code}, leg {self.leg}, {self.leg_state.value})"


class Done(Struct, frozen=True):
    """The command was committed, and whom it concerns is being told."""

    code: str
    state: TicketState


class Tried(Struct, frozen=True):
    """How a letter stands on one way to its agency."""

    way: str  # the kind of the row's way
    state: str  # waiting, by_hand, sent, delivered or failed
    at: datetime  # aware, UTC


class Letter(Struct, frozen=True, kw_only=True):
    """One message to an agency, as the demo's inbox shows it."""

    at: datetime  # aware, UTC
    agency: str = ""  # code
    agency_name: Told
    subject: str
    text: str
    link: str  # the signed page of the leg; empty where the letter only tells something
    tried: tuple[Tried, ...] = ()  # the newest last
    vault: bool = False  # for its own office's eyes; without a link unless that office asks

    def __repr__(self) -> str:
        return f"Letter({self.subject!r})"
