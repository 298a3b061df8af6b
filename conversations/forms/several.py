"""The open questions of a form in one message, for who begins it in one line and pays for each."""

import re

from msgspec.structs import replace

from conversations.forms import drafts
from conversations.forms.ahead import placed
from conversations.forms.fields.areas import AskWhichArea
from conversations.forms.fill import Fill, onward, start
from conversations.forms.gazetteer import label_of
from conversations.forms.held import Held
from conversations.forms.opening import opening
from conversations.hearing.alarms import card, danger_of
from conversations.messages import Reply
from conversations.say import Say
from conversations.turn import Answered, Draft, Said, Turn, ask
from referrals.district.directory import PRIVACY, Field, FieldKind, Priority, Service

PARTED = re.compile(r"\s*[#*]\s*")
EVENLY = re.compile(r"\s*\n\s*"), re.compile(r"\s*[,;]\s*")  # each may stand in an answer too
SEPARATOR = ";"  # of options, whose labels may have commas
FEW = 2  # questions; a single one is asked as always


class Several(Held, frozen=True, tag="form.several"):
    """We asked all that is open at once, in the order in which it is to be answered.

    Of the areas in *doubt* one was named already: they are counted as options are.
    """

    doubt: tuple[str, ...] = ()

    def prompt(self, say: Say) -> Reply:
        service = say.district.services.get(self.draft.service)
        asked = "#".join(_asked(f, self.doubt, say) for f in _open(self.draft, service))
        return Reply(say("form.several", asked=asked) if asked else say("form.changed"))

    def heard(self, said: Said, say: Say) -> Turn:
        """Give each part to its question, numbers and a desa in any order; ask what is left.

        Danger to life that an answer tells brings the emergency numbers first.
        """
        draft, service = self.draft, say.district.services.get(self.draft.service)
        parts = _parts(said.message.text, len(_open(draft, service)))
        if service:
            draft, parts = placed(draft, service, parts, said.message, say)
        for field, part in zip(_open(draft, service), parts, strict=False):
            answer = replace(said, message=replace(said.message, text=part))
            turn = Fill(draft, field.key, _asking(field, self.doubt)).heard(answer, say)
            draft = turn.state.unfinished() or draft
        newly = draft.priority is Priority.P1 and self.draft.priority is not Priority.P1
        return onward(draft, say, card(say, danger_of(service)) if newly and service else "")


def begin(code: str, say: Say, known: tuple[Answered, ...], doubt: tuple[str, ...] = ()) -> Turn:
    """Begin the form of service *code* with all of its questions at once, where that is fitting.

    On the safe path one thing is asked at a time. Of the areas in *doubt* one was named already.
    """
    turn, service = start(code, say, prefilled=known), say.district.services[code]
    if service.safe_path or not isinstance(turn.state, Fill):
        return turn
    draft = _shorter(turn.state.draft, service, say)
    if len(_open(draft, service)) < FEW:
        return settling(onward(draft, say, *opening(service, draft, say)), doubt, say)
    return ask(Several(draft, doubt), say, *opening(service, draft, say))


def settling(turn: Turn, doubt: tuple[str, ...], say: Say) -> Turn:
    """Return *turn*, which begins a form; first of all which area in *doubt* is meant is asked."""
    if not isinstance(turn.state, Fill):
        return turn
    draft = turn.state.draft
    service = say.district.services[draft.service]
    areas = [field for field in _open(draft, service) if _asking(field, doubt)]
    if not areas:
        return turn
    first = Fill(draft, areas[0].key, _asking(areas[0], doubt))
    return ask(first, say, *opening(service, draft, say))


def _parts(text: str, many: int) -> list[str]:
    """Return the answers in *text*; lines or commas part them where there are as *many*."""
    parted = PARTED.split(text.strip())
    ways = (way.split(text.strip()) for way in EVENLY) if len(parted) == 1 else ()
    return next((parts for parts in ways if len(parts) == many), parted)


def _shorter(draft: Draft, service: Service, say: Say) -> Draft:
    """Return *draft* with what need not be told passed over, but who may know who it was."""
    free = (f for f in _open(draft, service) if not f.required and f.key != PRIVACY)
    return drafts.noted(draft, *(Answered(f.key, "", say("form.skipped")) for f in free))


def _open(draft: Draft, service: Service | None) -> tuple[Field, ...]:
    """Return the questions that are to be asked."""
    fields = drafts.in_play(draft, service) if service else ()
    return tuple(field for field in fields if draft.answer(field.key) is None)


def _asking(field: Field, doubt: tuple[str, ...]) -> AskWhichArea | None:
    """Return how *field* is asked where it is an area in *doubt*, None as always."""
    return AskWhichArea(doubt, sure=True) if doubt and field.kind is FieldKind.AREA else None


def _asked(field: Field, doubt: tuple[str, ...], say: Say) -> str:
    """Return what *field* is called, with its options as they are counted."""
    labels = [say.of(one.label) for one in field.options]
    if _asking(field, doubt):
        labels = [label_of(say.district.areas[code], say.district) for code in doubt]
    options = [f"{number} {label}" for number, label in enumerate(labels, 1)]
    return f"{say.of(field.label)} ({SEPARATOR.join(options)})" if options else say.of(field.label)
