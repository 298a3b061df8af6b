"""Whatever people do to a ticket in whatever order, the lifecycle's promises hold."""

from collections.abc import Sequence

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from referrals.attempts import Why
from referrals.transitions import TRANSITIONS
from tests.referrals.lives import OfDice, lived
from tests.referrals.promises import kept, the_log_tells_the_ticket, told_or_silent
from tests.referrals.wild import Life, T

HISTORIES = 200
STEPS = 25


class OfHypothesis:
    """Choices that Hypothesis makes, and makes smaller when they break something."""

    def __init__(self, data: st.DataObject) -> None:
        self._data = data

    def pick(self, choices: Sequence[T]) -> T:
        """Return one of *choices*."""
        return self._data.draw(st.sampled_from(choices))

    def whole(self, low: int, high: int) -> int:
        """Return a number from *low* to *high*."""
        return self._data.draw(st.integers(low, high))


class TicketMachine(RuleBasedStateMachine):
    """One ticket, and everybody who may want something done with it."""

    life: Life

    @initialize(data=st.data())
    def file(self, data: st.DataObject) -> None:
        """File the ticket."""
        self.life = Life(OfHypothesis(data))
        self.life.file()
        kept(self.life, None)

    @rule(data=st.data())
    def step(self, data: st.DataObject) -> None:
        """Let something happen."""
        self.life.chance = OfHypothesis(data)
        before = self.life.ticket
        self.life.step()
        kept(self.life, before)

    def teardown(self) -> None:
        """Read the log from its beginning."""
        if hasattr(self, "life"):
            the_log_tells_the_ticket(self.life)
            told_or_silent(self.life)


TicketMachine.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestTicketMachine = TicketMachine.TestCase


def test_histories_by_dice_reach_most_of_the_table() -> None:
    """Some hundred lives keep every promise; `benchmarks.histories` has a hundred thousand."""
    lives = [lived(OfDice(seed), STEPS) for seed in range(HISTORIES)]
    taken = {entry for life in lives for entry in life.taken}
    refused = {why for life in lives for why in life.refused}
    assert len(taken) > 0.7 * len(TRANSITIONS)
    assert len(refused) > 0.7 * len(Why)
