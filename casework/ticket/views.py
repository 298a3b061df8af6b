"""What people at an agency get to see: one leg of one ticket, and the letters that announce it."""

from datetime import date, datetime

from msgspec import Struct

from casework.ticket.step_names import StepName
from conversations.messages import Place
from referrals.district.directory import Priority
from referrals.district.words import Words
from referrals.roles import Role
from referrals.states import AT_THE_AGENCY, STANDING
from referrals.ticket import ClosedBecause, LegState, TicketState

Told = Words | str  # a text in each of our languages, or one that is the same in all of them

UNANSWERED = frozenset({TicketState.REFERRED, TicketState.SUBMITTED, TicketState.TRIAGE})
FOR_CITIZENS = frozenset({StepName.HOLD, StepName.RESOLVE, StepName.DECLINE})
LOST = "lost"  # instead of a media type: the channel no longer had it, or it was unfit


class FileShown(Struct, frozen=True):
    """A photo or document that the reader may open, by its entry of the log and place there."""

    seq: int
    place: int  # 1, 2, … within the entry
    at: datetime
    proof: bool  # of an agency's work; else the citizen sent it
    kind: str = ""  # media type, where it is known already
    paper: bool = False  # it may tell who somebody is: the console opens it for a reason

    @property
    def lost(self) -> bool:
        """Whether it could not be fetched when it came."""
        return self.kind == LOST


class Twin(Struct, frozen=True):
    """Another ticket that may be about the same case, without what it says."""

    code: str
    service_label: Told
    state: TicketState
    opened_at: datetime
    agency_name: Told  # who has it
    same: str  # what they share: family, citizen, place (an area), or words about the place


class Help(Struct, frozen=True):
    """A programme that the registry records for the family."""

    code: str
    active: bool
    period: str


class Family(Struct, frozen=True):
    """What the family had or asked for already: a hint for the officer, never a refusal."""

    tickets: tuple[Twin, ...] = ()
    programmes: tuple[Help, ...] = ()
    edition: str = ""  # of the registry, empty where it does not know the family
    unproven: bool = False  # anybody may have typed the NIK: its programmes are kept back


class Proposal(Struct, frozen=True):
    """The desk's wish to end a ticket unanswered, which a second person agrees to or not."""

    by: str  # the office that wants it
    reason: str
    because: ClosedBecause | None = None  # None: strike it out

    def __repr__(self) -> str:
        return f"Proposal({self.by})"


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
    role: Role = Role.AGENCY  # as whom the link's holder acts
    own: bool = False  # the leg is the desk's own share, on which its verifier works as well
    respond_by: datetime | None = None  # when the first answer of substance is due
    resolve_by: datetime | None = None  # when it is to be done
    answers: tuple[tuple[Told, str], ...] = ()  # label, what the citizen saw; shared fields only
    places: tuple[Place, ...] = ()  # points on the map that stand in what is told
    files: tuple[FileShown, ...] = ()  # the oldest first
    note: Told = ""  # an honest word to read first: what is hidden and why, vault rules
    actions: tuple[StepName, ...] = ()  # what can be done with this leg now
    history: tuple[tuple[datetime, Told], ...] = ()  # the oldest first
    agencies: tuple[tuple[str, Told], ...] = ()  # code and name, to send it to a better one
    above: tuple[tuple[str, Told], ...] = ()  # code and name, to take it up to
    legs: tuple[tuple[str, Told], ...] = ()  # number and agency of the open ones, to recall
    shares: tuple[tuple[str, Told], ...] = ()  # the same of what came back, for the desk to place
    milestones: tuple[tuple[str, Told], ...] = ()  # code and label, where others decide
    systems: tuple[str, ...] = ()  # where a case can go on under a number of theirs
    decline_reasons: tuple[tuple[str, Told], ...] = ()  # code and label, the only ones allowed
    twins: tuple[Twin, ...] = ()  # for the desk: what this one may be a duplicate of
    family: Family = Family()
    awaited: int = 0  # log entry of the answer that must reach the citizen; 0: none
    unreached: bool = False  # it did not: a person has to call or visit
    hidden: bool = False  # whoever reads does not get to know who the citizen is
    telephone: str = ""  # for the desk that has to call; empty where the channel has none
    filed_by: Told = ""  # what who filed it is to the person it is for; empty where these are one
    proposal: Proposal | None = None  # to end it unanswered, for who agrees or not
    review_until: date | None = None  # the last day that a review may be put off to
    asked: str = ""  # what the office that added this one asks of it
    beside: str = ""  # token of the desk's own page, for a share that the desk itself holds
    vault: bool = False  # only what its form asked: how and when contact is safe, no story
    proof: bool = True  # done counts only with a photo or document of the work
    safe_now: bool = False  # of a vault ticket: contact with its citizen is safe right now
    safe_next: datetime | None = None  # else when it will be; None: not unless they come to us

    @property
    def standing(self) -> TicketState:
        """How it stands for the reader: an agency at work on a ticket reads of its own share."""
        share = STANDING.get(self.leg_state)
        theirs = (self.own or not self.desk) and self.state in AT_THE_AGENCY
        return share if share and theirs else self.state

    @property
    def desk(self) -> bool:
        """Whether it is the page of an officer who looks at the ticket as a whole."""
        return self.role not in {Role.AGENCY, Role.FACILITATOR}

    @property
    def asked_leg(self) -> int:
        """The leg that a question or a refusal is about: the desk's own where none is open."""
        return self.leg if not self.desk or self.legs else 0

    @property
    def promises_answer(self) -> bool:
        """Whether the first answer of substance is what is due, and not only more news."""
        return self.standing in UNANSWERED

    @property
    def warns_of_danger(self) -> bool:
        """Whether the reader may get in touch with somebody whom a wrong moment endangers."""
        return self.vault and self.role is not Role.DATA_PROTECTION

    @property
    def says_whose_turn(self) -> bool:
        """Whether the reader is told what they have to do: who facilitates takes no turn."""
        return self.role is not Role.FACILITATOR

    def told_by_hand(self, action: str) -> bool:
        """Tell whether *action* says that the reader told the citizen themself."""
        return action == StepName.REACHED

    def tells_nobody(self, action: str) -> bool:
        """Tell whether *action* sends no message, and the reader has to tell the citizen."""
        return self.vault and not self.told_by_hand(action)

    def words_reach_nobody(self, action: str) -> bool:
        """Tell whether *action* keeps as a note what is written for the citizen elsewhere."""
        return self.vault and action in FOR_CITIZENS

    def __repr__(self) -> str:
        return f"LegView({self.code}, leg {self.leg}, {self.leg_state.value})"


class Opened(Struct, frozen=True):
    """A file as somebody looks at it."""

    kind: str  # media type
    content: bytes
    name: str  # what it is called when it is saved

    def __repr__(self) -> str:
        return f"Opened({self.kind}, {len(self.content)} bytes)"


class ProofView(Struct, frozen=True, kw_only=True):
    """What a citizen sees of the proofs that came with an answer."""

    code: str
    agency_name: Told
    at: datetime
    kinds: tuple[str, ...]  # media types, in the order of their places
    waits: bool  # whether the ticket waits for SUDAH or BELUM now


class Done(Struct, frozen=True):
    """The command was committed, and whom it concerns is being told."""

    code: str
    state: TicketState


class Tried(Struct, frozen=True):
    """How a letter stands on one way to its agency."""

    way: str  # the kind of the row's way
    state: str  # waiting, by_hand, sent, delivered, moot or failed
    at: datetime  # aware, UTC


class Letter(Struct, frozen=True, kw_only=True):
    """One message to an agency, as the demo's inbox shows it."""

    at: datetime  # aware, UTC
    agency: str = ""  # code
    code: str = ""  # of the ticket; empty where the letter names none
    agency_name: Told
    subject: str
    text: str
    link: str  # the signed page of the leg; empty where the letter only tells something
    tried: tuple[Tried, ...] = ()  # the newest last
    vault: bool = False  # for its own office's eyes; without a link unless that office asks

    def __repr__(self) -> str:
        return f"Letter({self.subject!r})"
