"""What a village's people do from their chat: each line as far as its account reaches.

Whoever is not bound is answered like anybody: the code is the whole way in.
"""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from casework.board.case import CaseDesk
from casework.board.views import CaseView, View
from casework.board.worklist import WorkList, usual
from casework.calls.call_desk import CallDesk
from casework.calls.caller import Caller
from casework.calls.checking import Checked
from casework.desk.asked import Item, Lack, Wrong
from casework.desk.deeds import Brought
from casework.desk.steps import BY_HAND
from casework.staff.person import Staff
from casework.telling.answer import Answer
from casework.ticket.step_names import StepName
from casework.ticket.views import Done, LegView, Told
from casework.village.chats import Chats
from conversations.messages import Address, Reply
from conversations.say import Say
from conversations.village import answers
from conversations.village.answers import Row
from conversations.village.lines import Bind, Case, Check, Deed, Line, Word
from referrals import commands
from referrals.district.staffing import Power

UNWORDED = frozenset(  # refusals: the reason has to be mended
    Lack(Item.WORDS, one).refusal.reason for one in (Wrong.MISSING, Wrong.LONG)
)


class Typed(Struct, frozen=True):
    """A *line* that somebody typed *at* (aware, UTC), and how they are answered."""

    line: Line
    sender: Address
    say: Say
    at: datetime
    answer: Callable[[Reply], Answer]  # kept with the deed that the line brings about


class VillageLines(Struct, frozen=True):
    """Does what lines say. Raises StoreUnavailable."""

    chats: Chats
    worklist: WorkList
    cases: CaseDesk
    calls: CallDesk

    async def form(self, line: Line, sender: Address, now: datetime) -> str:
        """Return the service whose form *line* begins; "" for none, or where *sender* may not."""
        if line not in {Word.PROPOSE, Word.CORRECT}:
            return ""
        staff = await self.chats.who(sender, now)
        if staff is None or not staff.may(Power.FILE):
            return ""
        district = self.calls.district
        return district.propose_service if line is Word.PROPOSE else district.correct_service

    async def take(self, typed: Typed) -> Reply | None:
        """Return what to answer, None where the answer was kept with what was done."""
        staff = await self.chats.who(typed.sender, typed.at)
        if isinstance(typed.line, Bind) and await self._bound(typed, typed.line, staff):
            return None
        if staff is None:
            return answers.unknown(typed.say)
        return await self._done(staff, typed)

    async def _bound(self, typed: Typed, code: Bind, before: Staff | None) -> bool:
        """Bind the chat, of *before* until now, if the code is right; tell if that is answered."""

        def answer(found: Staff | None) -> Answer:
            if found is not None:
                return typed.answer(answers.bound(typed.say, found.name))
            told = answers.menu if before else answers.unknown
            return typed.answer(told(typed.say))

        return await self.chats.bind(typed.sender, code.code, typed.at, answer)

    async def _done(self, staff: Staff, typed: Typed) -> Reply | None:
        match typed.line:
            case Word.TICKETS:
                return await self._listed(staff, typed)
            case Word.PART:
                parted = typed.answer(answers.parted(typed.say))
                await self.chats.let_go(staff, typed.at, parted)
                return None
            case Check() as check:
                return await self._checked(staff, typed, check)
            case Case() as case if staff.may(Power.CASE):
                return await self._case(staff, typed, case)
            case _:
                return answers.menu(typed.say)

    async def _listed(self, staff: Staff, typed: Typed) -> Reply:
        """Return the village's open cases, the soonest due first."""
        say = typed.say
        listing = await self.worklist.page(staff, usual(staff, View.OPEN), "", typed.at)
        return answers.listed(say, [Row(one.code, _in(say, one.service)) for one in listing.lines])

    async def _checked(self, staff: Staff, typed: Typed, check: Check) -> Reply | None:
        """Answer what the registry says; counted and noted as every look-up of an account."""
        call = self.calls.call(staff, Caller(), typed.say.language)

        def answer(checked: Checked) -> Answer:
            return typed.answer(Reply(checked.told))

        checked = await self.calls.checking.present(call, check.nik, check.proof, answer)
        return answers.fault(typed.say, checked.fault) if checked.fault else None

    async def _case(self, staff: Staff, typed: Typed, case: Case) -> Reply | None:
        say, found = typed.say, None
        if case.code:
            found = await self.cases.see(staff, case.code, typed.at)
        if found is None:
            return answers.gone(say)
        if case.deed is Deed.NOTE:
            noted = typed.answer(answers.noted(say))
            kept = await self.cases.note(staff, case.code, case.words, typed.at, noted)
            return None if kept else answers.words_missing(say)
        command = _command(found.view, case.deed)
        if command is None:
            return _opened(found, say)
        done = typed.answer(answers.done(say, case.code))
        brought = Brought(case.words, as_of=found.events, answer=done)
        return await self._step(staff, typed, case.code, command, brought)

    async def _step(
        self, staff: Staff, typed: Typed, code: str, command: commands.Command, brought: Brought
    ) -> Reply | None:
        say, became = typed.say, await self.cases.act(staff, code, command, brought, typed.at)
        if isinstance(became, Done):
            return None
        unworded = became.reason in UNWORDED
        return answers.words_missing(say) if unworded else answers.not_done(say, code)


def _opened(case: CaseView, say: Say) -> Reply:
    """Return how a case stands, and what can be done with it from a chat."""
    view = case.view
    deeds = [deed for deed in Deed if deed is Deed.NOTE or _command(view, deed)]
    row = Row(view.code, _in(say, view.service_label))
    return answers.opened(say, row, view.area_path, deeds)


def _command(view: LegView, deed: Deed) -> commands.Command | None:
    """Return the command of *deed*, None where it is none, or the lifecycle does not offer it."""
    match deed:
        case Deed.ACCEPT if StepName.ACCEPT in view.actions:
            return commands.Accept(leg=view.leg)
        case Deed.RESUME if StepName.RESUME in view.actions:
            return commands.Resume(leg=view.leg)
        case Deed.ESCALATE if StepName.ESCALATE in view.actions and view.above:
            return commands.Escalate(leg=view.leg, agency=view.above[0][0], rule=BY_HAND)
        case _:
            return None


def _in(say: Say, text: Told) -> str:
    """Return *text* in the voice's language."""
    return text if isinstance(text, str) else text.in_language(say.language)
