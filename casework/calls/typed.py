"""A form as somebody types it for a citizen: each answer is read as the chat reads it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from conversations.forms import drafts
from conversations.forms.fields.asked import Asked, Asking, Leads, Outcome
from conversations.forms.fields.photos import photographed
from conversations.forms.fields.table import FIRST
from conversations.forms.fields.whom import relation_in
from conversations.forms.gazetteer import named, path
from conversations.forms.skipping import lacks, skips, wants_to_skip
from conversations.hearing.alarms import LIVES, Alarm, heard
from conversations.hearing.choices import is_number
from conversations.messages import Address, Attachment, Choice, Inbound
from conversations.records.parties import Relation
from conversations.say import Say
from conversations.turn import Answered, Draft
from referrals.district.directory import FieldKind, Priority, Service

PICKED = frozenset({FieldKind.CHOICE, FieldKind.WHOM})  # typed nowhere: one option is marked
FREE = frozenset({FieldKind.STORY, FieldKind.WORDS, FieldKind.PLACE})  # where alarms are heard
MOST_PICKS = 4  # about one answer: which number, which area, which desa, really that one?
MARK = 8  # letters by which a text is known again


class Typed(Struct, frozen=True):
    """What stands in a form, by the keys of its fields.

    *texts* are what was typed, or the option that was marked. *clear* says what was picked where
    a text could mean several things, behind the mark of the text that it was about. *photos* are
    the files that came with it; their field's text only names them.
    """

    texts: Mapping[str, str] = {}
    clear: Mapping[str, str] = {}
    photos: Mapping[str, tuple[Attachment, ...]] = {}

    def text(self, key: str) -> str:
        """Return what was typed for *key*."""
        return self.texts.get(key, "").strip()

    def retyped(self, key: str, text: str) -> "Typed":
        """Return it with *text* typed for *key*, and nothing picked about it."""
        clear = {name: value for name, value in self.clear.items() if name != key}
        return replace(self, texts={**self.texts, key: text}, clear=clear)

    def __repr__(self) -> str:
        return f"Typed({len(self.texts)} texts)"


class Doubt(Struct, frozen=True):
    """An answer that is missing or not clear: what to say, and what may be picked to clear it."""

    key: str
    told: str
    choices: tuple[Choice, ...] = ()


class Filled(Struct, frozen=True):
    """A form as far as it could be read, and *typed* as it should stand there now."""

    draft: Draft
    typed: Typed
    doubts: tuple[Doubt, ...] = ()
    alarms: frozenset[Alarm] = frozenset()  # what the citizen's own words raise

    @property
    def whole(self) -> bool:
        """Whether nothing is missing or in doubt."""
        return not self.doubts


class Form(Struct, frozen=True):
    """A form to be read: of which service, who is on the telephone, when, and for whom.

    *relation* is what the caller is to whom it is for, None for themself; a service whose rows
    ask for that goes by its own answer.
    """

    service: Service
    caller: Address
    at: datetime
    relation: Relation | None = None


def read(form: Form, typed: Typed, say: Say) -> Filled:
    """Return the form that *typed* fills, read in the order of its rows."""
    draft = replace(drafts.opened(form.service), relation=relation_of(form, typed))
    filled = Filled(draft, typed)
    for field in drafts.fields_of(form.service):
        if field in drafts.in_play(filled.draft, form.service):
            asked = Asked(form.service, field, filled.draft, say)
            filled = _read_one(asked, filled, form)
    return _alarmed(filled, form.service, say)


def doubted(filled: Filled, doubts: Iterable[Doubt]) -> Filled:
    """Return *filled* with *doubts* besides its own."""
    return replace(filled, doubts=(*filled.doubts, *doubts))


def relation_of(form: Form, typed: Typed) -> Relation | None:
    """Return what the caller is to whom *form* is for, None for themself."""
    asked = [field.key for field in form.service.fields if field.kind is FieldKind.WHOM]
    if not asked:
        return form.relation
    value = typed.text(asked[0])
    return relation_in(value) if value in set(Relation) else None


def mark_of(text: str) -> str:
    """Return by what *text* is known again: what was picked about another counts no more."""
    return sha256(text.strip().encode()).hexdigest()[:MARK]


def _read_one(asked: Asked, filled: Filled, form: Form) -> Filled:
    """Return *filled* with the answer to one field, or with what is in doubt about it."""
    key, text = asked.field.key, filled.typed.text(asked.field.key)
    if photos := filled.typed.photos.get(key):
        return _noted(filled, asked, photographed(key, photos, asked.say))
    if not text:
        return _left_out(asked, filled)
    message, asking = _message(asked, text, form), FIRST[asked.field.kind]
    if not is_number(text) and skips(asked, asking, message):
        return _noted(filled, asked, _skipped(asked))
    if wants_to_skip(message) or lacks(asking, text):
        return _doubted(filled, Doubt(key, asked.say("form.ask_first")))
    return _heard(asked, filled, message)


def _heard(asked: Asked, filled: Filled, message: Inbound) -> Filled:
    """Return *filled* with what was made of *message*."""
    key, clear = asked.field.key, filled.typed.clear.get(asked.field.key, "")
    outcome, picked = _outcome(asked, message, clear)
    match outcome:
        case Answered():
            return _noted(filled, asked, outcome)
        case Leads(asking, before, noted) if type(asking) is type(FIRST[asked.field.kind]):
            for other in noted:
                filled = _retyped(filled, other.key, other.value)  # where it belongs
            told = before or asking.question(asked).text
            return _doubted(_retyped(filled, key, ""), Doubt(key, told))
        case Leads(asking):
            ahead = (mark_of(message.text), *picked)
            return _doubted(filled, _question(asked, asking, ahead))
        case unclear:
            return _doubted(filled, Doubt(key, asked.say(unclear.key, **unclear.values)))


def _outcome(asked: Asked, message: Inbound, clear: str) -> tuple[Outcome, tuple[str, ...]]:
    """Return what *message* means once what was picked about it is taken in, and what that was."""
    if area := _area(asked, message.text):
        return area, ()
    mark, *picks = clear.split(" ")
    outcome, taken = FIRST[asked.field.kind].read(asked, message), list[str]()
    for pick in picks[:MOST_PICKS] if mark == mark_of(message.text) else ():
        if not isinstance(outcome, Leads) or not _offers(outcome.asking, asked, pick):
            break
        outcome = outcome.asking.read(asked, replace(message, text="", picked=pick))
        taken.append(pick)
    return outcome, tuple(taken)


def _area(asked: Asked, text: str) -> Answered | None:
    """Return the one area that *text* names: the summary is read out, and has its full name."""
    if asked.field.kind is not FieldKind.AREA:
        return None
    return _in_full(asked, text) or _by_name(asked, text)


def _in_full(asked: Asked, text: str) -> Answered | None:
    """Return the area whose full name *text* is: that is never ambiguous, however it came."""
    district, wanted = asked.say.district, text.strip().casefold()
    for area in district.areas.values():
        named = path(area, district)
        if named.casefold() == wanted and (area.parent or asked.service.safe_path):
            return asked.got(area.code, named)
    return None


def _by_name(asked: Asked, text: str) -> Answered | None:
    """Return the desa that *text* names without a slip, where no other is called so."""
    match named(text, asked.say.district):
        case (area,) if area.parent:
            return asked.got(area.code, path(area, asked.say.district))
        case _:
            return None


def _question(asked: Asked, asking: Asking, ahead: tuple[str, ...]) -> Doubt:
    """Return the question that clears the answer; each choice repeats what was picked *ahead*."""
    reply = asking.question(asked)
    choices = [
        Choice(" ".join((*ahead, one.value)), _in_words(asked, one)) for one in reply.choices
    ]
    return Doubt(asked.field.key, reply.text, tuple(choices))


def _in_words(asked: Asked, choice: Choice) -> str:
    """Return what *choice* is called on a page, where no area's name need be cut to fit."""
    district = asked.say.district
    area = district.areas.get(choice.value.removeprefix(asked.value("")))
    return path(area, district) if area else choice.label


def _offers(asking: Asking, asked: Asked, pick: str) -> bool:
    return pick in {choice.value for choice in asking.question(asked).choices}


def _left_out(asked: Asked, filled: Filled) -> Filled:
    """Pass over what need not be answered; photos come later, by message or at an office."""
    free = not asked.field.required or asked.service.safe_path
    if free or asked.field.kind is FieldKind.PHOTO:
        return _noted(filled, asked, _skipped(asked))
    return _doubted(filled, Doubt(asked.field.key, asked.say("form.ask_first")))


def _noted(filled: Filled, asked: Asked, answered: Answered) -> Filled:
    """Return *filled* with *answered*, as urgent as that makes it."""
    urgency = drafts.urgency_of(asked.service, answered)
    draft = drafts.urgent(drafts.noted(filled.draft, answered), urgency)
    return replace(filled, draft=draft)


def _retyped(filled: Filled, key: str, text: str) -> Filled:
    return replace(filled, typed=filled.typed.retyped(key, text))


def _doubted(filled: Filled, doubt: Doubt) -> Filled:
    return doubted(filled, (doubt,))


def _skipped(asked: Asked) -> Answered:
    return asked.got("", asked.say("form.skipped"))


def _message(asked: Asked, text: str, form: Form) -> Inbound:
    """Return *text* as the caller's own message; an option that was marked, as its tap."""
    picked = asked.value(text) if asked.field.kind in PICKED else None
    return Inbound(
        sender=form.caller,
        message_id="",
        received_at=form.at,
        text="" if picked else text,
        picked=picked,
    )


def _alarmed(filled: Filled, service: Service, say: Say) -> Filled:
    """Return *filled* with what the citizen's words raise; danger to life makes it urgent."""
    words = [filled.typed.text(f.key) for f in drafts.fields_of(service) if f.kind in FREE]
    alarms = frozenset(a for a in (heard(text, say.district.alarms) for text in words) if a)
    if alarms.isdisjoint(LIVES):
        return replace(filled, alarms=alarms)
    return replace(filled, draft=drafts.urgent(filled.draft, Priority.P1), alarms=alarms)
