"""One invented ticket, and what only those who invent it know."""

from datetime import datetime

from msgspec import Struct

from referrals import commands as c
from referrals import events as e
from referrals.district.directory import District
from referrals.lifecycle import evolve
from referrals.ticket import Actor, Ticket


class Step(Struct, frozen=True):
    """What somebody means to do, and when; *hollow*: "done" with nothing done."""

    at: datetime
    command: c.Command
    who: Actor
    hollow: bool = False


class Life(Struct):
    """A ticket, and what its citizen is like."""

    ticket: Ticket
    mute: bool  # this citizen never answers
    stubborn: bool  # and this one appeals
    hollow: bool = False  # the last "done" was nothing done

    def tried(self, step: Step) -> None:
        """Know what *step* is worth, before it is taken."""
        if isinstance(step.command, c.Resolve):
            self.hollow = step.hollow

    def happens(self, event: e.Event, step: Step, district: District) -> None:
        """Let *event* happen, which *step* led to."""
        del step, district  # for those who note or check it
        self.ticket = evolve(self.ticket, event)
