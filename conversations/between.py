"""Whether what a form was answered may be for an office, whose question came in between."""

from datetime import timedelta

from msgspec.structs import replace

from conversations.forms import drafts
from conversations.forms.fields.table import FIRST
from conversations.forms.fill import Fill, Summary
from conversations.forms.several import PARTED, Several
from conversations.memory import Memory, Remembering
from conversations.messages import Inbound
from conversations.say import Say
from conversations.tickets.between import LookBetween
from conversations.turn import Event, FindTickets, Said, State, Turn
from referrals.district.directory import Priority

SOONEST = timedelta(seconds=30)  # nobody has read an office's question and answered it sooner
OPEN, GOING_ON = (Fill, Several), (Fill, Several, Summary)


def looked(
    before: Memory, event: Event, heard: tuple[Remembering, Turn], say: Say
) -> tuple[Remembering, Turn]:
    """Return what was *heard*; an answer that may be for an office waits until we looked.

    Who has never filed has no office that asks. What a look finds makes no answer readable.
    """
    after, turn = heard
    if isinstance(before.state, LookBetween):
        return replace(after, misses=before.misses), turn
    if not before.filed or not isinstance(event, Said) or not isinstance(before.state, OPEN):
        return heard
    since, message = before.seen, event.message
    if since is None or message.received_at - since < SOONEST or _settled(before, after, turn):
        return heard
    if not isinstance(after.state, GOING_ON) or not _doubtful(before, message, after, say):
        return heard
    held = after.state.draft, after.state, turn.replies, before.state, message.text.strip()
    state = LookBetween(*held, since)
    looking = replace(turn, state=state, replies=(), question=FindTickets(), unread=False)
    return replace(after, state=state), looking


def _settled(before: Memory, after: Memory, turn: Turn) -> bool:
    """Say whether *turn* leads elsewhere, or lives are at stake, or nobody may learn of a form."""
    draft = after.state.unfinished()
    urgent = draft is not None and draft.priority is Priority.P1
    return bool(turn.question or turn.enter or turn.records or before.state.safe or urgent)


def _doubtful(before: Memory, message: Inbound, after: Memory, say: Say) -> bool:
    """Say whether *message* was no answer to the form, or one in words that fit an office too."""
    worded = any(map(str.isalpha, message.text)) and message.picked is None
    if not worded or message.attachments or message.place:
        return False
    if after.misses > before.misses:
        return True
    return after.state.unfinished() != before.state.unfinished() and _free(
        before.state, message, say
    )


def _free(state: State, message: Inbound, say: Say) -> bool:
    """Say whether *state* asked for any words, which fit an office's question as well.

    Of all questions at once, one was answered.
    """
    if not isinstance(state, Fill):
        return PARTED.search(message.text) is None
    field = drafts.field_of(say.district.services[state.draft.service], state.key)
    return field is not None and FIRST[field.kind].free
