"""What a caller answers to the ticket that they proved, taken in from the page of the call."""

from dataclasses import dataclass

from aiohttp import web

from casework.calls.call_desk import CallDesk
from casework.calls.caller import Call
from casework.calls.checking import Checked
from casework.citizen.answered import Given
from conversations.hearing.cleaning import clean
from web.console.calls.form import ONCE
from web.console.calls.page import CallPage
from web.console.guard import sheet_of
from web.console.sheets import MOVED_ON, UNFIT, Sheet

LONGEST = 1000  # characters of a reason
MOST = 100  # characters of a share's number, or an answer's name
OVER = "proof_over"


@dataclass(frozen=True, slots=True)
class CallAnswers:
    """Notes them, and shows how the ticket stands then."""

    desk: CallDesk
    page: CallPage

    async def take(self, request: web.Request, call: Call) -> web.Response:
        """Do what the form says, once; without a proof that still holds, ask for it again."""
        sheet, heard = sheet_of(request), self.desk.heard
        given, code = read_given(sheet), heard.code_of(call, sheet.text("word")[:LONGEST])
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


def read_given(sheet: Sheet) -> Given | None:
    """Return the answer that *sheet* brings, None for a form without a name of its own."""
    once, share = sheet.text("once"), sheet.text("share")[:MOST]
    if not ONCE.fullmatch(once):
        return None
    return Given(
        name=sheet.text("answer")[:MOST],
        reason=clean(sheet.text("reason"))[:LONGEST].strip(),
        share=int(share) if share.isascii() and share.isdecimal() else 0,
        once=once,
        unforced=sheet.text("unforced") == "on",
    )
