"""One citizen's conversation: what is heard first, which state answers, which door leads where."""

from msgspec.structs import replace

from conversations import (
    asleep,
    between,
    calming,
    consenting,
    doors,
    listening,
    twice,
    walks,
    wordless,
)
from conversations.again import Stuck, patiently
from conversations.barred import barred
from conversations.forms.safe import called
from conversations.hearing import alarms, numerals, secrets
from conversations.hearing.alarms import card
from conversations.hearing.choices import exact
from conversations.hearing.words import plain
from conversations.memory import Memory
from conversations.menu import named
from conversations.messages import Inbound, Reply
from conversations.paging import cut
from conversations.records.parties import ConsentsFound
from conversations.say import Say, Voices, voices_on
from conversations.status import late
from conversations.tickets import unsure
from conversations.turn import (
    Door,
    Enter,
    Event,
    RegistryAnswered,
    Said,
    Start,
    Turn,
    ask,
    prompted,
    said_first,
)
from conversations.wish.rescue import instead
from referrals.district.alarms import Danger
from registry_client.answers import Pending

DOORS_A_TURN = 6  # more would be going round in circles
SENTENCE = 9  # letters: what is shorter may be an answer to a question we no longer know

Heard = tuple["Session", Turn]


class Session(Memory, frozen=True, kw_only=True):
    """A conversation that can take one step after another."""

    def step(self, event: Event, voices: Voices) -> Heard:
        """Return this session after *event*, and what the step brought."""
        event, voices = consenting.unfound(event), voices_on(self.sender.channel, voices)
        event = numerals.western(event)
        told, event = event, secrets.without(event)
        woken = self.woken(event)
        session, turn = woken.hear(event, voices[woken.language])
        for _ in range(DOORS_A_TURN):
            if turn.enter is None:
                break
            session, then = session.through(turn, event, voices[session.language])
            turn = doors.joined(turn, doors.out_of_safety(turn, then, voices[session.language]))
        session, turn = twice.looked(self, session, turn)
        session, turn = between.looked(self, event, (session, turn), voices[session.language])
        session, turn = consenting.looked(woken, event, session, turn)
        if event is not told:
            turn = said_first(turn, voices[session.language]("session.secret"))
        session = session.told(turn).paged(self.state)
        return session, cut(turn, session.page, voices[session.language])

    def hear(self, event: Event, say: Say) -> Heard:
        """Return what *event* means: a choice of what was asked, or what is heard everywhere."""
        if not isinstance(event, Said):
            return self._answered(event, say)
        if self.stopped:
            return self._asleep(event, say)
        if self.restarted:
            return self._begin_again(event, say)
        choices = prompted(self.state, say).choices
        if choices and exact(choices, event.message):
            return self.answer(event, say)
        if choices and (leafed := self.leafed(event.message, choices)):
            return leafed, ask(self.state, say)
        return self.everywhere(event, say) or self.answer(event, say)

    def _asleep(self, said: Said, say: Say) -> Heard:
        """After BERHENTI: wake on MULAI, hear emergencies and answers to own tickets.

        Else say how to wake us: once, and when somebody breaks off such an answer.
        """
        if asleep.wakes(said):
            return self._waking(say)
        if turn := asleep.heard(self.state, said, say):
            return self.moved(turn, by_itself=True), turn
        session = self.home() if isinstance(self.state, asleep.ANSWERING) else self
        if self.reminded and session is self:
            return self, Turn(self.state)
        told = Turn(session.state, (Reply(say("session.asleep")),))
        return replace(session, reminded=True), told

    def _waking(self, say: Say) -> Heard:
        """MULAI: the menu; look-ups whose answers we kept to ourselves must be asked again."""
        woken = replace(self, stopped=False, reminded=False, restarted=False, later=())
        told = late.broken_off(self.later, say)
        replies = (Reply(told),) if told else ()
        return woken, Turn(self.state, replies, records=(Start(),), enter=Enter(Door.START))

    def _begin_again(self, said: Said, say: Say) -> Heard:
        """Say that we start from the menu; a whole sentence or an entry's name is still heard."""
        session = replace(self, restarted=False)
        if heard := session.everywhere(said, say):
            return heard
        if door := named(said.message.text):
            return session, Turn(self.state, enter=Enter(door))
        told = say("session.restarted_kept" if self.kept else "session.restarted")
        if len(plain(said.message.text)) < SENTENCE:
            return session, ask(self.state, say, told)
        return session, Turn(self.state, (Reply(told),), enter=Enter(Door.WISH, said.message.text))

    def everywhere(self, said: Said, say: Say) -> Heard | None:
        """Return what is heard whatever was asked; an emergency puts a form on urgent as well."""
        if self.state.safe and (calmed := calming.calmed(self, said, say)):
            return replace(self.moved(calmed), misses=self.misses + 1), calmed
        if turn := listening.hear(self.state, said, say):
            return self._strayed(turn, said, say)
        alarm = alarms.danger(said.message.text, say.district.alarms)
        if alarm is None:
            return None
        if (urgent := self.state.alarmed(Danger(alarm.value))) is self.state:
            return None
        session = replace(self, state=urgent) if urgent else self
        turn = session.state.heard(said, say)
        helped = instead(session.state, said, alarm, say) if self.consent else session.state
        turn = ask(helped, say) if turn.unread else turn
        return session.moved(turn, by_itself=True), said_first(turn, card(say, alarm))

    def answer(self, said: Said, say: Say) -> Heard:
        """Give the message to the question it answers."""
        turn = self.state.heard(said, say)
        if turn.unread:
            return self._missed(turn, said, say)
        return self.moved(turn, by_itself=True), turn

    def _missed(self, turn: Turn, said: Said, say: Say) -> Heard:
        """Answer what could not be read; it may be for an office that has a ticket."""
        if enter := listening.likely(turn.state, said.message.text):
            return self, Turn(self.state, enter=enter)
        if look := unsure.look(said, turn.state):
            return replace(self.moved(look), history=self.history, misses=self.misses), look
        return self._counted(turn, say)

    def tried(self, said: Said, say: Say) -> Heard:
        """Take what was said under the offer of a person as another try at the question."""
        turn = listening.unanswered(self.state, said, say)
        return self._strayed(turn, said, say) if turn else self.answer(said, say)

    def _strayed(self, turn: Turn, said: Said, say: Say) -> Heard:
        """Go on with what was heard everywhere, where it was read at all."""
        if turn.unread:
            return self._counted(turn, say, said.message)
        return self.moved(turn), turn

    def _counted(self, turn: Turn, say: Say, sent: Inbound | None = None) -> Heard:
        """Answer what could not be read, never with the same words thrice.

        *sent* is what nobody can read: a voice message, a tap on an old keyboard.
        """
        misses = self.misses + 1
        asking = replace(self, state=turn.state) if self.state.awaits else self
        if sent is not None and wordless.is_silent(sent):
            turn = wordless.unwritten(turn, misses, sent, say)
        else:
            turn = patiently(turn, misses, say)
        return replace(asking.moved(turn), misses=misses), turn

    def _answered(self, event: Event, say: Say) -> Heard:
        """Give an answer of the registry or the store to who waits for it, or tell it late."""
        if isinstance(event, self.state.awaits):
            turn = self.state.answered(event, say)
            return self._counted(turn, say) if turn.unread else (self.moved(turn), turn)
        if isinstance(event, ConsentsFound):
            turn = consenting.answered(self, event, say)
            return self.moved(turn), turn
        if isinstance(event, RegistryAnswered) and not isinstance(event.answer, Pending):
            return self._late(event, say)
        return self, Turn(self.state)

    def _late(self, event: RegistryAnswered, say: Say) -> Heard:
        """Tell a late answer; after BERHENTI it is not sent, and without consent nobody asked."""
        looking = late.meant(self.later, event.question)
        if looking is None or self.stopped or not self.consent:
            return self, Turn(self.state)
        session = replace(self, later=late.without(self.later, looking))
        turn = late.told(looking, event, self.state, say)
        return session.moved(turn), turn

    def through(self, turn: Turn, event: Event, say: Say) -> Heard:
        """Go through the door of *turn*; without consent only a few of them open."""
        enter = turn.enter or Enter(Door.MENU)
        if self.consent != say.district.consent_version and enter.door not in doors.FREE:
            return self._barred(enter, say)
        if enter.door is Door.ANSWER and isinstance(event, Said):
            return (self.out() or self.home()).tried(event, say)
        if enter.door in walks.WALKS or not isinstance(event, Said):
            return walks.WALKS.get(enter.door, walks.go_home)(self, turn, say)
        if enter.door is Door.PERSON and (called := self._called_safely(event, say)):
            return self.moved(called), called
        visit = doors.Visit(enter.text, event, self.menu(), self.looks)
        then = doors.opened(enter.door, visit, say)
        return self._missed(then, event, say) if then.unread else (self.moved(then), then)

    def _called_safely(self, said: Said, say: Say) -> Turn | None:
        """Call a person from the safe path, also from the offer of one; None anywhere else."""
        asked = self.out() if isinstance(self.state, Stuck) else self
        return called(asked.state, said, say) if asked else None

    def _barred(self, enter: Enter, say: Say) -> Heard:
        """Ask for consent first; numbers to call are given all the same."""
        turn = barred(self, enter, say)
        return self.moved(turn), turn
