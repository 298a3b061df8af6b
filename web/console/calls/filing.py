"""The form of a call from its first reading to its ticket: read back, agreed to, filed once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from casework.calls.agreeing import PHONE
from casework.calls.call_desk import CallDesk
from casework.calls.caller import Call
from casework.calls.danger import danger, safe_ways
from casework.calls.ready import CallForm, Ready, Unready, answers_of, readied
from casework.calls.typed import Doubt, Filled
from casework.citizen.filing import nik_of
from conversations.forms.filing import area_of
from web.console.calls.form import PAPER
from web.console.calls.page import CallPage
from web.console.calls.photos import Photos
from web.console.calls.rows import rows
from web.console.guard import sheet_of
from web.console.sheets import UNFIT


@dataclass(frozen=True, slots=True)
class Filling:
    """Takes forms in, step by step."""

    desk: CallDesk
    page: CallPage

    async def take(
        self, request: web.Request, call: Call, form: CallForm, *, send: bool
    ) -> web.Response:
        """Read *form* and show its summary; with *send* file it, once that was read."""
        photos = Photos(self.desk, self.page.shell.voice(request))
        form, wrong = await photos.taken(call, form, sheet_of(request))
        ready = await self._readied(call, form, wrong)
        if isinstance(ready, Unready):
            shown = self._form(call, form, ready.filled)
            return self.page.show(request, call, UNFIT, **shown, doubt=ready.doubt)
        if not (send and ready.was_read):
            return await self._summed_up(request, ready)
        taken = None if ready.missing else await self.desk.taking.file(call, ready.wish)
        if taken is None:
            return await self._summed_up(request, ready, ready.missing)
        return self.page.show(request, call, taken=taken, service=form.service, ready=ready)

    async def _readied(
        self, call: Call, form: CallForm, wrong: Sequence[Doubt]
    ) -> Ready | Unready:
        """Return *form* as it can be read back; nobody is asked by text more than they bear."""
        ready = readied(call, form, wrong)
        if isinstance(ready, Unready) or await self.desk.taking.may_ask(call, ready.wish):
            return ready
        return Unready(ready.filled, Doubt(PHONE, call.say("another.not_texted")))

    def misnumbered(
        self, request: web.Request, call: Call, form: CallForm, number: str
    ) -> web.Response:
        """Show *form* as it came: the *number* for news is none."""
        shown = self._form(call, form, answers_of(call, form))
        return self.page.show(request, call, UNFIT, **shown, number=number, fault="number")

    async def _summed_up(
        self, request: web.Request, ready: Ready, missing: str = ""
    ) -> web.Response:
        """Show the summary, and what was filed before: a hint, and never a refusal."""
        call, form, draft = ready.call, ready.form, ready.filled.draft
        nik, area = nik_of(draft, form.service) or "", area_of(draft, form.service)
        earlier = await self.desk.earlier.like(call, form.service.code, nik, area)
        shown = self._form(call, form, ready.filled)
        status = UNFIT if missing else 200
        return self.page.show(
            request,
            call,
            status,
            **shown,
            ready=ready,
            earlier=earlier.tickets,
            over=earlier.over,
            missing=missing,
        )

    def _form(self, call: Call, form: CallForm, filled: Filled) -> dict[str, Any]:
        """Return the values with which the form is shown as it stands."""
        return {
            "service": form.service,
            "form": form,
            "rows": rows(form.service, filled, call.say),
            "paper_fault": next((one.told for one in filled.doubts if one.key == PAPER), ""),
            "once": form.once,
            "relation": filled.draft.relation,
            "danger": danger(form.service, filled, call.say),
            "safe_ways": safe_ways(filled.alarms, call.say),
        }
