"""Filing a form: the ticket's code, where it goes, when an answer comes, and what to prepare."""

from datetime import datetime

from conversations.days import day
from conversations.forms.drafts import to_file
from conversations.messages import Reply
from conversations.say import Say
from conversations.turn import Door, Draft, Enter, OpenTicket, Said, State, Turn
from referrals.codes import code_from, shown
from referrals.directory import FieldKind, Priority, Service
from referrals.routing import route
from referrals.working_days import UnknownYear, add_working_days, local


def filed(state: State, draft: Draft, said: Said, say: Say) -> Turn:
    """File *draft* under a new code and tell the citizen, all in one message."""
    service = say.district.services[draft.service]
    code, area = code_from(said.token), area_of(draft, service)
    opened = OpenTicket(code, to_file(draft, service), say.language, area)
    if service.safe_path:
        told = say("safe.filed", code=shown(code))
        return Turn(state, (Reply(told),), records=(opened,), enter=Enter(Door.REST))
    parts = (
        say("form.filed", code=shown(code)),
        _sent_to(draft, service, area, said.message.received_at, say),
        _documents(service, say),
        service.note.in_language(say.language) if service.note else "",
        say("form.track"),
    )
    told = "\n".join(part for part in parts if part)
    return Turn(state, (Reply(told),), records=(opened,), enter=Enter(Door.REST))


def area_of(draft: Draft, service: Service) -> str:
    """Return the code of the area the form tells, empty where it tells none."""
    keys = [field.key for field in service.fields if field.kind is FieldKind.AREA]
    answers = (draft.answer(key) for key in keys)
    return next((answer.value for answer in answers if answer), "")


def _sent_to(draft: Draft, service: Service, area: str, now: datetime, say: Say) -> str:
    """Say who gets it and by when they first answer; urgent ones are not given a day."""
    agency = route(say.district, service, area).agency.name.in_language(say.language)
    if (draft.priority or service.priority) is Priority.P1:
        return say("form.sent_urgent", agency=agency)
    today = local(say.district.calendar, now).date()
    try:
        answered = add_working_days(say.district.calendar, today, service.respond_days)
    except UnknownYear:
        return say("form.sent_days", agency=agency, days=service.respond_days)
    return say("form.sent", agency=agency, day=day(answered, say))


def _documents(service: Service, say: Say) -> str:
    names = [words.in_language(say.language) for words in service.documents]
    return say("form.documents", documents=", ".join(names)) if names else ""
