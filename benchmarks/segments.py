"""How many text messages a whole dialogue costs whoever sends them, in Indonesian.

python -m benchmarks.segments [--shown]

Each row is one dialogue of somebody who agreed to the notice some time before, played with the
demo district's rows and laid out as our SMS gateways send it: the segments of all replies. Forms
are answered in full, optional questions skipped. "line" begins with BANTU or LAPOR and a story,
"line #" adds NIK, KK number and village to that line, "line, spaces" the same with blanks between,
"menu" begins with MENU and looks for the service. --shown prints the dialogues.
"""

import argparse
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import median

from msgspec import Struct
from msgspec.structs import replace

from benchmarks.dialogues import FIELDS, LINES, PLACED
from conversations import codec
from conversations.forms.drafts import in_play
from conversations.forms.fill import Fill, Summary, Sure
from conversations.forms.safe import SafeSend
from conversations.forms.several import Several
from conversations.menu import Menu
from conversations.messages import Address, Channel, Inbound, Reply
from conversations.news.notices import notice
from conversations.records.parties import ConsentsFound, FindConsents
from conversations.turn import (
    Event,
    FindTicket,
    FindTickets,
    LookUp,
    OpenTicket,
    Question,
    RegistryAnswered,
    Said,
    TicketsFound,
)
from conversations.wish.wishes import Guessed
from handlers.sms_parts import messages
from handlers.sms_text import segments
from referrals import events
from referrals.district.directory import Field, FieldKind, Service
from referrals.ticket import Ticket
from registry_client.answers import Edition, Listed, Programme
from tests.conversations.spoken_records import ticket
from tests.conversations.town import DISTRICT, VOICES

NOW = datetime(2026, 9, 3, 3, tzinfo=UTC)
SENDER = Address(Channel.SMS, "+6281100011")
FAMILY = "9901014107800001#0001"
LISTED = Listed(2, (Programme("PKH", active=True),), Edition("DTSEN 2026-T3", NOW.date()))
MOST = 40  # messages of a dialogue that never ends
NEAR = 6  # what a filed need may cost
TOLD = {"complaint": "LAPOR", "need": "BANTU", "information": "BANTU"}
CODE = "482109379"


class Caller:
    """Somebody with a telephone that knows only SMS, and what they were sent."""

    def __init__(self, *, agreed: bool = True, holds: tuple[Ticket, ...] = ()) -> None:
        self.session = codec.fresh(SENDER, None)
        if agreed:
            consent = DISTRICT.consent_version
            self.session = replace(self.session, state=Menu(), consent=consent)
        self.holds = holds
        self.told: list[tuple[str, tuple[Reply, ...]]] = []
        self.filed = False

    @property
    def cost(self) -> int:
        """How many segments were sent to them."""
        texts = (text for _, told in self.told for reply in told for text in messages(reply))
        return sum(segments(text).count for text in texts)

    def write(self, *texts: str) -> "Caller":
        """Write *texts*, one after another."""
        for text in texts:
            number = len(self.told)
            at = NOW + timedelta(minutes=number)
            message = Inbound(sender=SENDER, message_id=str(number), received_at=at, text=text)
            self.told.append((text, tuple(self._replies(Said(message, f"{number:032x}")))))
        return self

    def fill_in(self, service: Service) -> "Caller":
        """Answer whatever the form of *service* asks, and send it."""
        while not self.filed:
            if len(self.told) > MOST:
                message = f"no end in {self.session.state} of {service.code}"
                raise RuntimeError(message)
            self.write(self._answer(service))
        return self

    def _answer(self, service: Service) -> str:
        match self.session.state:
            case Fill(draft, key, asking) if asking is None:
                fields = DISTRICT.services[draft.service].fields
                field = next(field for field in fields if field.key == key)
                return _to(field) if field.required else "LEWATI"
            case Several(draft):
                open_ = (f for f in in_play(draft, service) if draft.answer(f.key) is None)
                return "#".join(map(_to, open_))
            case Summary() | Sure() | SafeSend():
                return "YA"
            case Guessed(codes):
                return str(codes.index(service.code) + 1)
            case _:
                return "1"

    def _replies(self, event: Event) -> Iterator[Reply]:
        self.session, turn = self.session.step(event, VOICES)
        yield from turn.replies
        self.filed = self.filed or any(isinstance(one, OpenTicket) for one in turn.records)
        if turn.question:
            yield from self._replies(self._world(turn.question))

    def _world(self, question: Question) -> Event:
        match question:
            case LookUp():
                return RegistryAnswered(LISTED, question)
            case FindTickets() | FindTicket():
                return TicketsFound(self.holds, NOW)
            case FindConsents():
                return ConsentsFound((), question)
            case _:
                raise TypeError(question)


def _to(field: Field) -> str:
    """Return an answer to *field*."""
    least = str(field.minimum or 4) if field.kind is FieldKind.NUMBER else ""
    return least or FIELDS[field.kind]


class Dialogue(Struct, frozen=True):
    """One dialogue and who held it."""

    name: str
    caller: Caller


def checks() -> Iterator[Dialogue]:
    """Yield the ways to learn one's status."""
    yield Dialogue("status, one line", Caller().write(f"CEK#{FAMILY}"))
    first = Caller(agreed=False).write(f"CEK#{FAMILY}", "YA")
    yield Dialogue("status, one line, with consent", first)
    by_menu = Caller().write("MENU", "1", *FAMILY.split("#"))
    yield Dialogue("status, by menu", by_menu)
    yield Dialogue("help", Caller().write("BANTUAN"))


def settled() -> Iterator[Dialogue]:
    """Yield what follows a ticket: the news that it is solved, and each answer to it."""
    solved = ticket(f"{CODE} LAIN resolved dinas-perkim 2026-09-01")
    say = VOICES["id"].in_brief
    told = notice(events.Resolved(at=NOW, leg=1), solved, "Lampu sudah kami ganti.", say)
    for answer in (f"SUDAH {CODE}", f"BELUM {CODE} masih mati", f"STATUS {CODE}", f"BATAL {CODE}"):
        caller = Caller(holds=(solved,))
        if isinstance(told, Reply) and answer.startswith("SUDAH"):
            caller.told.append(("", (told,)))
        caller.write(answer)
        name = f"{answer.split()[0]}{', with the news' if caller.told[0][0] == '' else ''}"
        yield Dialogue(name, caller)
    yield Dialogue("STOP", Caller(holds=(solved,)).write("STOP"))


def one_line(service: Service) -> Caller:
    """Return who filed *service* beginning with BANTU or LAPOR and a story."""
    return Caller().write(f"{TOLD[service.kind]} {LINES[service.code]}").fill_in(service)


def whole_line(service: Service, mark: str = "#") -> Caller:
    """Return who told numbers and village in the same line, parted by *mark*."""
    line = mark.join((TOLD[service.kind], LINES[service.code], *PLACED))
    return Caller().write(line).fill_in(service)


def by_menu(service: Service) -> Caller:
    """Return who went from the menu to the form."""
    entry = "3" if service.kind == "complaint" else "2"
    group = next(one for one in DISTRICT.groups if one.id == service.group)
    caller = Caller().write("MENU", entry, group.label.id)
    if not isinstance(caller.session.state, Fill):
        caller.write(service.label.id)
    return caller.fill_in(service)


WAYS: dict[str, Callable[[Service], Caller]] = {
    "line #": whole_line,
    "line, spaces": partial(whole_line, mark=" "),
    "line": one_line,
    "menu": by_menu,
}


def filings() -> Iterator[tuple[Service, dict[str, Caller]]]:
    """Yield each service that the menu offers and that is filed by a story, by each way."""
    for service in DISTRICT.services.values():
        if service.code in LINES:
            yield service, {name: way(service) for name, way in WAYS.items()}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shown", action="store_true", help="print the dialogues too")
    shown = parser.parse_args().shown
    print("| Dialogue | segments |\n| --- | --- |")
    for dialogue in (*checks(), *settled()):
        print(f"| {dialogue.name} | {dialogue.caller.cost} |")
        show(dialogue.caller, shown=shown)
    print(f"\n| Filed | {' | '.join(WAYS)} |\n| --- |{' --- |' * len(WAYS)}")
    found = list(filings())
    for service, ways in found:
        costs = " | ".join(str(caller.cost) for caller in ways.values())
        print(f"| {service.code} | {costs} |")
        for caller in ways.values():
            show(caller, shown=shown)
    for name in WAYS:
        costs_ = sorted(ways[name].cost for _, ways in found)
        within = sum(cost <= NEAR for cost in costs_)
        print(f"{name}: median {median(costs_)}, worst {costs_[-1]}, {within} of {len(costs_)}")


def show(caller: Caller, *, shown: bool) -> None:
    """Print what was written and told, if that is wished."""
    for wrote, told in caller.told if shown else ():
        print(f"> {wrote}")
        for text in (text for reply in told for text in messages(reply)):
            print(f"[{segments(text).count}] {text}")


if __name__ == "__main__":
    main()
