"""What a caller answers to the ticket that they proved, taken in from the page of the call."""

from dataclasses import dataclass

from aiohttp import web

from casework.calls.call_desk import CallDesk
from casework.calls.caller import Call
from casework.calls.checking import Checked
from casework.citizen.answered import Given, read_given
from web.console.calls.form import FORM_ONCE
from web.console.calls.page import CallPage
from web.console.guard import sheet_of
from web.console.sheets import MOVED_ON, UNFIT, Sheet

LONGEST_WORD = 1000  # characters of what carries a proof on
OVER = "proof_over"


@dataclass(frozen=True, slots=True)
class CallAnswers:
    """Notes them, and shows how the ticket stands then."""

    desk: CallDesk
    page: CallPage

    async def take(self, request: web.Request, call: Call) -> web.Response:
        """Do what the form says, once; without a proof that still holds, ask for it again."""
        sheet, heard = sheet_of(request), self.desk.heard
        given, code = _given(sheet), heard.code_of(call, sheet.text("word")[:LONGEST_WORD])
        if given is None:
            raise web.HTTPBadRequest
        if not code:
            return self.page.show(request, call, UNFIT, checked=Checked(fault=OVER))
        wrong = await heard.take(call, code, given)
        told, answerable = await heard.now_told(call, code)
        return self.page.show(
            request,
            call,
            MOVED_ON if wrong == "moved_on" else UNFIT if wrong else 200,
            known=await self.desk.earlier.of_caller(call),
            checked=Checked(told, answerable=answerable),
            given=given,
            wrong=wrong,
            done="" if wrong else given.name,
            once=self.desk.token(),
        )


def _given(sheet: Sheet) -> Given | None:
    """Return the answer that *sheet* brings, None for a form without a name of its own."""
    once = sheet.text("once")
    return read_given(sheet.text, once) if FORM_ONCE.fullmatch(once) else None
