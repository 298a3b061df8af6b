"""A life that keeps its log, as the store would, and what was said with it."""

from collections.abc import Callable

from bot.past.kabupaten import CITIZEN
from bot.past.life import Life, Step
from casework.ticket.receipts import FILED
from casework.ticket.spoken import Spoken
from referrals import events as e
from referrals import log
from referrals.commands import Command
from referrals.district.directory import District

Say = Callable[[Command, e.Event], Spoken | None]


def in_silence(command: Command, event: e.Event) -> Spoken | None:  # noqa: ARG001 - as any `Say`
    """Say nothing, whatever is done."""
    return None


class Logged(Life):
    """A life that keeps its log; *say* gives the words that come with a command."""

    entries: tuple[log.Entry, ...] = ()
    words: dict[int, bytes] = {}  # noqa: RUF012 - msgspec copies it for each
    say: Say = in_silence

    @classmethod
    def opened(
        cls,
        event: e.Submitted,
        *,
        mute: bool,
        stubborn: bool,
        story: Spoken | None = None,
        say: Say = in_silence,
    ) -> "Logged":
        """Return a life that begins with *event*, in the words of *story*."""
        digest = story.digest() if story else ""
        ticket, entries = log.append(None, log.FIRST, [event], CITIZEN, digest)
        words = {FILED: story.packed()} if story else {}
        return cls(ticket, mute=mute, stubborn=stubborn, entries=entries, words=words, say=say)

    def happens(self, event: e.Event, step: Step, district: District) -> None:  # noqa: ARG002 - others check promises by it
        """Let *event* happen, and write it down."""
        spoken = self.say(step.command, event)
        digest = spoken.digest() if spoken else ""
        last = self.entries[-1].hash
        self.ticket, new = log.append(self.ticket, last, [event], step.who, digest)
        self.entries += new
        if spoken:
            self.words[new[0].seq] = spoken.packed()
