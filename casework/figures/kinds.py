"""What is counted, and of whom. docs/figures.md says what each of it means."""

from enum import StrEnum


class Kind(StrEnum):
    """One thing that is counted; in the end those of tickets that are open now."""

    FILED = "filed"
    ENDED = "ended"
    RECEIVED = "received"  # a share came to an office
    FIRST_ANSWER = "first_answer"  # value: whole hours since the citizen filed
    ANSWERED = "answered"  # value: 1 in time, else 0
    SOLVED = "solved"  # value: 1 at the village, else 0
    CONFIRMED = "confirmed"  # a share that the citizen called done
    AUTO_CONFIRMED = "auto_confirmed"  # … or did not object to
    NOT_SOLVED = "not_solved"  # BELUM
    FALSE_CLOSURE = "false_closure"  # weeks later: nothing came
    REOPENED = "reopened"  # a new fact
    SILENCE = "silence"  # value: days without anybody's word, LONG_SILENCE or more
    UNFUNDED = "unfunded"  # refused for want of budget or quota
    OPEN = "open"  # day: since when the citizen waits
    PROMISED = "promised"  # day: until when the answer was promised
    UNHEARD = "unheard"  # day: of the last word
    HELD = "held"  # an office's open share; day as of OPEN
    WAITLISTED = "waitlisted"  # a share on an office's own waiting list; day: since when
    AT_CENTRE = "at_centre"  # a share that central government decides about


LONG_SILENCE = 14  # days without a word: what every citizen is promised never to live through
NOW = frozenset(
    {Kind.OPEN, Kind.PROMISED, Kind.UNHEARD, Kind.HELD, Kind.WAITLISTED, Kind.AT_CENTRE}
)
