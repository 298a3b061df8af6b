"""All that people behind the door, and files on their way, can ask of a unit."""

from bot.district.reading import load
from conversations.messages import Attachment
from referrals.due.listing import shares
from storage.console.case_notes import CaseNote
from storage.console.staff import Account, Own, Sitting
from storage.console.staff_tries import Kind
from storage.console.village import Meeting, Minutes
from storage.shelf.arrivals import Arrival, Found
from storage.unit import Unit
from tests.bot.playing import DISTRICT
from tests.storage.samples import NOW, SITI, opened

ACCOUNT = Account(
    id="s1",
    role="officer",
    office="a",
    areas=(),
    state="active",
    own=Own(name="n", called="c"),
    version=1,
    made=NOW,
)
SITTING = Sitting(mark=b"m", staff="s1", began=NOW, seen=NOW, until=NOW, where="b")
ARRIVAL = Arrival(
    ref="r", channel=SITI.channel, code="1", file="f", found=None, at=NOW, owner=b"k"
)
MEETING = Meeting(id="m", office="a", minutes=Minutes(NOW.date(), "1", 9, "s1"), at=NOW)
KINDS: tuple[Kind, ...] = ("account", "browser", "address", "own")


def accounts(unit: Unit) -> Unit:
    """Ask of *unit* what accounts, sessions and bound chats need."""
    unit.add_account(ACCOUNT)
    unit.change_account(ACCOUNT)
    unit.invite("t", "s1", NOW)
    unit.withdraw_invitations("s1")
    unit.use_invitation("t", NOW)
    unit.begin_session("t", SITTING)
    unit.touch_session(b"m", NOW)
    unit.end_session(b"m")
    unit.end_sessions("s1")
    for kind in KINDS:
        unit.count_try(kind, "s1", NOW)
        unit.clear_tries(kind, "s1")
    unit.offer_chat("s1", "c", NOW)
    unit.bind_chat("s1", SITI, NOW)
    unit.touch_chat(SITI, NOW)
    unit.let_chats_go("s1")
    return unit


def board(unit: Unit) -> Unit:
    """Ask of *unit* what lists, cases and villages need."""
    ticket = opened()[0]
    unit.list_case(ticket, shares(ticket, load(DISTRICT)))
    unit.take("1", 1, "s1", NOW, NOW)
    unit.give("1", 1, "s1", NOW, NOW)
    unit.let_go("1", 1, "s1")
    unit.keep_meeting(MEETING)
    unit.count_look("s1", "nik 1", NOW, 9)
    unit.write_note(ticket, CaseNote(staff="s1", office="a", text="x", at=NOW))
    unit.forget_notes("1")
    return unit


def arriving(unit: Unit) -> Unit:
    """Ask of *unit* what files need that are on their way."""
    unit.arrive(SITI, Attachment("photo", "ref"), NOW)
    unit.file_arrival("r", "1")
    unit.settle_arrival(ARRIVAL, Found(), "f")
    unit.forget_arrival(ARRIVAL)
    unit.forget_unwanted(ARRIVAL)
    unit.forget_unfiled(SITI)
    unit.forget_filed("1")
    return unit
