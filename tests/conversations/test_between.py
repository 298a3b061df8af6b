"""What a form was answered may be for an office: asked where both asked, not in an emergency."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from conversations import codec
from conversations.forms.fill import Fill
from conversations.forms.several import Several
from conversations.messages import Address, Attachment, Channel, Inbound
from conversations.session import Session
from conversations.tickets.between import LookBetween, WhichOfTwo
from conversations.turn import Answered, Draft, Said, State, TicketsFound
from referrals.district.alarms import Danger
from referrals.district.directory import Priority
from tests.conversations.player import ZONE
from tests.conversations.spoken_records import ticket
from tests.conversations.town import DISTRICT, VOICES

CITIZEN = Address(Channel.TELEGRAM, "77001")
NINE = datetime(2026, 9, 4, 9, tzinfo=ZONE)  # the form asked; an office asks at ten
NOON = NINE + timedelta(hours=3)
DRAFT = Draft("LAIN", (Answered("story", "lampu mati", "lampu mati"),))
PLACE = Fill(DRAFT, "place")
WORDS = "yang hijau di belakang masjid"
ASKED = ticket("482109379 LAIN needs_info dinas-perkim 2026-09-04")


def heard(
    state: State,
    text: str = WORDS,
    at: datetime = NOON,
    filed: tuple[str, ...] = ("LAIN",),
    **more: object,
) -> Session:
    """Return the conversation after *text*, which answers *state* or an office."""
    begun = replace(
        codec.fresh(CITIZEN, "id"),
        state=state,
        consent=DISTRICT.consent_version,
        seen=NINE,
        filed=filed,
    )
    said = Said(
        Inbound(sender=CITIZEN, message_id="1", received_at=at, text=text, **more), "0" * 32
    )
    return begun.step(said, VOICES)[0]


def found(session: Session, now: datetime | None = NOON) -> State:
    """Return where *session* stands once its tickets were looked at."""
    return session.step(TicketsFound((ASKED,), now), VOICES)[0].state


@pytest.mark.parametrize("state", [PLACE, Several(Draft("LAIN", DRAFT.answers))])
def test_words_that_fit_both_are_asked_about(state: State) -> None:
    """An answer in words, after an office asked, waits until its citizen said whose it is."""
    waiting = heard(state)
    assert isinstance(waiting.state, LookBetween)
    assert isinstance(found(waiting), WhichOfTwo)


def test_of_who_never_filed_no_office_asks() -> None:
    """Whoever has no ticket answers the form, and none is looked for."""
    assert isinstance(heard(PLACE, filed=()).state, Fill)


@pytest.mark.parametrize("now", [None, NINE, NINE + timedelta(minutes=30)])
def test_what_no_office_asked_is_the_forms(now: datetime | None) -> None:
    """Before the office's question was sent, whatever is written answers the form."""
    after = found(heard(PLACE), now)
    assert isinstance(after, Fill)
    assert after.key == "photo"


@pytest.mark.parametrize(
    ("state", "text", "more"),
    [
        (PLACE, WORDS, {"at": NINE + timedelta(seconds=10)}),
        (PLACE, WORDS, {"attachments": (Attachment("photo", "p"),)}),
        (Fill(DRAFT, "photo"), "tidak ada", {}),
        (PLACE, "12", {}),
        (PLACE, "menu", {}),
        (Fill(replace(DRAFT, priority=Priority.P1), "place"), WORDS, {}),
        (Fill(Draft("RTLH"), "danger"), "rusak, masih ditempati", {}),
        (Several(Draft("LAIN", DRAFT.answers)), "depan masjid Sukamaju#", {}),
        (Fill(Draft("LAIN"), "gone"), WORDS, {}),
    ],
)
def test_what_is_surely_the_forms_is_not_looked_at(
    state: State, text: str, more: dict[str, object]
) -> None:
    """At once, with a photo, by a choice, in numbers, with #, in an emergency: no doubt."""
    assert not isinstance(heard(state, text, **more).state, LookBetween)


def test_nobody_waits_for_the_tickets() -> None:
    """Whoever writes on before they came, or is in danger, goes on with the form."""
    waiting = heard(PLACE).state
    assert isinstance(waiting, LookBetween)
    said = Said(Inbound(sender=CITIZEN, message_id="2", received_at=NOON, text="halo"), "0" * 32)
    assert waiting.heard(said, VOICES["id"]).state == waiting.then
    urgent = waiting.alarmed(Danger.EMERGENCY)
    assert isinstance(urgent, Fill)
    assert replace(waiting, then=urgent).alarmed(Danger.EMERGENCY) == replace(waiting, then=urgent)


@pytest.mark.parametrize("text", ["ya", "lanjut", "siap", "boleh", "oh", "tidak", "bukan"])
def test_no_yes_sends_words_to_an_office(text: str) -> None:
    """One of two is answered by naming it: a yes or a no alone is asked again."""
    question = WhichOfTwo(DRAFT, PLACE, (), PLACE, WORDS, "482109379", "Dinas Sosial")
    said = Said(Inbound(sender=CITIZEN, message_id="2", received_at=NOON, text=text), "0" * 32)
    turn = question.heard(said, VOICES["id"])
    assert (turn.state, turn.unread) == (question, True)
    assert (turn.enter, turn.records) == (None, ())


def test_a_form_that_is_offered_no_more() -> None:
    """A service that is gone from the rows makes no question fail."""
    question = WhichOfTwo(
        Draft("GONE"), PLACE, (), PLACE, WORDS, "482109379", "Dinas Sosial"
    ).prompt(VOICES["id"])
    assert len(question.choices) == 2
