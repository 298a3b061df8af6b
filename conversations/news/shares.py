"""Which office's share is meant, where several answered: BELUM and BANDING are about one."""

from msgspec import Struct

from conversations.hearing.answer_words import Verb
from conversations.news.ticket_words import agency_called
from conversations.say import Say
from referrals.ticket import Leg, LegState, Ticket


class Share(Struct, frozen=True):
    """What one office answered for: the number of its leg, its name, and whether it was done."""

    leg: int
    agency: str
    done: bool

    def line(self, number: int, say: Say) -> str:
        """Return the line that a list, counted by *number*, shows of it."""
        key = "answer.share_done" if self.done else "answer.share_refused"
        return say(key, number=number, agency=self.agency)


def shares_of(ticket: Ticket, say: Say) -> tuple[Share, ...]:
    """Return what offices answered for, in the order they got it; none while it is open."""
    ended = (*ticket.done, *ticket.refused) if ticket.answered_leg else ()
    return tuple(_share(leg, say) for leg in sorted(ended, key=lambda leg: leg.number))


def fitting(verb: Verb, shares: tuple[Share, ...]) -> tuple[Share, ...]:
    """Return those of *shares* that *verb* can be about: BANDING about what was refused."""
    match verb:
        case Verb.APPEAL:
            return tuple(share for share in shares if not share.done)
        case Verb.NOT_SOLVED | Verb.REOPEN:
            return shares
        case _:
            return ()


def _share(leg: Leg, say: Say) -> Share:
    return Share(leg.number, agency_called(leg.agency, say), leg.state is LegState.DONE)
