"""The page of a call, whatever step it is at: one template, and what it always needs."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from aiohttp import web

from casework.calls.agreeing import RELATIONS, WAYS, can_be_anothers
from casework.calls.call_desk import CallDesk
from casework.calls.caller import Call
from casework.calls.earlier import OfCaller
from casework.citizen.answered import LONGEST_REASON, WITH_REASON
from conversations.say import LANGUAGES, Say
from referrals.district.directory import FieldKind, Group, Service
from web.console.shell import Shell

NOTHING: dict[str, Any] = {
    "known": OfCaller(looked=False),
    "number": "",
    "fault": "",
    "words": "",
    "likely": None,
    "checked": None,
    "step": "",
    "leads": (),
    "nik": "",
    "given": None,
    "wrong": "",
    "done": "",
    "service": None,
    "form": None,
    "rows": (),
    "once": "",
    "relation": None,
    "danger": (),
    "safe_ways": (),
    "doubt": None,
    "paper_fault": "",
    "ready": None,
    "earlier": (),
    "over": False,
    "missing": "",
    "taken": None,
}
"""What a step does not show."""


@dataclass(frozen=True, slots=True)
class CallPage:
    """Renders it; with *resident* for who files for somebody before them."""

    desk: CallDesk
    shell: Shell
    resident: bool

    def show(
        self, request: web.Request, call: Call, status: int = 200, **values: object
    ) -> web.Response:
        """Return the page with *values*."""
        service = values.get("service")
        return self.shell.page(
            request,
            "console/call.html",
            status,
            **NOTHING
            | {"number": call.caller.shown}
            | values
            | {
                "call": call,
                "aloud": partial(_aloud, call.say),
                "resident": self.resident,
                "shelves": self._shelves(),
                "for_another": isinstance(service, Service) and can_be_anothers(service),
                "whom_asked": isinstance(service, Service) and _row_asks(service),
                "relations": RELATIONS,
                "ways": WAYS,
                "reasoned": WITH_REASON,
                "longest": LONGEST_REASON,
                "tongues": LANGUAGES,
            },
        )

    def _shelves(self) -> tuple[tuple[Group, tuple[Service, ...]], ...]:
        """Return what can be filed, shelf by shelf."""
        services = self.desk.services()
        shelves = (
            (group, tuple(one for one in services if one.group == group.id))
            for group in self.desk.district.groups
        )
        return tuple((group, rows) for group, rows in shelves if rows)


def _aloud(say: Say, step: str, **values: object) -> str:
    """Return what is read to the caller at *step*, in their language."""
    return say(f"call.script_{step}", **values)


def _row_asks(service: Service) -> bool:
    return any(field.kind is FieldKind.WHOM for field in service.fields)
