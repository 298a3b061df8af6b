"""Whose form it is, said by the way: at the summary, or where a NIK is asked.

Whoever says nothing files for themself and is asked nothing here. Whoever files for somebody else
may have typed their own number by then: it is asked whose it is, and their own goes out again.
"""

import re

from msgspec import Struct
from msgspec.structs import replace

from conversations.again import again
from conversations.forms import another, drafts
from conversations.forms.ends import gone
from conversations.forms.fields.asked import Asked
from conversations.forms.fields.whom import SELF, relation_in
from conversations.forms.held import Held
from conversations.hearing.agreeing import meant
from conversations.hearing.choices import pick
from conversations.hearing.spelling import words_of
from conversations.hearing.words import plain
from conversations.messages import Choice, Inbound, Reply
from conversations.records.parties import Relation
from conversations.say import Say
from conversations.turn import Answered, Draft, Said, Turn, ask
from referrals.district.directory import FieldKind, Priority, Service
from referrals.district.personal import NUMBERS

RELATION, OWNER = "another.relation:", "another.owner:"
WHO_IS_WHO = NUMBERS | {FieldKind.NAME}
MINE = frozenset({"saya", "aku", "sendiri", "mine", "my"})
OTHERS = re.compile(
    r"\b(?:nik|kk|punya|milik)(?:nya)?\s+(?:orang|ibu|bapak|ayah|emak|mamak|nenek|kakek|mbah"
    r"|tetangga|suami|istri|adik|kakak|mertua|warga|mother|father|neighbour)\b"
)


SPOKEN_OF = re.compile(
    r"\b(?:tetangga|tetanggaku|tonggo|nenek|kakek|mbah|simbah|kerabat|saudara|sodara|mertua|ortu"
    r"|teman|temen|kawan|konco|warga (?:kami|sini|miskin)|rumah sebelah|sebelah rumah|friends?"
    r"|(?:daftarkan|daftarin|usulkan|usulin|bantu|wakili|wakilkan) (?:orang|keluarga) lain"
    r"|(?:seorang|ada) (?:janda|duda|lansia|warga|keluarga|anak yatim)"
    r"|orang tua|(?:warga|paman|bibi|bude|bulek|pakde|paklek|adik|adek|kakak|ibu|bapak|emak|mamak)"
    r" (?:saya|sy|aku|ku|sebelah)|neighbou?rs?|my (?:mother|father|parents|sister|brother|aunt"
    r"|uncle|grandmother|grandfather))\b"
)
"""Whom a sentence may be about instead of who writes it; who writes is then asked."""


class Theirs(Struct, frozen=True):
    """It is clear now: the form as it is somebody else's; *relation* None: one's own after all."""

    draft: Draft
    relation: Relation | None


class AskFor(Struct, frozen=True, tag_field="of", tag="for"):
    """Asks for whom it is, before any question that only one of them can answer."""

    def question(self, say: Say) -> Reply:
        """Return the question."""
        return Reply(say("another.ask_for"), _everybody(say))

    def read(self, draft: Draft, service: Service, message: Inbound, say: Say) -> "Clear":
        """Return the form as it is somebody else's, or that it is one's own."""
        picked = pick(_everybody(say), message)
        if picked is None:
            return None
        who = picked.value.removeprefix(RELATION)
        relation = relation_in(who)
        return Theirs(settled(draft, service, relation, say), relation)


class AskRelation(Struct, frozen=True, tag_field="of", tag="relation"):
    """Asks what whoever files is to the person it is for."""

    def question(self, say: Say) -> Reply:
        """Return the question."""
        return Reply(say("another.ask_relation"), _relations(say))

    def read(self, draft: Draft, service: Service, message: Inbound, say: Say) -> "Clear":
        """Return the form as it is somebody else's, or the question whose number it holds."""
        picked = pick(_relations(say), message)
        if picked is None:
            return None
        relation = Relation(picked.value.removeprefix(RELATION))
        if typed := of_filer(draft, service):
            return AskOwner(relation, _named(typed[0], service, say))
        return Theirs(settled(draft, service, relation, say), relation)


class AskOwner(Struct, frozen=True, tag_field="of", tag="owner"):
    """Asks whether *about*, which was typed before, is that person's."""

    relation: Relation
    about: str  # as its owner may see it: "NIK ...0001"

    def question(self, say: Say) -> Reply:
        """Return the question."""
        return Reply(say("another.ask_owner", about=self.about), _owners(say))

    def read(self, draft: Draft, service: Service, message: Inbound, say: Say) -> "Clear":
        """Return the form as it is somebody else's; what is not theirs goes out of it."""
        choices = _owners(say)
        chosen = meant(choices, message)
        if chosen is None and MINE.isdisjoint(words_of(message.text)):
            return None
        kept = draft if chosen == choices[0] else emptied(draft, service)
        return Theirs(settled(kept, service, self.relation, say), self.relation)


AnyAsking = AskFor | AskRelation | AskOwner
Clear = Theirs | AskOwner | None  # None: the answer was not understood


class Clearing(Held, frozen=True):
    """A question about whose form it is; *summed*: the summary was read before."""

    asking: AnyAsking = AskRelation()
    summed: bool = False

    def heard(self, said: Said, say: Say) -> Turn:
        """Go on with the form; a summary that still holds is not read twice."""
        service = say.district.services.get(self.draft.service)
        if service is None:
            return gone(say)
        match self.asking.read(self.draft, service, said.message, say):
            case Theirs(draft, Relation() as whose) if self.summed and _is_whole(draft, service):
                return another.agreement(draft, whose, said, say)
            case Theirs(draft, relation):
                key = "removed" if len(draft.answers) < len(self.draft.answers) else "about_them"
                return self.onward(draft, say, say(f"another.{key}") if relation else "")
            case AskOwner() as asking:
                return ask(replace(self, asking=asking), say)
            case _:
                return again(self, say, "form.choice_unclear")

    def onward(self, draft: Draft, say: Say, told: str) -> Turn:
        """Say *told*, and ask what *draft* needs next."""
        raise NotImplementedError


def at_start(draft: Draft, service: Service) -> bool:
    """Say whether what led to *draft* speaks of somebody else, and nothing asks for whom it is.

    Where a life is or may be at stake, or the row itself asks, it is not asked here.
    """
    told = [draft.first] if draft.first else [*draft.answers]
    kinds = {f.kind for f in drafts.in_play(draft, service) if f.ask_other}
    asks = FieldKind.WHOM not in {f.kind for f in service.fields} and WHO_IS_WHO & kinds
    urgent = draft.priority or any(
        o.priority is Priority.P1 for f in service.fields for o in f.options
    )
    if not asks or urgent or not _may_be(draft, service):
        return False
    return any(SPOKEN_OF.search(plain(one.value)) for one in told)


def at_summary(draft: Draft, service: Service, text: str) -> bool:
    """Say whether *text* tells, in the place of a yes, that *draft* is somebody else's."""
    return _may_be(draft, service) and another.for_another(text)


def at_question(asked: Asked, text: str, read: Draft | None) -> Draft | None:
    """Return the form where *text*, in the place of who somebody is, tells that it is another's.

    A number that came along was *read* and is kept; what stands in the place of a name is none.
    """
    asks = asked.field.kind in WHO_IS_WHO and asked.field.ask_other is not None
    if not (asks and _may_be(asked.draft, asked.service) and _is_others(asked.field.kind, text)):
        return None
    return read if asked.field.kind in NUMBERS else asked.draft


def of_filer(draft: Draft, service: Service) -> tuple[Answered, ...]:
    """Return the answers that tell who somebody is, and that were asked of whoever files.

    What the row asks about another anyhow (a patient, a child) has no other way to be asked.
    """
    asked = (f for f in drafts.in_play(draft, service) if f.ask_other and f.kind in WHO_IS_WHO)
    found = (draft.answer(field.key) for field in asked)
    return tuple(answer for answer in found if answer and not drafts.is_skipped(answer))


def emptied(draft: Draft, service: Service) -> Draft:
    """Return *draft* without what tells who its filer is, so that it is asked anew."""
    for answer in of_filer(draft, service):
        draft = drafts.without(draft, answer.key)
    return draft


def own(draft: Draft, service: Service, say: Say) -> Draft:
    """Return somebody else's *draft* as one's own after all."""
    return settled(emptied(draft, service), service, None, say)


def settled(draft: Draft, service: Service, relation: Relation | None, say: Say) -> Draft:
    """Return *draft* for whom *relation* tells, where the row asks for that as its answer too."""
    draft = replace(draft, relation=relation)
    who = relation.value if relation else SELF
    asked = (field.key for field in service.fields if field.kind is FieldKind.WHOM)
    return drafts.noted(draft, *(Answered(key, who, say(f"another.for_{who}")) for key in asked))


def noted(asked: Asked, answered: Answered) -> Draft:
    """Return the form with *answered*; for whom it is decides about whom the rest is asked."""
    draft = drafts.noted(asked.draft, answered)
    if asked.field.kind is not FieldKind.WHOM:
        return draft
    relation = relation_in(answered.value)
    turned = (relation is None) is not (draft.relation is None)
    return replace(emptied(draft, asked.service) if turned else draft, relation=relation)


def _is_others(kind: FieldKind, text: str) -> bool:
    """Say whether *text* speaks of another; "atas nama Siti" is a name where one is asked."""
    typed = plain(text)
    if kind is FieldKind.NAME and "atas nama" in typed:
        return False
    return another.for_another(text) or OTHERS.search(typed) is not None


def _may_be(draft: Draft, service: Service) -> bool:
    return draft.relation is None and another.offered(service)


def _is_whole(draft: Draft, service: Service) -> bool:
    """Say whether it can go as it is; where a life is at stake nothing is asked again."""
    return draft.priority is Priority.P1 or drafts.next_open(draft, service) is None


def _named(answer: Answered, service: Service, say: Say) -> str:
    """Return "NIK ...0001"."""
    labels = {field.key: field.label.in_language(say.language) for field in service.fields}
    return f"{labels[answer.key]} {answer.shown}"


def _relations(say: Say) -> tuple[Choice, ...]:
    return tuple(Choice(RELATION + one.value, say(f"another.{one.value}")) for one in Relation)


def _everybody(say: Say) -> tuple[Choice, ...]:
    return tuple(Choice(RELATION + w, say(f"another.for_{w}")) for w in (SELF, *Relation))


def _owners(say: Say) -> tuple[Choice, ...]:
    return tuple(Choice(OWNER + one, say(f"another.{one}")) for one in ("theirs", "mine"))
