"""What the page of a call sends: the form itself, and everything around it."""

import re

from casework.calls.agreeing import Agreement, can_be_anothers
from casework.calls.ready import CallForm
from casework.calls.typed import Typed
from conversations.forms import drafts
from conversations.records.parties import Relation
from referrals.district.directory import FieldKind, Service
from web.console.calls.rows import typed_in
from web.console.sheets import Sheet

FORM_ONCE = re.compile(r"[0-9A-Za-z-]{16,64}")
ON = "on"
PAPER = "+paper"  # the photo of a thumb print or a letter: no row is called so


def read_form(sheet: Sheet, service: Service, *, resident: bool) -> CallForm | None:
    """Return the form that *sheet* brings, None for one without a name of its own."""
    once = sheet.text("once")
    if not FORM_ONCE.fullmatch(once):
        return None
    typed = typed_in(sheet.fields, service)
    relation = _relation(sheet.text("for")) if can_be_anothers(service) else None
    if resident and can_be_anothers(service):
        relation, typed = Relation.OFFICER, _whom_answered(service, typed)
    return CallForm(
        service=service,
        typed=typed,
        once=once,
        relation=relation,
        agreement=Agreement(sheet.text("subject_phone"), sheet.text("witness"), sheet.text("way")),
        paper=sheet.text(PAPER),
        agrees=sheet.text("agrees") == ON,
        texts=resident or sheet.text("texts") == ON,
        sure=sheet.text("sure") == ON,
        seen=sheet.text("seen"),
        resident=resident,
    )


def _relation(text: str) -> Relation | None:
    return Relation(text) if text in set(Relation) else None


def _whom_answered(service: Service, typed: Typed) -> Typed:
    """Return *typed* with the row's own question for whom it is answered: an officer asks."""
    for field in drafts.fields_of(service):
        if field.kind is FieldKind.WHOM:
            typed = typed.retyped(field.key, Relation.OFFICER.value)
    return typed
