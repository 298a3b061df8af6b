"""The unit of work: everything that one turn wants kept, all of it or nothing."""

from enum import Enum

from storage.asks import AskWrites
from storage.audit import AuditWrites
from storage.deliveries import DeliveryWrites
from storage.erasing import EraseWrites
from storage.followers import FollowerWrites
from storage.holdings import HoldingWrites
from storage.inbox import InboxWrites
from storage.letters import LetterWrites
from storage.linked import LinkWrites
from storage.looks import LookWrites
from storage.notes import NoteWrites
from storage.outbox import OutboxWrites
from storage.parties import PartyWrites
from storage.proofs import ProofWrites
from storage.sent import SentWrites
from storage.sessions import SessionWrites
from storage.spending import SpendWrites
from storage.staff import StaffWrites
from storage.staff_chats import StaffChatWrites
from storage.staff_tries import TryWrites
from storage.timers import TimerWrites
from storage.tolls import TollWrites
from storage.village import VillageWrites
from storage.wishes import WishWrites
from storage.worklist import WorklistWrites
from storage.writes import Loss, Pen


class Outcome(Enum):
    """What became of a unit."""

    KEPT = "kept"
    DUPLICATE = "duplicate"  # the message was committed before; nothing was done
    LOST = "lost"  # a condition did not hold (`Unit.lost` says which); nothing was done


class Unit(
    InboxWrites,
    SessionWrites,
    ProofWrites,
    LookWrites,
    SpendWrites,
    AskWrites,
    EraseWrites,
    LetterWrites,
    DeliveryWrites,
    FollowerWrites,
    PartyWrites,
    WishWrites,
    TimerWrites,
    NoteWrites,
    OutboxWrites,
    SentWrites,
    LinkWrites,
    TollWrites,
    StaffWrites,
    TryWrites,
    WorklistWrites,
    HoldingWrites,
    VillageWrites,
    StaffChatWrites,
    AuditWrites,
):
    """Conditions and writes of one turn; `Store.commit` keeps them together."""

    def __init__(self, pen: Pen) -> None:
        super().__init__(pen)
        self.lost: Loss | None = None

    @property
    def outcome(self) -> Outcome:
        """What became of it, once committed."""
        if self.lost is None:
            return Outcome.KEPT
        return Outcome.DUPLICATE if self.lost is Loss.MESSAGE else Outcome.LOST
