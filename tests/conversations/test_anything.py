"""Whatever anyone types, in whatever state, gets an answer, and the session survives storage."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from conversations import codec
from conversations.forms import fill
from conversations.forms.states import FORMS
from conversations.hearing.words import SPELLINGS
from conversations.messages import Address, Attachment, Channel, Inbound, Place
from conversations.records.parties import ConsentsFound, FindConsents, Waiting
from conversations.session import Session
from conversations.turn import (
    AboutMe,
    Draft,
    Event,
    FindTicket,
    FindTickets,
    LookUp,
    Question,
    RegistryAnswered,
    Said,
    State,
    TicketsFound,
)
from referrals.codes import code_from
from referrals.ticket import TicketState
from tests.conversations import limits
from tests.conversations.examples import CODE, EXAMPLES, SARI
from tests.conversations.spoken_records import FIXED, answer, kept, ticket
from tests.conversations.town import DISTRICT, SAY, VOICES

SENDER = Address(Channel.TELEGRAM, "77001")
NOW = datetime(2026, 9, 3, 3, tzinfo=UTC)
ANSWERS = (*FIXED.values(), answer("Listed desil 2, PKH"), answer("Listed desil none, X inactive"))
FOUND = (kept("ended 0"), kept(f"going {CODE} ended 2 seen dinsos-data:page:2"))
TICKETS = tuple(
    ticket(f"{code_from(state + service)} {service} {state.value} dinas-perkim 2026-08-20")
    for state in TicketState
    for service in ("RTLH", "PPA")
)
SENTENCES = (
    *("9901014107800001", "9901010101100001", "0001", CODE, "4821 0937 9", "1", "2", "99", "0"),
    *("belum", f"belum {CODE} masih bocor", "sudah", "banding", f"batal {CODE}", "jawab"),
    *("saya dipukul suami", "rumah kebakaran", "rumah bocor", "kis saya mati", "makasih", "halo"),
    *("bohong semua", "https://x.id", "hapus data saya", "mau bicara orang", "{", "%s", "\x00"),
    *(
        "ya",
        "tidak",
        f"ya {CODE}",
        "untuk ibu saya",
        "08123456789",
        "lewati",
        "sukamaju",
        "sama",
        "🙏" * 50,
        "a" * 5000,
        "terima",
    ),
)
FIRST_FORMS = [
    turn.state
    for code in DISTRICT.services
    if isinstance((turn := fill.start(code, SAY)).state, FORMS)
]
STATES: tuple[State, ...] = (*EXAMPLES, *FIRST_FORMS)
KEPT = Draft("RTLH", ())
ASKED = LookUp(SARI, "0001")

texts = st.one_of(st.sampled_from(SENTENCES), st.sampled_from(sorted(SPELLINGS)), st.text())
taps = st.sampled_from(
    (
        "word:menu",
        "word:again",
        "ticket:sudah:" + CODE,
        "ticket:x",
        "ticket:tolak:" + CODE,
        "old:x",
    )
)


@st.composite
def messages(draw: st.DrawFn, session: Session) -> Said:
    """Return any message; a tap is mostly one that the question offers."""
    offered = [choice.value for choice in session.state.prompt(SAY).choices]
    kind = draw(st.sampled_from(("text", "text", "tap", "other")))
    tapped = st.one_of(st.sampled_from(offered), taps) if offered else taps
    inbound = Inbound(
        sender=SENDER,
        message_id="1",
        received_at=NOW + timedelta(days=draw(st.sampled_from((0, 0, 0, 8)))),
        text=draw(texts) if kind == "text" else "",
        picked=draw(tapped) if kind == "tap" else None,
        attachments=draw(st.sampled_from(((), (Attachment("photo", "x"),)))),
        place=draw(st.sampled_from((None, Place(-6.5, 106.8)))) if kind == "other" else None,
        unreadable=draw(st.sampled_from((None, "sticker"))) if kind == "other" else None,
    )
    return Said(inbound, f"{draw(st.integers(0, 2**64)):032x}")


def event_for(data: st.DataObject, question: Question) -> Event:
    """Return any answer to *question*."""
    match question:
        case LookUp():
            return RegistryAnswered(data.draw(st.sampled_from(ANSWERS)), question)
        case FindTickets():
            some = st.lists(st.sampled_from(TICKETS), max_size=10, unique=True)
            return TicketsFound(tuple(data.draw(some)))
        case FindConsents():
            waiting = st.lists(st.sampled_from(TICKETS), max_size=3, unique=True)
            found = tuple(Waiting(one, one.code[-4:]) for one in data.draw(waiting))
            return ConsentsFound(found, question)
        case AboutMe():
            return data.draw(st.sampled_from(FOUND))
        case FindTicket(code):
            found = data.draw(st.sampled_from((*TICKETS, None)))
            return TicketsFound((replace(found, code=code),) if found else ())


def take(session: Session, event: Event, data: st.DataObject) -> Session:
    """Take a whole turn; assert that it answers, fits every channel, and can be stored."""
    told = False
    quoted = event.message.text if isinstance(event, Said) else ""
    for _ in range(8):
        session, turn = session.step(event, VOICES)
        assert codec.load(codec.dump(session), SENDER) == session
        assert len(turn.replies) <= 1
        for reply in turn.replies:
            told = True
            limits.check(reply, quoted + str(session))
        if turn.question is None:
            break
        event = event_for(data, turn.question)
    else:
        pytest.fail("the turn does not end")
    assert told or session.stopped
    return session


@pytest.mark.parametrize("state", STATES, ids=lambda state: str(state.__struct_config__.tag))
@given(data=st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_anything(state: State, data: st.DataObject) -> None:
    """A few messages after any state: each is answered in one message that fits."""
    session = Session(
        sender=SENDER,
        language=data.draw(st.sampled_from(("id", "en"))),
        state=state,
        consent=data.draw(st.sampled_from((DISTRICT.consent_version, ""))),
        stopped=data.draw(st.sampled_from((False, False, False, True))),
        kept=data.draw(st.sampled_from((None, KEPT))),
        seen=NOW,
    )
    for _ in range(data.draw(st.integers(1, 4))):
        session = take(session, data.draw(messages(session)), data)
        session = replace(session, seen=NOW)


@pytest.mark.parametrize("state", STATES, ids=lambda state: str(state.__struct_config__.tag))
@pytest.mark.parametrize(
    "event", [TicketsFound(()), *(RegistryAnswered(a, ASKED) for a in ANSWERS)]
)
def test_late_answers(state: State, event: Event) -> None:
    """An answer that comes when nobody waits for it harms nothing."""
    consent = DISTRICT.consent_version
    session = Session(sender=SENDER, language="id", state=state, consent=consent)
    session, turn = session.step(event, VOICES)
    assert len(turn.replies) <= 1
    assert codec.load(codec.dump(session), SENDER) == session
