"""What an officer wants done with a ticket: a command of the lifecycle, or a wish of the desk."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from casework.access.links import Claim
from casework.files.cleaning import Clean
from casework.telling.answer import Answer
from referrals.commands import Command
from referrals.ticket import ClosedBecause


class Merge(Struct, frozen=True):
    """The same case is ticket *into* already, which takes this one in (row 10)."""

    into: str


class Propose(Struct, frozen=True):
    """Ask a second person to agree that the ticket be struck out (row 34), or closed *because*."""

    because: ClosedBecause | None = None


class Strike(Struct, frozen=True):
    """Agree to that."""


class Spare(Struct, frozen=True):
    """Do not agree to it."""


Step = Command | Merge | Propose | Strike | Spare


class Brought(Struct, frozen=True):
    """What somebody brings with a step, as they brought it; `Said` is what the desk makes of it.

    *rule* is the one by which it is declined. *once* is the name under which it is done a single
    time, if any; *as_of* and *answer* are those of `Said`.
    """

    words: str = ""
    rule: str = ""
    files: Sequence[bytes] = ()
    once: str = ""
    as_of: int | None = None
    answer: Answer | None = None

    @property
    def text(self) -> str:
        """The words as they are kept and told: a rule stands behind them."""
        return f"{self.words} ({self.rule})" if self.rule else self.words

    def __repr__(self) -> str:
        return f"Brought({len(self.words)} letters, {len(self.files)} files)"


class Said(Struct, frozen=True):
    """What comes with an officer's command: words, files, and from another program its own time.

    *once* are the names under which it is done a single time. *unshown* is whether it comes from
    a server that cannot send us proofs: the citizen is then told that there is none. *as_of* is
    how many events the ticket had when it was looked at: what happened since is looked at first.
    *answer* is kept with a command of the lifecycle, where a message brought it.
    """

    words: str = ""
    once: tuple[str, ...] = ()
    at: datetime | None = None
    files: tuple[Clean, ...] = ()
    unshown: bool = False
    as_of: int | None = None
    answer: Answer | None = None

    def __repr__(self) -> str:
        return f"Said({len(self.words)} letters)"


class Doing(Struct, frozen=True):
    """Who does something, with which words and files, and when."""

    claim: Claim
    said: Said
    now: datetime
