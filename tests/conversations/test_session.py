"""What a session remembers, and what transcripts cannot show."""

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from conversations import codec
from conversations.first import AskConsent, Greeting
from conversations.forms import fill
from conversations.joining import together
from conversations.menu import Menu
from conversations.messages import Address, Channel, Choice, Inbound, Reply
from conversations.say import Say
from conversations.session import DOORS_A_TURN, Session
from conversations.status import late
from conversations.status.check_status import AskNik, Looking, Next
from conversations.turn import (
    Door,
    Draft,
    Enter,
    Event,
    RegistryAnswered,
    Said,
    State,
    TicketsFound,
    Turn,
)
from conversations.wish.person import AskReason
from conversations.wish.wishes import Guessed
from registry_client.answers import NeedsPerson, Pending, TooManyTries
from tests.conversations.examples import CODE, EXAMPLES, SARI
from tests.conversations.limits import segments
from tests.conversations.test_wording import SAID
from tests.conversations.town import DISTRICT, SAY, VOICES

NOW = datetime(2026, 9, 3, 3, tzinfo=UTC)
TOMORROW = date(2026, 9, 4)
SENDER = Address(Channel.SMS, "+628110001")
CHAT = Address(Channel.TELEGRAM, "77001")  # whom nobody asks for consent by text
HOME = Session(sender=SENDER, language="id", state=Menu(), consent=DISTRICT.consent_version)
LOOKING = Looking(SARI, "0001", CODE)


def said(text: str = "", picked: str | None = None, sender: Address = SENDER) -> Said:
    """Return a message."""
    inbound = Inbound(sender=sender, message_id="1", received_at=NOW, text=text, picked=picked)
    return Said(inbound, "0" * 32)


def after(session: Session, *texts: str) -> Session:
    """Return *session* after the citizen wrote *texts*."""
    for text in texts:
        session, _ = session.step(said(text, sender=session.sender), VOICES)
    return session


class Circle(State, frozen=True, tag="test.circle"):
    """A state that leads through a door to itself for ever."""

    awaits = (TicketsFound,)

    def prompt(self, say: Say) -> Reply:
        return Reply("?")

    def heard(self, said: Said, say: Say) -> Turn:
        return Turn(self, enter=Enter(Door.ANSWER))

    def answered(self, event: Event, say: Say) -> Turn:
        return Turn(self, enter=Enter(Door.CHECK))


class Roundabout(Circle, frozen=True, tag="again_test.circle"):
    """The same in another conversation."""


def test_first_contact_is_short() -> None:
    """Who we are, the notice and the question are short in any language, by SMS one message."""
    for language in VOICES:
        _, turn = codec.fresh(CHAT, language).step(said("halo", sender=CHAT), VOICES)
        assert segments(turn.replies[0]) <= 2
        _, turn = codec.fresh(SENDER, language).step(said("mau lapor lampu jalan 2 mati"), VOICES)
        assert segments(turn.replies[0]) == 1


@pytest.mark.parametrize("word", ["darurat", "petugas"])
def test_a_word_as_first_contact(word: str) -> None:
    """Whoever begins with a word heard everywhere is answered, and asked for consent."""
    session, turn = codec.fresh(SENDER, "id").step(said(word), VOICES)
    assert isinstance(session.state, AskConsent)
    assert turn.replies[0].choices


def test_help_as_first_contact() -> None:
    """Whoever first asks for help by SMS reads one message; elsewhere the consent is asked too."""
    session, turn = codec.fresh(SENDER, "id").step(said("bantuan"), VOICES)
    assert segments(turn.replies[0]) == 1
    assert session.state == Greeting()
    session, turn = codec.fresh(CHAT, "id").step(said("bantuan", sender=CHAT), VOICES)
    assert session.state == AskConsent()


def test_going_round_in_circles_ends() -> None:
    """A conversation that leads to itself stops after a few doors."""
    session = replace(HOME, state=Circle(), history=(Circle(), Roundabout()) * DOORS_A_TURN)
    _, turn = session.step(said("x"), VOICES)
    assert turn.enter


def test_a_door_without_a_message() -> None:
    """A door that needs the citizen's words leads to the menu when there are none."""
    session, _ = replace(HOME, state=Circle()).step(TicketsFound(()), VOICES)
    assert session.state == Menu()


def test_a_form_waits_in_the_menu() -> None:
    """A form that is left is offered first in the menu; filed or dropped it is not."""
    draft = fill.start("RTLH", SAY).state.unfinished()
    assert draft
    form = after(HOME, "rumah saya bocor parah", "1", "hampir roboh")
    left = after(form, "menu")
    assert left.state == Menu("RTLH")
    assert left.kept
    assert len(left.kept.answers) >= 1
    assert after(left, "lanjutkan isian").kept is None
    assert after(form, "batal").state == Menu(unseen=True)
    assert after(form, "bahasa", "1").state == form.state


def test_a_form_of_a_service_that_is_gone() -> None:
    """A form whose service the district no longer has is not offered for ever."""
    session = replace(HOME, state=Menu("GONE"), kept=Draft("GONE"))
    session, turn = session.step(said(picked="menu:resume"), VOICES)
    assert (session.state, session.kept) == (Menu(), None)
    assert turn.replies


def test_history_is_bounded() -> None:
    """KEMBALI goes back eight questions at most."""
    session = replace(HOME, state=AskNik(), history=EXAMPLES[:8])
    assert after(session, "petugas").history == (*EXAMPLES[1:8], AskNik())


@pytest.mark.parametrize(
    "event", [RegistryAnswered(TooManyTries(TOMORROW)), RegistryAnswered(Pending())]
)
def test_an_answer_to_nothing(event: Event) -> None:
    """An answer that nobody waits for, or that is none yet, is not told, nor after BERHENTI."""
    for session in (HOME, replace(HOME, later=(LOOKING,), stopped=True)):
        assert session.step(event, VOICES) == (session, Turn(session.state))


def test_a_late_answer_without_consent() -> None:
    """Who was forgotten since is told nothing of a look-up from before."""
    session = codec.fresh(SENDER, "id")
    event = RegistryAnswered(TooManyTries(TOMORROW), LOOKING.question)
    assert session.step(event, VOICES) == (session, Turn(session.state))


def test_still_pending() -> None:
    """Who was told to wait is not told so again."""
    session = replace(HOME, later=(LOOKING,))
    assert session.step(RegistryAnswered(Pending()), VOICES) == (session, Turn(Menu()))


def test_a_late_answer_in_the_menu() -> None:
    """At the menu a late answer is told with what can be done next; elsewhere only told."""
    event = RegistryAnswered(TooManyTries(TOMORROW))
    session, _ = replace(HOME, later=(LOOKING,)).step(event, VOICES)
    assert isinstance(session.state, Next)
    session, turn = replace(HOME, later=(LOOKING,), state=AskNik()).step(event, VOICES)
    assert (session.state, session.later) == (AskNik(), ())
    assert turn.replies[0].text.startswith("NIK berakhir 0001: ")
    assert turn.replies[0].text.endswith(AskNik().prompt(SAY).text)


def test_the_oldest_look_up_gives_way() -> None:
    """A few look-ups are remembered; the same one asked again is one."""
    waiting: tuple[Looking, ...] = ()
    for proof in (*range(late.MOST + 1), late.MOST):
        waiting = late.waiting(waiting, Looking(SARI, str(proof), CODE))
    assert [looking.proof for looking in waiting] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("state", [Menu(), AskNik()])
def test_a_late_answer_to_what_was_forgotten(state: State) -> None:
    """It is told all the same; the ticket that an officer needs is left to the citizen."""
    event = RegistryAnswered(NeedsPerson(), LOOKING.question)
    session, turn = replace(HOME, state=state).step(event, VOICES)
    assert turn.replies[0].text.startswith("NIK berakhir 0001: ")
    assert "PETUGAS" in turn.replies[0].text
    assert turn.records == ()
    assert session.state == (Menu(unseen=True) if isinstance(state, Menu) else state)


def test_violence_is_kept_nowhere() -> None:
    """What was written about violence stands nowhere in the session, first message or not."""
    for session in (codec.fresh(SENDER, None), HOME, after(HOME, "petugas")):
        body = codec.dump(after(session, "saya dipukul suami sampai berdarah"))
        assert b"berdarah" not in body


def test_the_safe_path_leaves_nothing_behind_it() -> None:
    """Violence that only a guess finds: neither the sentence nor a form of before is kept."""
    wrote = "bapak tiri jahat sama saya, sudah lama begini"
    kept = replace(HOME, kept=Draft("LAIN", ()))
    for session in (kept, after(codec.fresh(CHAT, None), "halo", "ya")):
        guessed = after(session, wrote)
        assert isinstance(guessed.state, Guessed)
        safe = after(guessed, "kekerasan (rahasia)", "1")
        assert safe.state.safe
        assert (safe.history, safe.kept, safe.state.unfinished()) == ((), None, None)
        assert b"begini" not in codec.dump(safe)


def test_what_was_guessed_from_is_not_gone_back_to() -> None:
    """KEMBALI leads past the question that holds the citizen's own sentence."""
    session = after(HOME, "rumah saya bocor kalau hujan deras", "1")
    assert not any(isinstance(state, Guessed) for state in session.history)


def test_violence_where_no_service_takes_it() -> None:
    """In a district without a safe path there are still numbers to call."""
    services = {code: s for code, s in DISTRICT.services.items() if not s.safe_path}
    say = Say("id", SAID["id"], replace(DISTRICT, services=services))
    _, turn = HOME.step(said("saya dipukul suami"), {"id": say})
    assert "112" in turn.replies[0].text


def test_office_hours_of_an_unknown_year() -> None:
    """In a year whose holidays nobody entered no opening hour is invented."""
    calendar = replace(DISTRICT.calendar, years=frozenset())
    say = Say("id", SAID["id"], replace(DISTRICT, calendar=calendar))
    turn = AskReason().heard(said("kartu kis ibu mati"), say)
    assert SAID["id"]["person.office_hours"] in turn.replies[0].text


def test_a_new_notice_is_agreed_to_again() -> None:
    """When the privacy notice changes, the next wish asks for consent first, and is not lost."""
    session = after(replace(HOME, consent="2020-1"), "cek", "setuju")
    assert session.state == AskNik()
    assert session.consent == DISTRICT.consent_version


def test_words_ahead_of_an_answer_are_no_message_of_their_own() -> None:
    """What was said before the store was asked goes with its answer; what can be tapped stays."""
    told, asked = Reply("Isian tersimpan."), Reply("Mana?", (Choice("a", "A"),))
    assert together((told,), (asked,)) == (replace(asked, text="Isian tersimpan.\n\nMana?"),)
    assert together((asked,), (told,)) == (asked, told)
    assert together((told,), ()) == together((), (told,)) == (told,)
