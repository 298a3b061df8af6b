"""Plays a transcript: what the citizen writes goes in, what the bot says comes out.

A transcript is read by people who know no code:

    # a comment; the first line says what the transcript shows
    @ sms                  the channel: telegram (at first), whatsapp or sms
    @ en                   the telephone's language, before the first message
    @ 2026-09-05 21:10     the time in the district; it starts at 2026-09-03 10:00
    @ agreed               the citizen agreed to the notice some time before
    @ another version      the session was stored by a version with other states
    > halo                 the citizen writes
    > [Setuju]             the citizen taps the choice of that label, out of the last message
    > [=menu:check]        a tap on an old keyboard: the value of its choice
    > (photo) rumah saya   a photo with words; also (place), (phone), (sticker), (voice);
                           (contact) is somebody else's card, (empty) a message with
                           nothing in it
    < Terima kasih.        what the bot says; choices stand in one line at the end
    < [Ya] [Tidak]
    ? LookUp nik=...0001   what is asked of the registry or the store
    = Listed desil 2, PKH  what it answers; for tickets one line each, or "no tickets",
                           "shared" where they are several people's, "passed
                           on" where whom they were filed for holds them; those that
                           wait for a consent stand in one line, with " & " between them, and
                           the last four digits of each are its number; one
                           that can be taken over ends in "claimable"; "link sms 001" is where
                           a code was shown, "no link" nowhere
    = later Unavailable    the registry answers afterwards, the look-up that has waited longest;
                           "= later 0002 Unavailable" the one of the NIK with that end
    ! AgreeToNotice 2026-1   what is recorded

Lines with #, @, > and = are written by people, the others follow from them.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from conversations import codec
from conversations.joining import together
from conversations.menu import Menu
from conversations.messages import (
    LARGEST_FILE,
    Address,
    Attachment,
    Channel,
    Choice,
    Inbound,
    Place,
    Reply,
)
from conversations.records.linked import FindLink, LinkFound
from conversations.records.parties import ConsentsFound, FindConsents, Relation, Waiting
from conversations.session import Session
from conversations.turn import (
    AboutMe,
    AskLater,
    Event,
    FindTicket,
    LookUp,
    Question,
    RegistryAnswered,
    Said,
    TicketsFound,
)
from tests.conversations import limits
from tests.conversations.spoken_records import answer, asked, kept, recorded, ticket
from tests.conversations.town import DISTRICT, VOICES

WRITTEN = ("#", "@", ">", "=")  # the lines that people write
ZONE = ZoneInfo(DISTRICT.calendar.zone)
START = datetime(2026, 9, 3, 10, 0, tzinfo=ZONE)
IDS = {Channel.TELEGRAM: "77001", Channel.WHATSAPP: "628110001", Channel.SMS: "+628110001"}
ANSWERS = {LookUp: 1, AboutMe: 1, FindConsents: 1, FindLink: 1, FindTicket: 1}  # lines; else any
CLAIMABLE = " claimable"
NONE = ("no tickets", "shared", "passed on")
UNREADABLE = ("(sticker)", "(voice)", "(contact)")
EXTRAS = ("(empty)", "(photo)", "(large)", "(place)", "(phone)", *UNREADABLE)


def played(text: str) -> str:
    """Return the transcript *text* with everything the bot does written anew."""
    lines = [line for line in text.splitlines() if line.startswith(WRITTEN) or not line]
    return "\n".join(Stage(lines).play()).rstrip("\n") + "\n"


class Stage:
    """One citizen, the bot, and a world that answers what the transcript says."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.now = START
        self.count = 0
        self.sender = Address(Channel.TELEGRAM, IDS[Channel.TELEGRAM])
        self.session = codec.fresh(self.sender, None)
        self.choices: tuple[Choice, ...] = ()
        self.slow: list[LookUp] = []
        self.wrote = ""

    def play(self) -> Iterator[str]:
        """Yield the lines of the transcript."""
        while self.lines:
            line = self.lines.pop(0)
            yield line
            if line.startswith("@ "):
                self._set(line[2:])
            elif line.startswith("= later "):
                yield from self._step(self._late(line.removeprefix("= later ")))
            elif line.startswith("> "):
                yield from self._step(self._said(line[2:]))

    def _set(self, what: str) -> None:
        if what in set(Channel):
            channel = Channel(what)
            self.sender = Address(channel, IDS[channel])
            self.session = codec.fresh(self.sender, self.session.language)
        elif what in VOICES:
            self.session = codec.fresh(self.sender, what)
        elif what == "agreed":
            consent = DISTRICT.consent_version
            self.session = replace(self.session, state=Menu(), consent=consent)
        elif what == "another version":
            body = codec.dump(self.session)
            self.session = codec.load(b"\x00" + body[1:], self.sender)
        else:
            self.now = datetime.fromisoformat(what).replace(tzinfo=ZONE)

    def _late(self, line: str) -> RegistryAnswered:
        end, _, rest = line.partition(" ")
        named = [question for question in self.slow if question.nik.last_four == end]
        question = (named or self.slow)[0]
        self.slow.remove(question)
        return RegistryAnswered(answer(rest if named else line), question)

    def _said(self, line: str) -> Said:
        self.count += 1
        self.now += timedelta(seconds=20)
        extra = next((e for e in EXTRAS if line.startswith(e)), "")
        text = line.removeprefix(extra).strip()
        picked = self._picked(text)
        self.wrote += text
        message = Inbound(
            sender=self.sender,
            message_id=str(self.count),
            received_at=self.now.astimezone(UTC),
            text="" if picked else text,
            picked=picked,
            attachments=self._sent(extra),
            place=Place(-6.5, 106.8) if extra == "(place)" else None,
            phone="+6281100011" if extra == "(phone)" else None,
            unreadable=extra.strip("()") if extra in UNREADABLE else None,
        )
        return Said(message, f"{self.count:032x}")

    def _sent(self, extra: str) -> tuple[Attachment, ...]:
        """Return the photo, or the file beyond our size, that *extra* stands for."""
        kinds = {"(photo)": ("photo", 0), "(large)": ("document", LARGEST_FILE + 1)}
        if extra not in kinds:
            return ()
        kind, size = kinds[extra]
        return (Attachment(kind, f"{kind}-{self.count}", size=size),)

    def _picked(self, text: str) -> str | None:
        if not (text.startswith("[") and text.endswith("]")):
            return None
        if text.startswith("[="):
            return text[2:-1]
        values = {choice.label: choice.value for choice in self.choices}
        assert text[1:-1] in values, f"{text} is not among {list(values)}"
        return values[text[1:-1]]

    def _step(self, event: Event, before: tuple[Reply, ...] = ()) -> Iterator[str]:
        self.session, turn = self.session.step(event, VOICES)
        self._store()
        replies = together(before, turn.replies)
        for reply in () if turn.question else replies:
            limits.check(reply, self.wrote)
            self.choices = reply.choices
            yield from _told(reply, self.sender.channel)
        yield from (f"! {recorded(record)}" for record in turn.records)
        self.slow += (r.question for r in turn.records if isinstance(r, AskLater))
        if turn.question:
            yield f"? {asked(turn.question)}"
            lines = list(islice(self._answers(), ANSWERS.get(type(turn.question))))
            yield from lines
            answer = _answered(turn.question, [line[2:] for line in lines], self.now)
            yield from self._step(answer, replies)

    def _answers(self) -> Iterator[str]:
        while self.lines and self.lines[0].startswith("= "):
            if self.lines[0].startswith("= later "):
                return
            yield self.lines.pop(0)

    def _store(self) -> None:
        """Store the session and read it back, as happens between any two messages."""
        stored = codec.load(codec.dump(self.session), self.sender)
        assert stored == self.session
        self.session = stored


def _told(reply: Reply, channel: Channel) -> Iterator[str]:
    yield from (f"< {line}".rstrip() for line in reply.text.split("\n"))
    if reply.phone_same and channel is not Channel.TELEGRAM:
        yield f"< {reply.phone_same}"
    offers = [f"[{choice.label}]" for choice in reply.choices]
    offers += ["(send place)"] * reply.ask_place + ["(share phone)"] * reply.ask_phone
    if offers:
        yield f"< {' '.join(offers)}"


def _answered(question: Question, lines: list[str], now: datetime) -> Event:
    if isinstance(question, LookUp):
        return RegistryAnswered(answer(lines[0]), question)
    if isinstance(question, AboutMe):
        return kept(lines[0])
    if isinstance(question, FindLink):
        return _link(lines[0])
    if isinstance(question, FindConsents):
        lines = lines[0].split(" & ") if lines else []
    claimable = any(line.endswith(CLAIMABLE) for line in lines)
    named = [line.removesuffix(CLAIMABLE) for line in lines]
    found = tuple(ticket(line) for line in named if line not in NONE)
    if lines in (["shared"], ["passed on"]):
        shared, at = lines == ["shared"], now.astimezone(UTC)
        return TicketsFound((), at, shared=shared, passed=not shared)
    if isinstance(question, FindConsents):
        told = Relation.NEIGHBOUR if found and question.agrees is None else None
        return ConsentsFound(tuple(Waiting(one, one.code[-4:]) for one in found), question, told)
    return TicketsFound(found, now.astimezone(UTC), claimable)


def _link(line: str) -> LinkFound:
    """Return where a code was shown: ``link sms 001``, or ``no link``."""
    match line.split():
        case ("link", channel, *tail):
            return LinkFound(Channel(channel), "".join(tail))
        case _:
            return LinkFound()


def session_after(text: str) -> Session:
    """Return the session that the transcript *text* ends in."""
    stage = Stage([line for line in text.splitlines() if line.startswith(WRITTEN)])
    list(stage.play())
    return stage.session
