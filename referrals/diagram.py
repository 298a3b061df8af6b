"""Draw the tables: a ticket's life and a leg's life for Mermaid, the transitions for Markdown."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from referrals.clocks import Clock, Does, Tick
from referrals.entries import ANY_OPEN, AT_WORK, EVERY, WAITING, Transition
from referrals.folding import BY_ITS_LEGS
from referrals.ticket import LegState, TicketState
from referrals.transitions import TRANSITIONS

START = END = "[*]"
OPEN_NODE = "any_open"
LEG_NODES: Mapping[LegState, str] = {
    **dict.fromkeys(WAITING, "waiting"),
    **dict.fromkeys(AT_WORK, "working"),
}
MARKED = re.compile(r"<!-- drawn: (\w+) -->\n.*?<!-- end -->\n", re.DOTALL)


def ticket_diagram() -> str:
    """Return a ticket's life as a Mermaid state diagram."""
    edges = [edge for entry in TRANSITIONS for edge in _ticket_edges(entry)]
    ends = [f"{TicketState.CLOSED} --> {END}", f"{TicketState.VOID} --> {END}"]
    return _mermaid([f'state "any open state" as {OPEN_NODE}', *edges, *ends])


def leg_diagram() -> str:
    """Return a leg's life as a Mermaid state diagram; what ends a ticket recalls its open leg."""
    names = [
        'state "waiting (queued, sent, delivered)" as waiting',
        'state "working (accepted, working)" as working',
    ]
    edges = dict.fromkeys(edge for entry in TRANSITIONS for edge in _leg_edges(entry))
    recalled = [f"{node} --> recalled: the ticket ends" for node in ("waiting", "working")]
    return _mermaid([*names, f"{START} --> waiting: 5, 6, 15, 16", *edges, *recalled])


def table() -> str:
    """Return the transitions as a Markdown table."""
    head = (
        "| # | From | Event | To | Who | Must carry, must be true | Clocks |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    )
    return "\n".join((*head, *map(_line, TRANSITIONS))) + "\n"


def redrawn(page: str) -> str:
    """Return *page* with everything between its `drawn` marks drawn anew."""
    return MARKED.sub(_drawn, page)


DRAWINGS: Mapping[str, Callable[[], str]] = {
    "ticket": ticket_diagram,
    "leg": leg_diagram,
    "table": table,
}


def _drawn(mark: re.Match[str]) -> str:
    name = mark.group(1)
    return f"<!-- drawn: {name} -->\n{DRAWINGS[name]()}<!-- end -->\n"


def _mermaid(lines: Iterable[str]) -> str:
    return "\n".join(("```mermaid", "stateDiagram-v2", *(f"    {ln}" for ln in lines), "```", ""))


def _label(entry: Transition) -> str:
    number = f"{entry.row} " if entry.row else ""
    return f"{number}{entry.title} ({' '.join(entry.roles)})"


def _ticket_edges(entry: Transition) -> Iterator[str]:
    for source in _sources(entry) or [START]:
        for to in _targets(entry):
            yield f"{source} --> {to}: {_label(entry)}"


def _sources(entry: Transition) -> list[str]:
    """Return where *entry* starts; all open states together are one node."""
    if not set(ANY_OPEN) <= set(entry.sources):
        return [state for state in entry.sources if not _keeps_asking(entry, state)]
    return [OPEN_NODE, *(state for state in entry.sources if state not in ANY_OPEN)]


def _keeps_asking(entry: Transition, state: TicketState) -> bool:
    """Tell whether *entry* only moves a leg while the citizen is asked something."""
    return state is TicketState.NEEDS_INFO and entry.to in BY_ITS_LEGS


def _targets(entry: Transition) -> list[TicketState]:
    """Return where *entry* leads; back means wherever its own state was come to from."""
    if entry.to or not entry.back:
        return [entry.to] if entry.to else []
    before = (other.sources for other in TRANSITIONS if other.to in entry.sources)
    return list(dict.fromkeys(state for sources in before for state in sources))


def _leg_edges(entry: Transition) -> Iterator[str]:
    if entry.leg is None or entry.leg.to is None:
        return
    for source in sorted(entry.leg.sources):
        yield f"{_leg_node(source)} --> {_leg_node(entry.leg.to)}: {entry.row} {entry.title}"


def _leg_node(state: LegState) -> str:
    return LEG_NODES.get(state, state.value)


def _line(entry: Transition) -> str:
    sources = ", ".join("any open" if s == OPEN_NODE else s for s in _sources(entry)) or "-"
    to = " or ".join(_targets(entry)) + (f": {entry.because}" if entry.because else "")
    cells = (entry.row or "-", sources, entry.title, to or "stays", *_who_and_what(entry))
    return f"| {' | '.join(map(str, cells))} | {_ticks(entry.clocks)} |"


def _who_and_what(entry: Transition) -> tuple[str, str]:
    beside = "also beside a question about another leg" if entry.beside else ""
    return " ".join(entry.roles), "; ".join(filter(None, (entry.carries, beside))) or "-"


def _ticks(ticks: tuple[Tick, ...]) -> str:
    return (
        "; ".join(_done(does, ticks) for does in Does if any(t.does is does for t in ticks)) or "-"
    )


def _done(does: Does, ticks: tuple[Tick, ...]) -> str:
    clocks: tuple[Clock, ...] = tuple(tick.clock for tick in ticks if tick.does is does)
    return f"{does} {'all' if clocks == EVERY else ' '.join(clocks)}"
