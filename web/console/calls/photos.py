"""The photos of a form: those that come with a step, and those that an earlier step brought.

A file input holds what is chosen now; beside it a hidden field names what is here already, under
the name of the row's own answer. So a photo travels once, whatever else the form still lacks.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from msgspec import Struct
from msgspec.structs import replace

from casework.calls.call_desk import CallDesk
from casework.calls.caller import Call
from casework.calls.ready import CallForm
from casework.calls.typed import Doubt
from casework.files.cleaning import Unfit
from conversations.forms import drafts
from conversations.forms.fields.photos import MOST_PHOTOS
from conversations.messages import Attachment
from referrals.district.directory import FieldKind
from web.console.calls.form import ON, PAPER
from web.console.sheets import Sheet
from web.voice import Voice

CHOSEN, DROPPED = "u.", "x."  # before a field's key: files chosen for it, those before let go


class Brought(Struct, frozen=True):
    """What a form has for one field: its marks, their files, and what went wrong."""

    marks: str = ""
    files: tuple[Attachment, ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Photos:
    """Takes them in. *say* is the voice of whoever works at the page."""

    desk: CallDesk
    say: Voice

    async def taken(
        self, call: Call, form: CallForm, sheet: Sheet
    ) -> tuple[CallForm, list[Doubt]]:
        """Return *form* with its photos, and what is wrong with any of them.

        Raises StoreUnavailable and FilesUnavailable.
        """
        doubts = list[Doubt]()
        for key in keys_of(form):
            brought = await self._brought(call, form, sheet, key)
            form = _with(form, key, brought)
            if brought.fault:
                doubts.append(Doubt(key, self.say(brought.fault)))
        return form, doubts

    async def _brought(self, call: Call, form: CallForm, sheet: Sheet, key: str) -> Brought:
        """Return what is chosen for field *key*, else what was brought before."""
        owner, chosen = f"{call.staff.id}/{form.once}/{key}", sheet.files_of(f"{CHOSEN}{key}")
        marks, fault = _before(form, sheet, key), ""
        if len(chosen) > MOST_PHOTOS:
            fault = "console_call.fault_photos_many"
        elif chosen:
            kept = await self.desk.bringing.keep(owner, chosen, call.at)
            if isinstance(kept, Unfit):
                fault = f"agency.refused_file_{kept}"
            else:
                marks = kept
        files = self.desk.bringing.named(owner, marks[:MOST_PHOTOS])
        if await self._outlived(call, form, files):
            return Brought(fault="console_call.fault_photos_gone")
        return Brought(" ".join(marks[:MOST_PHOTOS]) if files else "", files, fault)

    async def _outlived(self, call: Call, form: CallForm, files: tuple[Attachment, ...]) -> bool:
        """Tell whether *files* were brought so long ago that they were swept away."""
        if not await self.desk.bringing.gone(files):
            return False
        return not await self.desk.taking.is_filed(call, form.once)


def keys_of(form: CallForm) -> Iterator[str]:
    """Yield what a photo can be brought for: the form's own rows, and the paper of a consent."""
    if not form.resident:
        return  # nobody sends one through a telephone call
    for field in drafts.fields_of(form.service):
        if field.kind is FieldKind.PHOTO:
            yield field.key
    yield PAPER


def _before(form: CallForm, sheet: Sheet, key: str) -> tuple[str, ...]:
    if sheet.text(f"{DROPPED}{key}") == ON:
        return ()
    named = (form.paper if key == PAPER else form.typed.text(key)).split()
    return tuple(dict.fromkeys(named))  # one photo named twice is one photo


def _with(form: CallForm, key: str, brought: Brought) -> CallForm:
    if key == PAPER:
        agreement = replace(form.agreement, paper=brought.files)
        return replace(form, paper=brought.marks, agreement=agreement)
    typed = form.typed.retyped(key, brought.marks)
    photos = {**typed.photos, key: brought.files}
    return replace(form, typed=replace(typed, photos=photos))
