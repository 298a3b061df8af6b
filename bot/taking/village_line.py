"""What a village's people do from their chat: one line, one thing, for a chat that was bound.

Each line begins with WORD, which no citizen's answer does, so that ordinary messages pass by at no
cost. Whoever is not bound is answered like anybody: the code is the whole way in.
"""

import re
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.taking.turns import TAKEN, Taken, inbox_key
from casework.board.case import CaseDesk
from casework.board.views import CaseView, View
from casework.board.worklist import WorkList, usual
from casework.calls.call_desk import CallDesk
from casework.calls.caller import Caller
from casework.calls.checking import Checked
from casework.desk.deeds import Brought
from casework.desk.steps import BY_HAND
from casework.staff.person import Staff
from casework.telling.answer import Answer
from casework.ticket.step_names import StepName
from casework.ticket.views import Done, Told
from casework.village.chats import Chats
from conversations.forms.resident import TAP
from conversations.messages import Address, Choice, Inbound, Reply
from conversations.say import LANGUAGES, Say, Voices
from conversations.session import Session
from referrals import commands
from referrals.codes import read_code, shown
from referrals.district.staffing import Power
from storage.replies.outbox import OutboxItem
from storage.store import Store
from storage.unit import Outcome

WORD = re.compile(r"/desa\b", re.IGNORECASE)
PICKED = "/desa "  # what the value of each button begins with
BIND = re.compile(r"\d{4}[ -]?\d{4}")
CASE = re.compile(r"((?:\d[ -]?){9})(?:\s+(\w+))?(?:\s+(.*))?", re.DOTALL)
CHECK = re.compile(r"cek\s+(\S+)\s+(\S+)", re.IGNORECASE)
SHOWN = 8  # cases in one message
UNWORDED = frozenset({"words_missing", "words_long"})  # refusals: the reason has to be mended
FORMS = ("usul", "perbaikan")  # what is typed to fill a form in for a resident
STEPS = {
    "terima": StepName.ACCEPT,
    "naik": StepName.ESCALATE,
    "lanjut": StepName.RESUME,
}
"""What is typed behind a code, and the step it is: those that need no photo and no form."""


def is_village(inbound: Inbound) -> bool:
    """Tell whether *inbound* is a line for a village's people: of a chat, and never by SMS."""
    if not inbound.sender.channel.traits.vouches:
        return False
    return bool(WORD.match(inbound.picked or inbound.text))


class Work(Struct, frozen=True):
    """What lines are answered with."""

    store: Store
    chats: Chats
    worklist: WorkList
    cases: CaseDesk
    calls: CallDesk
    voices: Voices
    known: Callable[[Address], Awaitable[Session | None]]
    now: Callable[[], datetime]
    hand_over: Callable[[Iterable[OutboxItem]], None]


class Line(Struct, frozen=True):
    """One line that somebody typed, and the voice that answers it."""

    wish: str  # what stands behind WORD
    sender: Address
    say: Say
    answer: Callable[[Reply], Answer]  # kept with the deed that the line brings about

    def menu(self, before: str = "") -> Reply:
        """Return what can be typed, behind the text *before*."""
        text = "\n\n".join(part for part in (before, self.say("village.menu")) if part)
        return Reply(text, (Choice(f"{PICKED}tiket", self.say("village.tickets")),))

    def told(self, text: Told) -> str:
        """Return *text* in the line's language."""
        return text if isinstance(text, str) else text.in_language(self.say.language)


class VillageLine:
    """Answers them, each once: what is done is kept in one unit with its answer."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def form(self, inbound: Inbound) -> Inbound | None:
        """Return what begins the form that *inbound* asks for, None for any other line.

        The conversation takes it from there, as any citizen's. Raises StoreUnavailable.
        """
        wish = _wish_of(inbound).lower()
        if wish not in FORMS:
            return None
        staff = await self._work.chats.who(inbound.sender, self._work.now())
        if staff is None or not staff.may(Power.FILE):
            return None
        district = self._work.calls.district
        service = district.propose_service if wish == "usul" else district.correct_service
        return replace(inbound, text="", picked=f"{TAP}{service}")

    async def take(self, inbound: Inbound) -> Taken:
        """Do what *inbound* says, and answer it. Raises StoreUnavailable."""
        if await self._work.store.happened(*inbox_key(inbound)):
            return Taken.KNOWN
        line = await self._line(inbound)
        reply = await self._reply(line)
        return await self._keep(line.answer(reply)) if reply is not None else Taken.ANSWERED

    async def _keep(self, answer: Answer) -> Taken:
        """Answer a line that changed nothing."""
        unit = self._work.store.unit()
        answer.write(unit)
        outcome = await self._work.store.commit(unit)
        if outcome is Outcome.KEPT:
            answer.go(unit)
        return TAKEN[outcome]

    async def _line(self, inbound: Inbound) -> Line:
        """Return what *inbound* says, to be answered in the language of its chat."""
        work, key, now = self._work, inbox_key(inbound), self._work.now()
        session = await work.known(inbound.sender)
        spoken = session.language if session else inbound.language
        return Line(
            wish=_wish_of(inbound),
            sender=inbound.sender,
            say=work.voices[spoken if spoken in LANGUAGES else LANGUAGES[0]],
            answer=lambda reply: Answer(key, inbound.sender, reply, now, work.hand_over),
        )

    async def _reply(self, line: Line) -> Reply | None:
        """Return what to answer, None where the answer was kept with what was done."""
        staff = await self._work.chats.who(line.sender, self._work.now())
        if BIND.fullmatch(line.wish) and await self._bound(line, staff):
            return None
        if staff is None:
            return Reply(line.say("village.unknown"))
        return await self._wish(staff, line)

    async def _bound(self, line: Line, before: Staff | None) -> bool:
        """Bind the chat, of *before* until now, if the code is right; tell if that is answered."""

        def answer(found: Staff | None) -> Answer:
            if found is not None:
                return line.answer(line.menu(line.say("village.bound", name=found.name)))
            return line.answer(line.menu() if before else Reply(line.say("village.unknown")))

        code = re.sub(r"\D", "", line.wish)
        return await self._work.chats.bind(line.sender, code, self._work.now(), answer)

    async def _wish(self, staff: Staff, line: Line) -> Reply | None:
        work, wish = self._work, line.wish
        if wish.lower() == "tiket":
            return await self._list(staff, line)
        if wish.lower() == "putus":
            parted = line.answer(Reply(line.say("village.parted")))
            await work.chats.let_go(staff, work.now(), parted)
            return None
        if found := CHECK.fullmatch(wish):
            return await self._check(staff, line, found[1], found[2])
        if (found := CASE.fullmatch(wish)) and staff.may(Power.CASE):
            code = read_code(found[1])
            return await self._case(staff, line, code or "", found[2] or "", found[3] or "")
        return line.menu()

    async def _list(self, staff: Staff, line: Line) -> Reply:
        """Return the village's open cases, the soonest due first."""
        work, say = self._work, line.say
        listing = await work.worklist.page(staff, usual(staff, View.OPEN), "", work.now())
        lines = listing.lines[:SHOWN]
        if not lines:
            return Reply(say("village.none"))
        told = [
            say("village.line", code=shown(one.code), service=line.told(one.service))
            for one in lines
        ]
        return Reply("\n".join([say("village.listed"), *told, say("village.open_how")]))

    async def _check(self, staff: Staff, line: Line, nik: str, proof: str) -> Reply | None:
        """Answer what the registry says; counted and noted as every look-up of an account."""
        calls = self._work.calls
        call = calls.call(staff, Caller(), line.say.language)

        def answer(checked: Checked) -> Answer:
            return line.answer(Reply(checked.told))

        checked = await calls.checking.present(call, nik, proof, answer)
        return Reply(line.say(f"village.fault_{checked.fault}")) if checked.fault else None

    async def _case(
        self, staff: Staff, line: Line, code: str, step: str, words: str
    ) -> Reply | None:
        work, now = self._work, self._work.now()
        case = await work.cases.see(staff, code, now) if code else None
        if case is None:
            return Reply(line.say("village.gone"))
        if step.lower() == "catat":
            return await self._note(staff, line, code, words)
        command = _command(case, STEPS.get(step.lower()))
        if command is None:
            return _opened(case, line)
        done = line.answer(Reply(line.say("village.done", code=shown(code))))
        brought = Brought(words, as_of=case.events, answer=done)
        became = await work.cases.act(staff, code, command, brought, now)
        if isinstance(became, Done):
            return None
        if became.reason in UNWORDED:
            return Reply(line.say("village.words_missing"))
        return Reply(line.say("village.not_done", code=shown(code)))

    async def _note(self, staff: Staff, line: Line, code: str, words: str) -> Reply | None:
        noted, now = line.answer(Reply(line.say("village.noted"))), self._work.now()
        kept = await self._work.cases.note(staff, code, words, now, noted)
        return None if kept else Reply(line.say("village.words_missing"))


def _wish_of(inbound: Inbound) -> str:
    """Return what stands behind WORD."""
    return WORD.sub("", (inbound.picked or inbound.text).strip(), count=1).strip()


def _opened(case: CaseView, line: Line) -> Reply:
    """Return how a case stands, and the steps that can be taken from a chat; nobody's name."""
    say, view = line.say, case.view
    text = say(
        "village.case",
        code=shown(view.code),
        service=line.told(view.service_label),
        area=view.area_path or "-",
    )
    offered = [word for word, step in STEPS.items() if _command(case, step)]
    how = [say(f"village.how_{STEPS[word]}", code=view.code) for word in offered]
    return Reply("\n".join([text, *how, say("village.how_note", code=view.code)]))


def _command(case: CaseView, step: StepName | None) -> commands.Command | None:
    """Return the command of *step*, None where the lifecycle does not offer it now."""
    view = case.view
    if step not in view.actions:
        return None
    match step:
        case StepName.ACCEPT:
            return commands.Accept(leg=view.leg)
        case StepName.RESUME:
            return commands.Resume(leg=view.leg)
        case StepName.ESCALATE if view.above:
            return commands.Escalate(leg=view.leg, agency=view.above[0][0], rule=BY_HAND)
        case _:
            return None
