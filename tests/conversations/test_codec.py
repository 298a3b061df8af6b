"""A session survives storage, and no stored body is ever too old or too broken to read."""

import pkgutil
from datetime import UTC, datetime
from importlib import import_module

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import conversations
from conversations import codec
from conversations.fetching import Fetching, FetchingTickets
from conversations.first import Greeting
from conversations.forms.states import FORMS
from conversations.menu import Menu
from conversations.messages import Address, Channel
from conversations.session import Session
from conversations.status.check_status import Looking
from conversations.turn import Answered, Draft, State
from tests.conversations.examples import CODE, EXAMPLES, SARI

SENDER = Address(Channel.SMS, "+628110001")
DRAFT = Draft("RTLH", (Answered("danger", "near", "Hampir roboh"),))
FULL = Session(
    sender=SENDER,
    language="en",
    state=Menu("RTLH"),
    history=EXAMPLES[:8],
    consent="2026-1",
    kept=DRAFT,
    later=(Looking(SARI, "0001", CODE),),
    misses=2,
    stopped=True,
    reminded=True,
    restarted=True,
    seen=datetime(2026, 9, 3, 3, tzinfo=UTC),
)


class Gone(State, frozen=True, tag="gone.state"):
    """A state of a version we no longer know, with a form in it."""

    draft: Draft
    page: int = 0


def subclasses(kind: type[State]) -> set[type[State]]:
    """Return all states below *kind*, without those of tests and those that others share."""
    below = kind.__subclasses__()
    found = {each for each in below if each.__module__.startswith("conversations")}
    return found.union(*(subclasses(each) for each in below))


def test_every_state_can_be_stored() -> None:
    """A state that a conversation asks from stands in the codec, under a tag of its own."""
    for module in pkgutil.walk_packages(conversations.__path__, "conversations."):
        import_module(module.name)
    asking = {
        kind
        for kind in subclasses(State) - {Fetching, FetchingTickets}
        if "prompt" in vars(kind) or issubclass(kind, Fetching) or kind in codec.KINDS
    }
    assert asking == set(codec.KINDS)
    assert len({kind.__struct_config__.tag for kind in codec.KINDS}) == len(codec.KINDS)


def test_every_state_has_an_example() -> None:
    """The tests know one of each state, forms have their own."""
    assert {type(state) for state in EXAMPLES} == set(codec.KINDS) - set(FORMS)


@pytest.mark.parametrize("state", EXAMPLES, ids=lambda state: str(state.__struct_config__.tag))
def test_survives(state: State) -> None:
    """What is stored is what is read, whatever state the session rests in."""
    session = replace(FULL, state=state)
    assert codec.load(codec.dump(session), SENDER) == session


def test_new_session() -> None:
    """Somebody new is greeted in their language where we speak it, in Indonesian else."""
    assert codec.fresh(SENDER, "en").language == "en"
    assert codec.fresh(SENDER, "jv").language == "id"
    assert codec.load(codec.dump(codec.fresh(SENDER, None)), SENDER).state == Greeting()


def test_unknown_state() -> None:
    """An unknown state leads to the menu; language, consent and the form in it are kept."""
    newer = Draft("LAIN", (Answered("story", "x", "x"),))
    session = codec.load(codec.dump(replace(FULL, state=Gone(newer))), SENDER)
    assert session == replace(FULL, state=Menu("LAIN"), history=(), kept=newer, misses=0)


def test_unknown_history() -> None:
    """A state that became unknown further back costs the place, not the form."""
    session = codec.load(codec.dump(replace(FULL, history=(Gone(DRAFT),))), SENDER)
    assert session == replace(FULL, history=(), misses=0)


def test_other_version() -> None:
    """A body of another version leads to the menu, though its state may look the same."""
    session = codec.load(b"\x00" + codec.dump(replace(FULL, restarted=False))[1:], SENDER)
    assert session == replace(FULL, history=(), misses=0)


def test_broken_form() -> None:
    """A form that can no longer be read is forgotten; the rest is not."""
    raw = msgspec.msgpack.decode(codec.dump(FULL)[1:])
    body = codec.VERSION + msgspec.msgpack.encode({**raw, "kept": {"service": 1}})
    assert codec.load(body, SENDER) == replace(FULL, kept=None)


def test_unknown_language() -> None:
    """A language that we no longer speak becomes Indonesian."""
    assert codec.load(codec.dump(replace(FULL, language="xx")), SENDER).language == "id"


@given(st.binary(max_size=200))
def test_any_body(body: bytes) -> None:
    """Whatever the store gives back, a conversation can go on with it."""
    assert codec.load(body, SENDER).sender == SENDER


@given(st.integers(0, 600), st.binary(min_size=1, max_size=3))
def test_any_damage(at: int, damage: bytes) -> None:
    """Whatever becomes of a stored body, a conversation can go on with it."""
    body = codec.dump(FULL)
    spoilt = body[: at % len(body)] + damage + body[at % len(body) + len(damage) :]
    assert codec.load(spoilt, SENDER).sender == SENDER
