"""The form of a call from its first reading to its ticket: read back, agreed to, filed once."""

from dataclasses import dataclass
from typing import Any

from aiohttp import web
from msgspec import Struct

from casework.calls.agreeing import agreed
from casework.calls.call_desk import CallDesk
from casework.calls.caller import Call
from casework.calls.danger import danger, safe_ways
from casework.calls.taking import Wish, needs_no_word
from casework.calls.typed import Doubt, Filled, Form, mark_of, read
from casework.citizen.filing import nik_of
from conversations.forms.filing import area_of
from conversations.forms.recap import recap
from conversations.parties import Another
from web.console.calls.form import CallForm
from web.console.calls.page import CallPage
from web.console.calls.rows import rows
from web.console.sheets import UNFIT


class Ready(Struct, frozen=True):
    """A whole form, read back and agreed to as *form* says."""

    call: Call
    form: CallForm
    filled: Filled
    another: Another | None

    @property
    def summary(self) -> str:
        """What is read back; of the safe path nothing, for somebody may be listening."""
        service = self.form.service
        return "" if service.safe_path else recap(self.filled.draft, service, self.call.say)

    @property
    def mark(self) -> str:
        """By what the summary is known again: what was changed since must be read anew."""
        how = self.another.method.value if self.another else ""
        answers = [f"{one.key}={one.value}" for one in self.filled.draft.answers]
        return mark_of("\n".join((how, *answers)))

    @property
    def needs_word(self) -> bool:
        """Whether the caller must agree to how their data are used before it is filed."""
        witnessed = self.form.resident and self.another is not None
        return not (witnessed or needs_no_word(self.filled.draft, self.call.say))

    @property
    def missing(self) -> str:
        """What nobody said yet: "agrees" or "sure", empty where all is said."""
        if self.needs_word and not self.form.agrees:
            return "agrees"
        return "sure" if self.form.service.confirm_twice and not self.form.sure else ""

    @property
    def wish(self) -> Wish:
        """What is to be filed."""
        return Wish(
            draft=self.filled.draft,
            once=self.form.once,
            another=self.another,
            agrees=self.form.agrees,
            texts=self.form.texts and self.call.caller.texts,
        )


@dataclass(frozen=True, slots=True)
class Filling:
    """Takes forms in, step by step."""

    desk: CallDesk
    page: CallPage

    async def take(
        self, request: web.Request, call: Call, form: CallForm, *, send: bool
    ) -> web.Response:
        """Read *form* and show its summary; with *send* file it, once that was read."""
        paper = Form(form.service, call.caller.address, call.at, form.relation)
        filled = read(paper, form.typed, call.say)
        another = agreed(filled.draft, form.agreement, call)
        if isinstance(another, Doubt) or not filled.whole:
            doubt = another if isinstance(another, Doubt) else None
            return self._unfit(request, call, form, (filled, doubt))
        ready = Ready(call, form, filled, another)
        if not send or form.seen != ready.mark:
            return await self._summed_up(request, ready)
        taken = None if ready.missing else await self.desk.taking.file(call, ready.wish)
        if taken is None:
            return await self._summed_up(request, ready, ready.missing)
        return self.page.show(request, call, taken=taken, service=form.service, ready=ready)

    def misnumbered(
        self, request: web.Request, call: Call, form: CallForm, number: str
    ) -> web.Response:
        """Show *form* as it came: the *number* for news is none."""
        paper = Form(form.service, call.caller.address, call.at, form.relation)
        shown = self._form(call, form, read(paper, form.typed, call.say))
        return self.page.show(request, call, UNFIT, **shown, number=number, fault="number")

    def _unfit(
        self,
        request: web.Request,
        call: Call,
        form: CallForm,
        read_so: tuple[Filled, Doubt | None],
    ) -> web.Response:
        """Show what is missing or in doubt."""
        filled, doubt = read_so
        return self.page.show(request, call, UNFIT, **self._form(call, form, filled), doubt=doubt)

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
            request, call, status, **shown, ready=ready, earlier=earlier, missing=missing
        )

    def _form(self, call: Call, form: CallForm, filled: Filled) -> dict[str, Any]:
        """Return the values with which the form is shown as it stands."""
        return {
            "service": form.service,
            "form": form,
            "rows": rows(form.service, filled, call.say),
            "once": form.once,
            "relation": filled.draft.relation,
            "danger": danger(form.service, filled, call.say),
            "safe_ways": safe_ways(filled, call.say),
        }
