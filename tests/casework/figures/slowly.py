"""What logs count for, reckoned a second time: slowly, from raw events, by nobody's fold.

Nothing of `casework.figures` is used here: only what docs/figures.md says. Office hours are walked
through in quarters of an hour, and the state of a ticket is replayed from the start each time.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from referrals.district.directory import District, Priority
from referrals.due.dues import resolve_days
from referrals.log import Entry, replay

QUARTER = timedelta(minutes=15)
OFFICES = set("VASPD")
REFERRALS = {"referred", "escalated", "agency_added"}
DONE = {"resolved", "leg_done"}
NOT_DONE = {"declined", "leg_not_done", "resolved_in_part"}
BACK = {
    "not_solved": "not_solved",
    "still_not_solved": "not_solved",
    "not_received": "false_closure",
    "reopened": "reopened",
    "reopened_at_agency": "reopened",
}
SOLVED = {"confirmed", "auto_confirmed"}
SUBSTANCE = {
    "put_on_hold",
    "milestone_reached",
    "left_to_centre",
    "out_of_scope_found",
    "handed_over",
}

ANSWERS = {"resolved", "resolved_in_part", "declined"}
A_DAY = timedelta(days=1)
THEIRS = {"submitted", "triage", "referred", "in_progress", "on_hold", "appeal"}
RESUMES = {"answered", "reopened", "reopened_at_agency", "not_received", "appealed"}
ENDS = {"waiting_ended", "duplicate_found", "out_of_scope_found", "withdrawn", "handed_over"}
PAUSES = {"asked", "abuse_found", "subject_gone", "consent_refused"} | ENDS

Fact = tuple[str, date]


class Told:
    """One line of a log, as plain JSON."""

    def __init__(self, entry: Entry) -> None:
        self.event: Mapping[str, Any] = msgspec.to_builtins(entry.event)
        self.what: str = self.event["what"]
        self.role: str = entry.actor.role.value
        self.at = entry.at


def told(entries: Sequence[Entry]) -> list[Told]:
    """Return *entries* as plain JSON."""
    return [Told(entry) for entry in entries]


def flows(entries: Sequence[Entry], district: District) -> Counter[Fact]:
    """Return how often each thing that can be read off single events happened, by day."""
    lines, zone = told(entries), ZoneInfo(district.calendar.zone)
    if not agreed(lines) or any(line.what == "voided" for line in lines):
        return Counter()
    return Counter((kind, line.at.astimezone(zone).date()) for line in lines for kind in _of(line))


def agreed(lines: Sequence[Told]) -> bool:
    """Tell whether whom the ticket is for filed it, or agreed to it."""
    return any(line.what in {"submitted", "consent_given"} for line in lines)


def _of(line: Told) -> Iterator[str]:
    if line.what in {"submitted", "consent_given"}:
        yield "filed"
    if line.what in REFERRALS:
        yield "received"
    if line.what in SOLVED:
        yield "solved"
    if line.what in NOT_DONE and line.event["reason"] in {"no_budget", "quota"}:
        yield "unfunded"
    if line.what in BACK:
        yield BACK[line.what]


def hours_to_first_answer(entries: Sequence[Entry]) -> int | None:
    """Return whole hours from filing to the first answer of substance, None before that.

    Where an older case was joined, its citizen's waiting counts from then on.
    """
    filed: datetime | None = None
    for line in told(entries):
        if line.what in {"submitted", "consent_awaited", "consent_given"}:
            filed = line.at
        if line.what == "joined":
            older = datetime.fromisoformat(line.event["opened_at"])
            filed = min(filed, older) if filed else older
        if filed and (_says_something(line)):
            return int((line.at - filed).total_seconds() // 3600)
    return None


def _says_something(line: Told) -> bool:
    dated = line.what == "accepted" and line.event.get("expected") is not None
    return dated or line.what in SUBSTANCE | DONE | NOT_DONE


def in_time(entries: Sequence[Entry], district: District) -> bool | None:
    """Tell whether the promised answer came in time; None: not yet, or too near to call.

    Time runs from filing, but not while the citizen is asked, nor while the ticket is closed.
    """
    lines = told(entries)
    answer = next((at for at, line in enumerate(lines) if line.what in ANSWERS), None)
    if answer is None:
        return None
    before = lines[: answer + 1]
    ticket = replay(entries[:answer])
    limit = resolve_days(district.services[ticket.service])
    urgent = ticket.priority is Priority.P1
    passed = sum(
        (end - start) / A_DAY * 24 if urgent else _office_days(start, end, district)
        for start, end in _running(before)
    )
    return None if abs(passed - limit) < (0.1 if urgent else 0.05) else passed < limit


def _running(lines: Sequence[Told]) -> Iterator[tuple[datetime, datetime]]:
    """Yield the times in which the citizen's clock ran, until the last of *lines*."""
    since: datetime | None = None
    first = True
    for line in lines:
        if line.what == "joined" and since is not None and first:
            since = min(since, datetime.fromisoformat(line.event["opened_at"]))
        if line.what in {"submitted", "consent_given", *RESUMES} and since is None:
            since = line.at
        if line.what in PAUSES and since is not None:
            yield since, line.at
            since, first = None, False
    if since is not None:
        yield since, lines[-1].at


def _office_days(start: datetime, end: datetime, district: District) -> float:
    """Return the office time between *start* and *end*, in days of it."""
    calendar = district.calendar
    zone = ZoneInfo(calendar.zone)
    opens, closes = (time.fromisoformat(text) for text in (calendar.opens, calendar.closes))
    a_day = (closes.hour - opens.hour) * 4 + (closes.minute - opens.minute) // 15
    count, now = 0, start
    while now < end:
        here = now.astimezone(zone)
        working = here.isoweekday() in calendar.weekdays and here.date() not in calendar.holidays
        count += working and opens <= here.time() < closes
        now += QUARTER
    return count / a_day


def silences(entries: Sequence[Entry], district: District) -> list[int]:
    """Return the days of each silence of two weeks or more that is over."""
    zone, found = ZoneInfo(district.calendar.zone), list[int]()
    turns = [replay(entries[: n + 1]).state.value in THEIRS for n in range(len(entries))]
    heard = [told([entry])[0].role in OFFICES for entry in entries]
    for n in range(1, len(entries)):
        if not turns[n - 1] or (turns[n] and not heard[n]):
            continue
        last = max(m for m in range(n) if turns[m] and (heard[m] or m == 0 or not turns[m - 1]))
        days = entries[n].at.astimezone(zone).date() - entries[last].at.astimezone(zone).date()
        found += [days.days] if days.days >= 14 else []
    return found


def verdicts(entries: Sequence[Entry]) -> Counter[tuple[str, str]]:
    """Return how often each office's "done" was confirmed, or not objected to."""
    found: Counter[tuple[str, str]] = Counter()
    for n, line in enumerate(told(entries)):
        if line.what in SOLVED:
            done = {leg.number: leg for leg in replay(entries[:n]).legs if leg.state == "done"}
            past = replay(entries[:n]).past
            found.update((line.what, leg.agency) for leg in done.values() if leg.number > past)
    return found
