"""The summary of a form, in the citizen's own words and the row's labels."""

from collections.abc import Iterator

from conversations.forms.drafts import in_play, is_skipped
from conversations.forms.filing import goes_to, privacy_of
from conversations.hearing.choices import pick
from conversations.messages import Choice, Inbound
from conversations.paging import clipped
from conversations.say import Say
from conversations.turn import Draft
from referrals.district.directory import Field, FieldKind, Privacy, Service
from referrals.district.personal import NUMBERS
from referrals.district.routing import kept_out
from registry_client.masking import hidden

STORY_SHOWN = 80  # characters of a long answer in the summary; the officer reads it whole
STORY_IN_BRIEF = 40  # of one that is paid for
CORRECT = "summary.correct:"


def recap(draft: Draft, service: Service, say: Say) -> str:
    """Return what was answered, one line a question."""
    most = STORY_IN_BRIEF if say.brief else STORY_SHOWN
    label = say.of(service.label)
    lines = [label if say.brief else f"{say('form.service')}: {label}"]
    if draft.relation:
        lines.append(say("another.for", who=say(f"another.for_{draft.relation}")))
    if draft.first and not say.brief:  # who pays by the message has just written it
        lines.append(f"{say('form.first_words')}: {shortened(draft.first.shown, most)}")
    for field in in_play(draft, service):
        answer = draft.answer(field.key)
        if answer and not is_skipped(answer) and field.kind is not FieldKind.WHOM:
            told = shortened(answer.shown, most)
            plain = say.brief and field.kind is FieldKind.AREA  # "Desa ..." names itself
            village = told.partition(",")[0]  # its kecamatan was asked where two are called so
            lines.append(village if plain else _line(_label(field, draft, say), told))
    return "\n".join((*lines, *_honestly(draft, service, say)))


def correctable(draft: Draft, service: Service, say: Say) -> tuple[Choice, ...]:
    """Return a choice for each question that can be answered anew, skipped ones too.

    No photo where people pay by the message: SMS carries none.
    """
    return tuple(
        Choice(CORRECT + field.key, clipped(field.label.in_language(say.language)))
        for field in in_play(draft, service)
        if draft.answer(field.key) and not (say.brief and field.kind is FieldKind.PHOTO)
    )


def named(draft: Draft, service: Service, message: Inbound, say: Say) -> Choice | None:
    """Return the question whose name *message* says; a number alone would count unseen rows."""
    if message.text.strip().isdigit():
        return None
    return pick(correctable(draft, service, say), message)


def _line(label: str, told: str) -> str:
    """Return *told* under its label; "NIK berakhir 0002" names itself."""
    return told if told.startswith(f"{label} ") else f"{label}: {told}"


def _label(field: Field, draft: Draft, say: Say) -> str:
    """Return what *field* is called; of a number also whose it is, where that is not the filer."""
    label = say.of(field.label)
    theirs = draft.relation and field.ask_other and field.kind in NUMBERS
    return say("another.theirs_of", label=label) if theirs else label


def _honestly(draft: Draft, service: Service, say: Say) -> Iterator[str]:
    """Yield who gets a confidential complaint, who never learns of it, and how long it waits."""
    if service.confidential:
        hidden_there = privacy_of(draft, service) is Privacy.ANONIM
        key = "form.recap_anonymous" if hidden_there else "form.recap_confidential"
        yield say(key, agency=goes_to(draft, service, say))
    elif kept_out(service, draft.picked):
        yield say("form.recap_direct", agency=goes_to(draft, service, say))
    if service.cooling_hours and not say.brief:  # said ahead of the form, and with its code
        yield say("form.cooling", hours=service.cooling_hours)


def shortened(text: str, most: int = STORY_SHOWN) -> str:
    """Return *text* on one line, long numbers masked, and cut at a word after *most* letters."""
    line = hidden(" ".join(text.split()))
    if len(line) <= most:
        return line
    head = line[:most]
    return f"{head.rsplit(' ', 1)[0]}..."
