"""Canned texts: what a district's officers may begin a message to a citizen with."""

from msgspec import Struct

from referrals.district.words import Words


class Canned(Struct, frozen=True, kw_only=True):
    """A row of replies.yaml. It fills a field and never sends itself: a person reads it first."""

    code: str
    step: str  # the officer's step that it is for: ask, milestone, hold, resolve, …
    states: tuple[str, ...] = ()  # of a ticket; () is any in which the step can be taken
    services: tuple[str, ...] = ()  # () is any
    label: Words  # what officers pick it by
    text: Words

    def fits(self, step: str, state: str, service: str) -> bool:
        """Tell whether it is for *step* on a ticket in *state* about *service*."""
        where = state in self.states or not self.states
        return self.step == step and where and (service in self.services or not self.services)
