"""Draw the tables: a ticket's life and a leg's life for Mermaid, the transitions for Markdown."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from referrals.clocks import Clock, Does, Tick
from referrals.entries import ANY_OPEN, EVERY, FILED, WAITING, Transition
from referrals.folding import BY_ITS_LEGS
from referrals.ticket import LegState, TicketState
from referrals.transitions import TRANSITIONS

START = END = "[*]"
TOGETHER = {"any_open": ANY_OPEN, "any_filed": FILED}
LEG_NODES: Mapping[LegState, str] = dict.fromkeys(WAITING, "waiting")
OPEN_NODES = ("waiting", "working", "waitlisted")
MARKED = re.compile(r"<!-- drawn: (\w+) -->\n.*?<!-- end -->\n", re.DOTALL)


def ticket_diagram() -> str:
    """Return a ticket's life as a Mermaid state diagram."""
    edges = [edge for entry in TRANSITIONS for edge in _ticket_edges(entry)]
    ends = [f"{TicketState.CLOSED} --> {END}", f"{TicketState.VOID} --> {END}"]
    nodes = [f'state "{node.replace("_", " ")} state" as {node}' for node in TOGETHER]
    return _mermaid([*nodes, *edges, *ends])


def leg_diagram() -> str:
    """Return a leg's life as a Mermaid state diagram; what ends a ticket recalls its open legs."""
    edges = dict.fromkeys(edge for entry in TRANSITIONS for edge in _leg_edges(entry))
    posts = dict.fromkeys(edge for entry in TRANSITIONS for edge in _post_edges(entry))
    rows = dict.fromkeys(str(entry.row) for entry in TRANSITIONS if entry.opens_leg)
    return _mermaid(
        [
            "state waiting {",
            *(f"    {edge}" for edge in (f"{START} --> queued", *posts)),
            "}",
            f"{START} --> waiting: {', '.join(rows)}",
            *edges,
            *(f"{node} --> recalled: the ticket ends" for node in OPEN_NODES),
        ]
    )


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


def _named(entry: Transition) -> str:
    """Return row and title; what the lifecycle gives no number has its title alone."""
    return f"{entry.row} {entry.title}" if entry.row else entry.title


def _ticket_edges(entry: Transition) -> Iterator[str]:
    for source in _sources(entry) or [START]:
        for to in _targets(entry) or _loops(entry, source):
            yield f"{source} --> {to}: {_named(entry)} ({' '.join(entry.roles)})"


def _loops(entry: Transition, source: str) -> list[str]:
    """Return *source* for a row that leads nowhere else; what has no number is not drawn."""
    return [source] if entry.row and source != TicketState.NEEDS_INFO else []


def _sources(entry: Transition) -> list[str]:
    """Return where *entry* starts; all open states together are one node, all filed another."""
    for node, states in TOGETHER.items():
        if set(states) <= set(entry.sources):
            return [node, *(state for state in entry.sources if state not in states)]
    return [state for state in entry.sources if not _keeps_asking(entry, state)]


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
    for source, to in _leg_moves(entry):
        if to not in WAITING:
            yield f"{_leg_node(source)} --> {_leg_node(to)}: {_named(entry)}"


def _post_edges(entry: Transition) -> Iterator[str]:
    """Yield how a letter makes its way while the leg waits."""
    return (
        f"{source} --> {to}: {_named(entry)}" for source, to in _leg_moves(entry) if to in WAITING
    )


def _leg_moves(entry: Transition) -> Iterator[tuple[LegState, LegState]]:
    move = entry.leg
    if move is not None and move.to is not None:
        for source in sorted(move.sources):
            yield source, move.to


def _leg_node(state: LegState) -> str:
    return LEG_NODES.get(state, state.value)


def _line(entry: Transition) -> str:
    sources = ", ".join(_shown(source) for source in _sources(entry)) or "-"
    to = " or ".join(_targets(entry)) + (f": {entry.because}" if entry.because else "")
    cells = (entry.row or "-", sources, entry.title, to or "stays", *_who_and_what(entry))
    return f"| {' | '.join(map(str, cells))} | {_ticks(entry)} |"


def _shown(source: str) -> str:
    return source.replace("_", " ") if source in TOGETHER else source


def _who_and_what(entry: Transition) -> tuple[str, str]:
    beside = "also beside a question about another leg" if entry.beside else ""
    return " ".join(entry.roles), "; ".join(filter(None, (entry.carries, beside))) or "-"


def _ticks(entry: Transition) -> str:
    done = [
        _done(does, entry.clocks)
        for does in Does
        if any(tick.does is does for tick in entry.clocks)
    ]
    receipt = ["wait for the receipt"] if entry.awaits else []
    return "; ".join(done + receipt) or "-"


def _done(does: Does, ticks: tuple[Tick, ...]) -> str:
    clocks: tuple[Clock, ...] = tuple(tick.clock for tick in ticks if tick.does is does)
    return f"{does} {'all' if clocks == EVERY else ' '.join(clocks)}"
