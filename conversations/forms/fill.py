"""One form for every service: it asks what the service's rows say, sums up, and files."""

from typing import ClassVar

from msgspec.structs import replace

from conversations.again import again
from conversations.forms import another, drafts, whose
from conversations.forms.ends import dropped, gone
from conversations.forms.fields.asked import Asked, Asking, Leads
from conversations.forms.fields.choosing import choose
from conversations.forms.fields.table import FIRST, AnyAsking
from conversations.forms.filing import filed
from conversations.forms.held import Held
from conversations.forms.opening import counted, opening
from conversations.forms.recap import CORRECT, correctable, named, recap
from conversations.forms.safe import SafeSend
from conversations.forms.skipping import lacks, skips, unasked, wants_to_skip, with_skip
from conversations.forms.strays import keep
from conversations.forms.terms import terms_asked
from conversations.forms.whose import Clearing
from conversations.hearing.agreeing import meant
from conversations.hearing.alarms import card, danger_of
from conversations.menu import Menu, exactly
from conversations.messages import Choice, Inbound, Reply
from conversations.say import Say
from conversations.turn import (
    Answered,
    Door,
    Draft,
    Enter,
    Said,
    State,
    Turn,
    ask,
    prompted,
    said_first,
)
from referrals.district.directory import FieldKind, Priority, Service

NEXT, SURE = "summary.next:", "summary.sure:"


class Fill(Held, frozen=True, tag="form.fill"):
    """We asked one question of the form; *asking* is None for the way its kind is asked first."""

    key: str
    asking: AnyAsking | None = None

    def prompt(self, say: Say) -> Reply:
        asked = self._asked(say)
        if asked is None:
            return Reply(say("form.changed"))
        asking = self._asking(asked)
        reply = with_skip(asking.question(asked), asked, asking)
        begun = self.asking is not None
        return reply if begun else replace(reply, text=counted(asked) + reply.text)

    def heard(self, said: Said, say: Say) -> Turn:
        asked = self._asked(say)
        if asked is None:
            return onward(self.draft, say)
        draft, thanks = keep(asked, self._asking(asked), said.message)
        asked = replace(asked, draft=draft)
        if thanks and not said.message.text.strip():
            turn = ask(replace(self, draft=draft), say, thanks)
            return replace(turn, unread=True, besides=thanks) if draft == self.draft else turn
        return said_first(self._heard(asked, said.message), thanks)

    def hint(self, say: Say) -> str:
        asked = self._asked(say)
        example = self._asking(asked).example if asked else ""
        return say(example) if example else super().hint(say)

    def tells(self, say: Say) -> bool:
        """Say whether a story was asked for: a sentence is a part of it, whatever it holds."""
        asked = self._asked(say)
        return asked is not None and self._asking(asked).tells

    def before(self) -> State | None:
        """Return the question before this one: the same, the summary, or the answer before."""
        if self.asking is not None:
            return replace(self, asking=None)
        if self.draft.answer(self.key):
            return Summary(self.draft)
        if not self.draft.answers:
            return None
        last = self.draft.answers[-1].key
        return replace(self, draft=drafts.without(self.draft, last), key=last)

    def _asked(self, say: Say) -> Asked | None:
        """Return the question with its rows, or None where it is asked no longer."""
        service = say.district.services.get(self.draft.service)
        if service is None:
            return None
        for field in drafts.in_play(self.draft, service):
            if field.key == self.key:
                return Asked(service, field, self.draft, say)
        return None

    def _asking(self, asked: Asked) -> Asking:
        if self.asking is None or not self.asking.stands(asked):
            return FIRST[asked.field.kind]
        return self.asking

    def _heard(self, asked: Asked, message: Inbound) -> Turn:
        """Read the answer; where it tells who somebody is, also that the form is another's."""
        if self._asking(asked).free and (door := exactly(message.text)):
            return Turn(replace(self, draft=asked.draft), enter=Enter(door))
        turn = self._read(asked, message)
        draft = whose.at_question(asked, message.text, turn.state.unfinished())
        return ask(Whose(draft), asked.say) if draft else turn

    def _read(self, asked: Asked, message: Inbound) -> Turn:
        asking = self._asking(asked)
        if skips(asked, asking, message):
            return _answered(asked, asked.got("", asked.say("form.skipped")))
        if wants_to_skip(message) or lacks(asking, message.text):
            return again(replace(self, draft=asked.draft), asked.say, "form.needed")
        if told := terms_asked(asked, asking, message):
            return ask(replace(self, draft=asked.draft), asked.say, told)
        match asking.read(asked, message):
            case Answered() as answered:
                return _answered(asked, answered)
            case Leads(leads_to, before, noted):
                draft = drafts.noted(asked.draft, *noted)
                return ask(replace(self, draft=draft, asking=leads_to), asked.say, before)
            case unclear:
                state = replace(self, draft=asked.draft)
                return again(state, asked.say, unclear.key, **unclear.values)


class SafeFill(Fill, frozen=True, tag="form.safe"):
    """We asked one question of the safe path; nothing of it is kept when the citizen leaves."""

    safe: ClassVar[bool] = True

    def unfinished(self) -> Draft | None:
        return None


class Summary(Held, frozen=True, tag="form.summary"):
    """We summed up and asked whether to send."""

    def prompt(self, say: Say) -> Reply:
        service = say.district.services.get(self.draft.service)
        text = recap(self.draft, service, say) if service else say("form.changed")
        choices = _choices(say, NEXT, "send", "change", "drop")
        if service and another.offered(service):
            who = "myself" if self.draft.relation else "another"
            choices += (Choice(NEXT + who, say(f"another.{who}")),)
        return Reply(f"{text}\n{say('form.confirm')}", choices)

    def heard(self, said: Said, say: Say) -> Turn:
        service = say.district.services.get(self.draft.service)
        if service is None or drafts.next_open(self.draft, service):
            return onward(self.draft, say)
        if whose.at_summary(self.draft, service, said.message.text):
            return ask(Whose(self.draft, summed=True), say)
        chosen = meant(prompted(self, say).choices, said.message)
        if chosen and chosen.value == f"{NEXT}send":
            return ask(Sure(self.draft), say) if service.confirm_twice else self._filed(said, say)
        return self._unsent(chosen, said.message, service, say)

    def _filed(self, said: Said, say: Say) -> Turn:
        """File it; somebody else is asked first whether they agree."""
        if relation := self.draft.relation:
            return another.agreement(self.draft, relation, said, say)
        return filed(Menu(), self.draft, said, say)

    def _unsent(self, chosen: Choice | None, message: Inbound, service: Service, say: Say) -> Turn:
        """Change, cancel, or take the name of a question alone ("NIK") as a wish to change it."""
        match chosen and chosen.value.removeprefix(NEXT):
            case "change":
                return ask(WhichAnswer(self.draft), say)
            case "drop":
                return dropped(say)
            case "another":
                return ask(Whose(self.draft, summed=True), say)
            case "myself":
                return onward(whose.own(self.draft, service, say), say)
            case _ if question := named(self.draft, service, message, say):
                return correct(self.draft, question, say)
            case _:
                return again(self, say, "form.confirm_unclear")


class Whose(Clearing, frozen=True, tag="form.whose"):
    """We asked for whom it is, or whose a number is that was typed before."""

    def prompt(self, say: Say) -> Reply:
        return self.asking.question(say)

    def onward(self, draft: Draft, say: Say, told: str) -> Turn:
        return onward(draft, say, told)


class Sure(Held, frozen=True, tag="form.sure"):
    """We asked once more, in other words, whether to send."""

    def prompt(self, say: Say) -> Reply:
        return Reply(say("form.sure"), _choices(say, SURE, "send_sure", "not_yet"))

    def heard(self, said: Said, say: Say) -> Turn:
        if self.draft.service not in say.district.services:
            return onward(self.draft, say)
        match meant(prompted(self, say).choices, said.message):
            case Choice(value="summary.sure:send_sure"):
                return filed(Menu(), self.draft, said, say)
            case Choice():
                return ask(Summary(self.draft), say)
            case _:
                return again(self, say, "form.confirm_unclear")

    def before(self) -> State | None:
        return Summary(self.draft)


class WhichAnswer(Held, frozen=True, tag="form.which_answer"):
    """We asked which answer is to be corrected."""

    def prompt(self, say: Say) -> Reply:
        return Reply(say("form.which_answer"), self._every(say))

    def heard(self, said: Said, say: Say) -> Turn:
        chosen = choose(self._every(say), said.message)
        if chosen is None:
            return again(self, say, "form.choice_unclear")
        return correct(self.draft, chosen, say)

    def before(self) -> State | None:
        return Summary(self.draft)

    def _every(self, say: Say) -> tuple[Choice, ...]:
        service = say.district.services.get(self.draft.service)
        return correctable(self.draft, service, say) if service else ()


def start(
    service_code: str, say: Say, kept: Draft | None = None, prefilled: tuple[Answered, ...] = ()
) -> Turn:
    """Begin the form of a service, or go on with *kept*, where the citizen left it before."""
    district = say.district
    if service_code in (district.status_service, district.person_service):
        door = Door.CHECK if service_code == district.status_service else Door.PERSON
        return Turn(Menu(), enter=Enter(door))
    service = district.services.get(service_code)
    if service is None:
        return gone(say)
    draft = drafts.opened(service)
    if kept and kept.service == service_code and not service.safe_path:
        draft = drafts.resumed(kept, service, district)
    told_before = draft.answers
    draft = drafts.known(draft, service, prefilled)
    before = opening(service, draft, say)
    if not told_before and whose.at_start(draft, service):
        return ask(Whose(draft, whose.AskFor()), say, *before)
    return onward(draft, say, *before, say("form.resumed") if told_before else "")


def onward(draft: Draft, say: Say, *before: str) -> Turn:
    """Ask the next open question of *draft*, or sum up."""
    service = say.district.services.get(draft.service)
    if service is None:
        return gone(say)
    draft = unasked(draft, service, say)
    if field := drafts.next_open(draft, service):
        fill = SafeFill if service.safe_path else Fill
        return ask(fill(draft, field.key), say, *before)
    end = SafeSend if service.safe_path else Summary
    return ask(end(draft), say, *before)


def correct(draft: Draft, chosen: Choice, say: Say) -> Turn:
    """Ask one question anew; its photos make room, other answers stay until they are replaced."""
    key = chosen.value.removeprefix(CORRECT)
    field = drafts.field_of(say.district.services[draft.service], key)
    if field and field.kind is FieldKind.PHOTO:
        draft = drafts.without(draft, key)
    return ask(Fill(draft, key), say)


def _answered(asked: Asked, answered: Answered) -> Turn:
    """Note the answer and go on; danger to life brings the emergency numbers first."""
    urgency = drafts.urgency_of(asked.service, answered)
    draft = drafts.urgent(whose.noted(asked, answered), urgency)
    if urgency is not Priority.P1 or asked.draft.priority is Priority.P1:
        return onward(draft, asked.say)
    draft = drafts.alarmed(draft, asked.service.danger)
    return onward(draft, asked.say, card(asked.say, danger_of(asked.service)))


def _choices(say: Say, prefix: str, *names: str) -> tuple[Choice, ...]:
    return tuple(Choice(prefix + name, say(f"form.{name}")) for name in names)
