"""A service's form rows as fields of a web page, filled and marked by what was read of them."""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from casework.calls.typed import PICKED, Doubt, Filled, Typed
from conversations.forms import drafts
from conversations.forms.fields.asked import Asked
from conversations.forms.fields.table import FIRST
from conversations.forms.fields.texts import AskName, AskStory, AskWords
from conversations.records.parties import Relation
from conversations.say import Say
from referrals.district.directory import Field, FieldKind, Service

TEXT, CLEAR = "f.", "a."  # what was typed for a field, and what was picked about it
CONTROLS = {
    FieldKind.CHOICE: "options",
    FieldKind.WHOM: "whom",
    FieldKind.STORY: "story",
    FieldKind.AREA: "area",
    FieldKind.PHONE: "phone",
    FieldKind.PHOTO: "photo",
    **dict.fromkeys((FieldKind.NIK, FieldKind.KK, FieldKind.DIGITS, FieldKind.NUMBER), "digits"),
}
"""How each kind is answered on a page; the others on a line."""
LATER = FieldKind.PHOTO  # nobody sends one through a telephone call; a resident brings it
LONGEST = {
    FieldKind.STORY: AskStory.longest,
    FieldKind.WORDS: AskWords.longest,
    FieldKind.PLACE: AskWords.longest,
    FieldKind.NAME: AskName.longest,
}
LONG_NUMBER = 40  # letters in which a number is typed with its blanks, or a place's name
NAME = 120


class Choice(Struct, frozen=True):
    """One answer that can be marked."""

    value: str
    label: str
    marked: bool = False


class Row(Struct, frozen=True, kw_only=True):
    """One question of a form as the page shows it."""

    key: str
    control: str  # "options", "whom", "area", "story", "digits", "phone", "line" or "photo"
    label: str
    ask: str  # what is read to the citizen
    required: bool
    value: str = ""
    options: tuple[Choice, ...] = ()
    longest: int = 0
    photos: int = 0  # that are here already; *value* names them
    told: str = ""  # what is missing or in doubt
    clearing: tuple[Choice, ...] = ()  # what may be picked to clear it
    clear: str = ""  # what was picked about it before
    only_if: tuple[str, str, str] | None = (
        None  # the field, the values of it, how these are called
    )

    @property
    def name(self) -> str:
        """What the field is sent as."""
        return f"{TEXT}{self.key}"

    @property
    def clear_name(self) -> str:
        """What is picked about it is sent as."""
        return f"{CLEAR}{self.key}"


def typed_in(fields: Mapping[str, str], service: Service) -> Typed:
    """Return what *fields*, a form as it came, say of *service*'s own questions."""
    keys = [field.key for field in drafts.fields_of(service)]
    texts = {key: fields.get(f"{TEXT}{key}", "") for key in keys}
    clear = {key: fields.get(f"{CLEAR}{key}", "") for key in keys}
    return Typed(texts, {key: picked for key, picked in clear.items() if picked})


def blank(
    service: Service, say: Say, typed: Typed, relation: Relation | None = None
) -> tuple[Row, ...]:
    """Return the rows of a form that nobody has read yet, asked for whom *relation* tells."""
    draft = replace(drafts.opened(service), relation=relation)
    return rows(service, Filled(draft, typed), say)


def rows(service: Service, filled: Filled, say: Say) -> tuple[Row, ...]:
    """Return every row of *service*, with what was typed and what is in doubt about it."""
    doubts = {doubt.key: doubt for doubt in filled.doubts}
    return tuple(
        _row(Asked(service, field, filled.draft, say), filled, doubts.get(field.key))
        for field in drafts.fields_of(service)
    )


def _row(asked: Asked, filled: Filled, doubt: Doubt | None) -> Row:
    field, value = asked.field, filled.typed.text(asked.field.key)
    clear = filled.typed.clear.get(field.key, "")
    return Row(
        key=field.key,
        control=CONTROLS.get(field.kind, "line"),
        label=asked.words(field.label),
        ask=asked.text,
        required=field.required and not asked.service.safe_path and field.kind is not LATER,
        value=value,
        options=_options(asked, value),
        longest=LONGEST.get(field.kind, NAME if field.kind is FieldKind.AREA else LONG_NUMBER),
        photos=len(filled.typed.photos.get(field.key, ())),
        told=doubt.told if doubt else "",
        clearing=tuple(Choice(c.value, c.label, c.value == clear) for c in doubt.choices)
        if doubt
        else (),
        clear=clear,
        only_if=_only_if(field, asked),
    )


def _options(asked: Asked, value: str) -> tuple[Choice, ...]:
    """Return what can be marked: just what the chat would offer."""
    if asked.field.kind not in PICKED:
        return ()
    offered = FIRST[asked.field.kind].question(asked).choices
    named = ((one.value.removeprefix(asked.value("")), one.label) for one in offered)
    return tuple(Choice(name, label, name == value) for name, label in named)


def _only_if(field: Field, asked: Asked) -> tuple[str, str, str] | None:
    """Return when the question is asked: the answer before it, and how it is called."""
    if field.only_if is None:
        return None
    key, values = field.only_if.key, field.only_if.values
    other = drafts.field_of(asked.service, key)
    options = other.options if other else ()
    called = [asked.words(one.label) for one in options if one.value in values]
    return key, " ".join(values), ", ".join(called)
