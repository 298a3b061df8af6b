"""What a service costs and takes, as its row says: told before its form, and in its middle."""

from collections.abc import Iterator
from datetime import datetime

from conversations.forms.fields.asked import Asked, Asking
from conversations.forms.filing import documents
from conversations.hearing.questions import asks_outright
from conversations.messages import Inbound
from conversations.news.proposals import round_told
from conversations.say import Say
from referrals.district.directory import Priority, Service
from referrals.due.dues import accept_days, resolve_days


def terms(service: Service, at: datetime, say: Say) -> Iterator[str]:
    """Yield that *service* is free, what to prepare for it, and the days or the month's round."""
    yield say("wish.free", service=say.of(service.label))
    if papers := documents(service, say):
        yield papers
    yield _days(service, at, say)


def calm(service: Service) -> bool:
    """Say whether a question may hold up the form: where lives are at stake none does."""
    return not (service.safe_path or service.emergency or service.priority is Priority.P1)


def terms_asked(asked: Asked, asking: Asking, message: Inbound) -> str:
    """Return the terms in one line where *message* asks for them instead of answering.

    A tap or a digit is an answer whatever stands around it, and a story may hold any question.
    """
    text = message.text
    if message.picked is not None or asking.tells or any(map(str.isdigit, text)):
        return ""
    if not (calm(asked.service) and asks_outright(text)):
        return ""
    return " ".join(terms(asked.service, message.received_at, asked.say))


def _days(service: Service, at: datetime, say: Say) -> str:
    """Return the days that the row promises, or the month's round where others decide."""
    if told := round_told(service.code, at, say):
        return told
    return say("wish.days", respond=accept_days(service), resolve=resolve_days(service))
