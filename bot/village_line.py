"""What a village's people do from their chat: one line, one thing, for a chat that was bound.

Each line begins with WORD, which no citizen's answer does, so that ordinary messages pass by at no
cost. Whoever is not bound is answered like anybody: the code is the whole way in.
"""

import re
from collections.abc import Callable, Iterable
from datetime import datetime

from msgspec import Struct

from bot.turns import Taken, inbox_key
from casework.board.case import CaseDesk
from casework.board.views import CaseView, View
from casework.board.worklist import WorkList, usual
from casework.calls.call_desk import CallDesk
from casework.calls.caller import Caller
from casework.desk.steps import BY_HAND
from casework.staff.person import Staff
from casework.ticket.views import Done, Told
from casework.village.chats import CHANNELS, Chats
from conversations.messages import Choice, Inbound, Reply
from conversations.say import Say
from referrals import commands
from referrals.codes import read_code, shown
from referrals.staffing import Power
from storage.outbox import OutboxItem
from storage.store import Store
from storage.unit import Outcome

WORD = re.compile(r"/desa\b", re.IGNORECASE)
PICKED = "/desa "  # what the value of each button begins with
BIND = re.compile(r"\d{4}[ -]?\d{4}")
CASE = re.compile(r"((?:\d[ -]?){9})(?:\s+(\w+))?(?:\s+(.*))?", re.DOTALL)
CHECK = re.compile(r"cek\s+(\S+)\s+(\S+)", re.IGNORECASE)
SHOWN = 8  # cases in one message
SHORTEST, LONGEST = 3, 1000  # letters of a reason, as on a page
STEPS = {"terima": "accept", "naik": "escalate", "lanjut": "resume"}
"""What is typed behind a code, and the step it is: those that need no photo and no form."""


def is_village(inbound: Inbound) -> bool:
    """Tell whether *inbound* is a line for a village's people: of a chat, and never by SMS."""
    if inbound.sender.channel not in CHANNELS:
        return False
    return bool(WORD.match(inbound.picked or inbound.text))


class Work(Struct, frozen=True):
    """What lines are answered with."""

    store: Store
    chats: Chats
    worklist: WorkList
    cases: CaseDesk
    calls: CallDesk
    say: Say
    now: Callable[[], datetime]
    hand_over: Callable[[Iterable[OutboxItem]], None]


class VillageLine:
    """Answers them, each once."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def take(self, inbound: Inbound) -> Taken:
        """Do what *inbound* says, and answer it. Raises StoreUnavailable."""
        if await self._work.store.happened(*inbox_key(inbound)):
            return Taken.KNOWN
        reply = await self._answer(inbound)
        unit, now = self._work.store.unit(), self._work.now()
        unit.first_time(*inbox_key(inbound), now)
        items = [unit.send(inbound.sender, reply, now)]
        outcome = await self._work.store.commit(unit)
        if outcome is Outcome.KEPT:
            self._work.hand_over(items)
        return Taken.ANSWERED if outcome is Outcome.KEPT else Taken.KNOWN

    async def _answer(self, inbound: Inbound) -> Reply:
        wish = WORD.sub("", (inbound.picked or inbound.text).strip(), count=1).strip()
        work = self._work
        if BIND.fullmatch(wish):
            code = re.sub(r"\D", "", wish)
            staff = await work.chats.bind(inbound.sender, code, work.now())
            if staff is not None:
                return self._menu(work.say("village.bound", name=staff.name))
        staff = await work.chats.who(inbound.sender)
        if staff is None:
            return Reply(work.say("village.unknown"))
        return await self._wish(staff, wish, "/".join(inbox_key(inbound)))

    async def _wish(self, staff: Staff, wish: str, once: str) -> Reply:
        work = self._work
        if wish.lower() == "tiket":
            return await self._list(staff)
        if wish.lower() == "putus":
            await work.chats.let_go(staff, work.now())
            return Reply(work.say("village.parted"))
        if found := CHECK.fullmatch(wish):
            return await self._check(staff, found[1], found[2])
        if (found := CASE.fullmatch(wish)) and staff.may(Power.CASE):
            code = read_code(found[1])
            return await self._case(staff, code or "", found[2] or "", found[3] or "", once)
        return self._menu()

    def _menu(self, before: str = "") -> Reply:
        say = self._work.say
        text = "\n\n".join(part for part in (before, say("village.menu")) if part)
        return Reply(text, (Choice(f"{PICKED}tiket", say("village.tickets")),))

    async def _list(self, staff: Staff) -> Reply:
        """Return the village's open cases, the soonest due first."""
        work = self._work
        listing = await work.worklist.page(staff, usual(staff, View.OPEN), "", work.now())
        lines = listing.lines[:SHOWN]
        if not lines:
            return Reply(work.say("village.none"))
        told = [
            work.say("village.line", code=shown(one.code), service=self._told(one.service))
            for one in lines
        ]
        return Reply("\n".join([work.say("village.listed"), *told, work.say("village.open_how")]))

    async def _check(self, staff: Staff, nik: str, proof: str) -> Reply:
        """Return what the registry says; counted and noted as every look-up of an account."""
        work = self._work
        call = work.calls.call(staff, Caller(), work.say.language)
        checked = await work.calls.checking.family(call, nik, proof, present=True)
        return Reply(checked.told or work.say(f"village.fault_{checked.fault}"))

    async def _case(self, staff: Staff, code: str, step: str, words: str, once: str) -> Reply:
        work, now = self._work, self._work.now()
        case = await work.cases.see(staff, code, now) if code else None
        if case is None:
            return Reply(work.say("village.gone"))
        if not step:
            return self._opened(case)
        if step.lower() == "catat":
            kept = await work.cases.note(staff, code, words, now)
            return Reply(work.say("village.noted" if kept else "village.words_missing"))
        command = _command(case, STEPS.get(step.lower(), ""))
        if command is None:
            return self._opened(case)
        if isinstance(command, commands.Escalate) and not SHORTEST <= len(words) <= LONGEST:
            return Reply(work.say("village.words_missing"))
        done = await work.cases.act(
            staff, code, command, words[:LONGEST], now, once=once, as_of=case.events
        )
        key = "village.done" if isinstance(done, Done) else "village.not_done"
        return Reply(work.say(key, code=shown(code)))

    def _opened(self, case: CaseView) -> Reply:
        """Return how a case stands, and the steps that can be taken from a chat; nobody's name."""
        say, view = self._work.say, case.view
        text = say(
            "village.case",
            code=shown(view.code),
            service=self._told(view.service_label),
            area=view.area_path or "-",
        )
        offered = [word for word, step in STEPS.items() if _command(case, step)]
        how = [say(f"village.how_{STEPS[word]}", code=view.code) for word in offered]
        return Reply("\n".join([text, *how, say("village.how_note", code=view.code)]))

    def _told(self, text: Told) -> str:
        language = self._work.say.language
        return text if isinstance(text, str) else text.in_language(language)


def _command(case: CaseView, step: str) -> commands.Command | None:
    """Return the command of *step*, None where the lifecycle does not offer it now."""
    view = case.view
    if step not in view.actions:
        return None
    match step:
        case "accept":
            return commands.Accept(leg=view.leg)
        case "resume":
            return commands.Resume(leg=view.leg)
        case "escalate" if view.above:
            return commands.Escalate(leg=view.leg, agency=view.above[0][0], rule=BY_HAND)
        case _:
            return None
