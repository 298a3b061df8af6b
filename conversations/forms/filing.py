"""Filing a form: the ticket's code, where it goes, when an answer comes, and what to prepare."""

from datetime import datetime, timedelta

from conversations.days import by_when, moment
from conversations.forms.drafts import to_file
from conversations.messages import Reply
from conversations.news.proposals import meeting_told
from conversations.records.parties import Another, Method, Relation
from conversations.say import Say
from conversations.turn import Door, Draft, Enter, OpenTicket, Said, State, Turn
from referrals.codes import code_from, shown
from referrals.district.directory import PRIVACY, FieldKind, Priority, Privacy, Service
from referrals.district.routing import FALLBACK, Routed, closed_to, kept_out, route
from referrals.district.safe_times import unreachable
from referrals.district.working_days import local
from referrals.due.promised import AT_THE_DESK, AT_THE_OFFICE, first_due

OFFICES, DESKS = (AT_THE_OFFICE, "track.due_accept"), (AT_THE_DESK, "track.due_check")
VIOLENCE = "violence"  # purpose of the numbers for who is not safe
CONTACT_WAY, COMES = "contact_way", "datang"  # the safe path's question, and who comes themselves


def filed(  # noqa: PLR0913, PLR0917 - what is filed, from where, for whom, and how it is told
    state: State,
    draft: Draft,
    said: Said,
    say: Say,
    another: Another | None = None,
    followed: str = "",
) -> Turn:
    """File *draft* under a new code and tell the citizen, all in one message.

    Of *another*, who must agree first, it is said only that they are asked. *followed* is the
    wording key of how it can be followed, where that is not by chat.
    """
    service = say.district.services[draft.service]
    code, area, now = code_from(said.token), area_of(draft, service), said.message.received_at
    filled = to_file(draft, service)
    opened = OpenTicket(code, filled, say.language, area, privacy_of(draft, service), another)
    if service.safe_path:
        told = _safely(code, draft, service, say)
        return Turn(state, (Reply(told),), records=(opened,), enter=Enter(Door.REST))
    if another and another.asked:
        told = say("another.asked", code=shown(code))
        return Turn(state, (Reply(told),), records=(opened,), enter=Enter(Door.REST))
    parts = (
        say("form.filed", code=shown(code)),
        _agreed(another, code, say, claimable=_has_nik(filled, service)),
        _held_back(code, draft, service, now, say) or _sent_to(draft, service, now, say),
        documents(service, say),
        say.of(service.note) if service.note else "",
        say(followed or _followed(draft, another)),
    )
    told = "\n".join(part for part in parts if part)
    return Turn(state, (Reply(told),), records=(opened,), enter=Enter(Door.REST))


def _safely(code: str, draft: Draft, service: Service, say: Say) -> str:
    """Say that it came, and honestly where nobody can call: no safe way or number was given."""
    answers = {answer.key: answer.value for answer in draft.answers}
    if not answers.get(CONTACT_WAY) or unreachable(service, answers):
        lines = [h for h in say.district.hotlines if h.active and VIOLENCE in h.purpose]
        nearest = sorted(lines, key=lambda line: len(line.purpose))[:2]  # theirs, not everybody's
        numbers = " / ".join(line.number for line in nearest)
        return say("safe.filed_unreachable", code=shown(code), numbers=numbers)
    return f"{say('safe.filed', code=shown(code))}{_where_to_come(draft, service, say)}"


def _where_to_come(draft: Draft, service: Service, say: Say) -> str:
    """Say where and when the office is open, to who wants to come; nothing where no row knows."""
    way = draft.answer(CONTACT_WAY)
    office = route(say.district, service, area_of(draft, service)).agency.office
    if way is None or way.value != COMES or office is None:
        return ""
    return f" {say('safe.come', office=office.in_language(say.language))}"


def _agreed(another: Another | None, code: str, say: Say, *, claimable: bool) -> str:
    """Say how somebody else's consent was noted; nothing where it is one's own.

    Without a NIK nothing is left by which that person could prove later that it is theirs.
    """
    if another is None:
        return ""
    if another.method is Method.VITAL:
        return say("another.vital")
    return say("another.witnessed", code=code) if claimable else say("another.witnessed_only")


def _followed(draft: Draft, another: Another | None) -> str:
    """Return how to follow it; what an office's people file from its chat is its work there.

    Who files as an officer may do so from such a chat or from their own: both ways are told.
    """
    if draft.resident:
        return "village.track"
    as_officer = another is not None and another.relation is Relation.OFFICER
    return "village.track_either" if as_officer else "form.track"


def _has_nik(draft: Draft, service: Service) -> bool:
    return any(f.kind is FieldKind.NIK and draft.answer(f.key) for f in service.fields)


def area_of(draft: Draft, service: Service) -> str:
    """Return the code of the area the form tells, empty where it tells none."""
    for field in service.fields:
        if field.kind is FieldKind.AREA and (answer := draft.answer(field.key)):
            return answer.value
    return ""


def privacy_of(draft: Draft, service: Service) -> Privacy:
    """Return how much may be known of the citizen: as they chose, else as the service's row says.

    Of a confidential complaint the public never learns who filed it.
    """
    answer = draft.answer(PRIVACY)
    if answer and answer.value:
        return Privacy(answer.value)
    return Privacy.RAHASIA if service.confidential else Privacy.NAMED


def goes_to(draft: Draft, service: Service, say: Say) -> str:
    """Return the name of the agency that gets *draft* first."""
    return say.of(_routed(draft, service, say).agency.name)


def _routed(draft: Draft, service: Service, say: Say) -> Routed:
    urgent = (draft.priority or service.priority) is Priority.P1
    shut = closed_to(say.district, kept_out(service, draft.picked))
    return route(say.district, service, area_of(draft, service), skip=shut, urgent=urgent)


def _held_back(code: str, draft: Draft, service: Service, now: datetime, say: Say) -> str:
    """Say until when nobody gets it and it can be taken back; nothing where it goes at once."""
    if not service.cooling_hours:
        return ""
    ends = local(say.district.calendar, now + timedelta(hours=service.cooling_hours))
    agency = goes_to(draft, service, say)
    return say("form.sent_later", agency=agency, until=moment(ends, say), code=code)


def _sent_to(draft: Draft, service: Service, now: datetime, say: Say) -> str:
    """Say who gets it and by when they respond: by the clock that will run, as Lacak tells it.

    A proposal that others decide about goes by their calendar, and gets no date of ours.
    """
    routed = _routed(draft, service, say)
    told = say("form.sent", agency=say.of(routed.agency.name))
    if meeting := meeting_told(service.code, now, say):
        return f"{told}\n{meeting}"
    priority = draft.priority or service.priority
    clock, key = DESKS if routed.rule == FALLBACK else OFFICES
    due = first_due(say.district, service, priority, now, clock)
    if due is None:
        return told
    return f"{told} {say(key, date=by_when(due, priority is Priority.P1, say))}"


def documents(service: Service, say: Say) -> str:
    """Return what to prepare for *service*; empty where its row names nothing."""
    names = [say.of(words) for words in service.documents]
    return say("form.documents", documents=", ".join(names)) if names else ""
