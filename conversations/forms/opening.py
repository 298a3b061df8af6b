"""What stands ahead of a form's questions: what comes, and how far we are."""

from conversations.forms import drafts
from conversations.forms.fields.asked import Asked
from conversations.forms.skipping import unasked
from conversations.hearing.alarms import Alarm, card, danger_of
from conversations.say import Say
from conversations.turn import Draft
from referrals.district.directory import Service

LONG_FORM = 4  # questions; in shorter forms a count of them only distracts


def opening(service: Service, draft: Draft, say: Say) -> tuple[str, ...]:
    """Return what comes ahead of the first question: numbers to call, or what will be asked."""
    if service.safe_path:
        return card(say, Alarm.VIOLENCE), say("safe.opening")
    if service.emergency:
        return (card(say, danger_of(service)),)
    return _begin(service, draft, say), _hidden(service, say)


def _hidden(service: Service, say: Say) -> str:
    """Say, before any story, who never learns of it and that it can be taken back."""
    told = say("form.confidential") if service.confidential else ""
    hours = service.cooling_hours
    cooling = say("form.cooling", hours=hours) if hours else ""
    return " ".join(part for part in (told, cooling) if part)


def _begin(service: Service, draft: Draft, say: Say) -> str:
    """Say how many questions there are, as they are counted, and how many need no asking.

    In brief nothing where all is known: the summary that follows begins with the same name.
    """
    label, asked = say.of(service.label), drafts.to_ask(draft, service)
    count, known = len(asked), sum(draft.answer(field.key) is not None for field in asked)
    if say.brief and not drafts.next_open(unasked(draft, service, say), service):
        return ""
    if not known:
        return say("form.begin", service=label, count=count)
    return say("form.begin_known", service=label, count=count, known=known)


def counted(asked: Asked) -> str:
    """Return "(2/6) " where the form is long and this question is new, and not the only one."""
    fields = drafts.in_play(asked.draft, asked.service)
    if len(fields) < LONG_FORM or asked.draft.answer(asked.field.key):
        return ""
    fields = drafts.to_ask(asked.draft, asked.service)
    number, total = fields.index(asked.field) + 1, len(fields)
    return asked.say("form.progress", number=number, total=total) if total > 1 else ""
