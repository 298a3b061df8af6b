"""The unit of work: everything that one turn wants kept, all of it or nothing."""

from enum import Enum

from storage.audit.notes import AuditWrites
from storage.cases.followers import FollowerWrites
from storage.cases.parties import PartyWrites
from storage.chats.asks import AskWrites
from storage.chats.inbox import InboxWrites
from storage.chats.linked import LinkWrites
from storage.chats.looks import LookWrites
from storage.chats.proofs import ProofWrites
from storage.chats.sessions import SessionWrites
from storage.chats.spending import SpendWrites
from storage.chats.wishes import WishWrites
from storage.console.holdings import HoldingWrites
from storage.console.staff import StaffWrites
from storage.console.staff_chats import StaffChatWrites
from storage.console.staff_tries import TryWrites
from storage.console.village import VillageWrites
from storage.console.worklist import WorklistWrites
from storage.database.writes import Loss
from storage.notes import NoteWrites
from storage.replies.deliveries import DeliveryWrites
from storage.replies.letters import LetterWrites
from storage.replies.outbox import OutboxWrites
from storage.replies.sent import SentWrites
from storage.replies.tolls import TollWrites
from storage.timers import TimerWrites
from storage.upkeep.erasing import EraseWrites


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

    lost: Loss | None = None

    @property
    def outcome(self) -> Outcome:
        """What became of it, once committed."""
        if self.lost is None:
            return Outcome.KEPT
        return Outcome.DUPLICATE if self.lost is Loss.MESSAGE else Outcome.LOST
