"""A free sentence at the menu: find out what it asks for."""

import re
from datetime import datetime

from msgspec.structs import replace

from conversations import one_line
from conversations.again import again
from conversations.first import WISH
from conversations.forms import fill
from conversations.forms.ahead import located
from conversations.forms.choose import SERVICE_KINDS, ChooseGroup
from conversations.forms.guess import guess
from conversations.hearing import answer_words
from conversations.hearing.agreeing import agreement, meant
from conversations.hearing.alarms import danger
from conversations.hearing.answer_words import Verb
from conversations.hearing.choices import pick
from conversations.hearing.cries import hungry
from conversations.hearing.grief import bereaved
from conversations.hearing.moods import asks_after, giving_up, waiting
from conversations.hearing.spelling import words_of
from conversations.hearing.stories import told
from conversations.hearing.words import plain
from conversations.helping import aided
from conversations.menu import NAMES, Menu, named
from conversations.messages import Choice, Inbound, Reply
from conversations.one_line import Tale
from conversations.say import Say
from conversations.small_talk import Offered, angry, kindly, talk
from conversations.tickets.unsure import look_first
from conversations.turn import (
    Door,
    Enter,
    Said,
    State,
    Turn,
    ask,
    prompted,
)
from conversations.wish import rescue
from conversations.wish.beginning import begun, settled
from conversations.wish.informing import informed, inquired
from referrals.codes import misread_code, read_code
from registry_client.nik import Nik

GUESSES = 3  # services offered for one sentence
OUTBURST = 7  # words: anger as short as this names no need beside itself
VALUE = "wish.guessed:"
NONE = "none"
WITHDRAWING = frozenset(
    {"cabut", "mencabut", "narik", "tarik", "menarik", "withdraw"}
    | {"batal", "batalkan", "batalin", "dibatalkan", "dibatalin", "cancel", "hentikan", "stop"}
)
REPORTS = frozenset({"laporan", "laporanku", "laporannya", "aduan", "pengaduan", "report"})
TICKET = frozenset({"tiket", "ticket", "lacak", "track"})
ANSWERS = frozenset(
    {Verb.SOLVED, Verb.NOT_SOLVED, Verb.ACCEPT, Verb.APPEAL, Verb.ANSWER, Verb.WITHDRAW}
)
"""What a message begins with that answers a ticket before it can be a need of its own."""
REFUSAL = re.compile(r"\b(?:ditolak|tolak|nolak|kecewa|terima (?:saja|aja)|refused|rejected)\b")
"""What somebody may say of a decision on a ticket, naming a service as well."""


class Guessed(State, frozen=True, tag="wish.guessed"):
    """We asked which of these services was meant; *text* is what the citizen wrote."""

    codes: tuple[str, ...]
    text: str

    def prompt(self, say: Say) -> Reply:
        match self._services(say):
            case (only,):
                yes, no = (
                    Choice(only.value, say("wish.ya")),
                    Choice(VALUE + NONE, say("wish.bukan")),
                )
                return Reply(say("wish.guessed_one", service=only.label), (yes, no))
            case several:
                none = Choice(VALUE + NONE, say("wish.none"))
                return Reply(say("wish.guessed"), (*several, none))

    def _services(self, say: Say) -> tuple[Choice, ...]:
        services = say.district.services
        return tuple(
            Choice(VALUE + code, services[code].label.in_language(say.language))
            for code in self.codes
            if code in services
        )

    def _picked(self, message: Inbound, say: Say) -> Choice | None:
        """Return the choice that is meant; the only service may be named as well."""
        choices, services = prompted(self, say).choices, self._services(say)
        if len(services) == 1:
            return meant(choices, message) or pick(services, message)
        return pick(choices, message)

    def heard(self, said: Said, say: Say) -> Turn:
        picked = self._picked(said.message, say)
        if picked is None:
            return self._unpicked(said.message, say)
        return self._chosen(picked.value.removeprefix(VALUE), said.message, say)

    def _chosen(self, code: str, message: Inbound, say: Say) -> Turn:
        if code == NONE:
            return Turn(self, (Reply(say("wish.choose")),), enter=Enter(Door.MENU))
        if inquired(self.text, code, say):
            return informed(code, message.received_at, say)
        if code == say.district.status_service:
            return Turn(self, enter=Enter(Door.CHECK, self.text))
        if tale := one_line.told(self.text) or one_line.beside_nik(self.text):
            return begun(code, tale, message, say)
        service = say.district.services[code]
        known = told(service, self.text)
        if say.brief:  # where a question costs a message
            known, _ = located(service, known, replace(message, text=self.text), say)
        return fill.start(code, say, prefilled=known)

    def _unpicked(self, message: Inbound, say: Say) -> Turn:
        """Take more of the same need for a yes, with what it tells; else it is another wish.

        Where several were offered a bare yes is none of them, and a bare no is none at all.
        """
        text, agrees = message.text, agreement(message.text)
        if agrees is not None:
            unclear = again(self, say, "wish.which")
            return unclear if agrees else self._chosen(NONE, message, say)
        wanted = likeliest(text, say)
        if wanted != self.codes or _surely(text, plain(text), wanted, say):
            return Turn(self, enter=Enter(Door.WISH, text))
        whole = replace(self, text=f"{self.text}. {text}"[:WISH])
        if len(wanted) == 1:
            return whole._chosen(wanted[0], message, say)  # noqa: SLF001 - its own kind
        return replace(ask(whole, say), unread=True)


def grant(text: str, message: Inbound, menu: Menu, say: Say, *, looks: bool = False) -> Turn:
    """Return where a sentence leads: danger, a code, a NIK, a service, or to *menu* again.

    *text* was said in *message*, or before the question that *message* answers. *looks*: they
    have tickets, so that it may be for an office that asked them something.
    """
    if alarm := danger(text, say.district.alarms):
        return ask(rescue.offered(text, alarm, say), say)
    if understood := talk(text, menu, say) or _in_one_line(text, message, say):
        return understood
    typed = plain(text)
    codes = likeliest(one_line.unnumbered(text), say) if typed else ()
    if enter := _surely(text, typed, codes, say):
        return Turn(menu, enter=enter)
    sorry = say("talk.sorry") if angry(text) else ""
    if sorry and (not codes or len(typed.split()) <= OUTBURST):
        return ask(Offered(), say, sorry)
    if codes or hungry(text):
        refused = REFUSAL.search(typed) is not None
        first = look_first(text, message, menu, refused=refused) if refused or looks else None
        return first or _guessed(text, codes, sorry, message.received_at, say)
    return _otherwise(text, menu, say)


def _otherwise(text: str, menu: Menu, say: Say) -> Turn:
    """Answer what names no service: a ticket missed or taken back, thanks; else ask again."""
    typed = plain(text)
    if waiting(typed) or giving_up(typed):
        return Turn(menu, enter=Enter(Door.TRACK, text))
    return kindly(text, menu, say) or again(menu, say, "menu.unread")


def _guessed(text: str, codes: tuple[str, ...], sorry: str, at: datetime, say: Say) -> Turn:
    """Ask whether one of *codes* is meant, or tell what the only one takes to who asks for that.

    Hunger goes to a person, who need not wait for aid.
    """
    if hungry(text):
        return ask(Offered(text), say, sorry, say("talk.hunger"))
    if len(codes) == 1 and inquired(text, codes[0], say):
        return informed(codes[0], at, say)
    grief = say("talk.grief") if bereaved(words_of(text)) else ""
    return ask(Guessed(codes, text), say, grief or sorry)


def _in_one_line(text: str, message: Inbound, say: Say) -> Turn | None:
    """Return what BANTU or LAPOR and a story begin; who means a ticket begins none."""
    if read_code(text) or asks_after(plain(text)):
        return None
    tale = one_line.told(text) or one_line.reported(text)
    return _told(text, tale, message, say) if tale else None


def _told(text: str, tale: Tale, message: Inbound, say: Say) -> Turn:
    """Begin the form that *tale* means; which one is asked where several may be meant."""
    kind, tale = SERVICE_KINDS[tale.door], settled(tale, say)
    verb, services = plain(text).partition(" ")[0], say.district.services
    codes = likeliest(tale.story, say)
    if verb in NAMES and not codes:  # "usul ibu saya" tells of a proposal by its verb alone
        codes = likeliest(f"{verb} {tale.story}", say)
    match tuple(code for code in codes if services[code].kind in kind) or codes:
        case ():
            numbers = tuple(part for part in tale.parts if Nik.read(part))
            return ask(ChooseGroup(tale.door.value, numbers, tale.story), say)
        case (code,):
            return begun(code, tale, message, say)
        case likely:
            return ask(Guessed(likely, text), say)


def needed(text: str, menu: Menu, say: Say) -> Turn:
    """Return where *text* leads that was taken for an answer, and no ticket waits for any."""
    if alarm := danger(text, say.district.alarms):
        return ask(rescue.offered(text, alarm, say), say)
    if codes := likeliest(text, say):
        return ask(Guessed(codes, text), say)
    return ask(ChooseGroup("need"), say) if aided(text) else ask(menu, say, say("menu.unread"))


def likeliest(text: str, say: Say) -> tuple[str, ...]:
    """Return the likeliest services; violence only where nothing is likelier, never in passing."""
    codes = guess(text, say.district)
    services = say.district.services
    return tuple(c for c in codes if c == codes[0] or not services[c].safe_path)[:GUESSES]


def _surely(text: str, typed: str, codes: tuple[str, ...], say: Say) -> Enter | None:
    """Return where *text* leads beyond doubt, or None."""
    if numbered := _by_number(text, codes, say):
        return numbered
    if (wanted := answer_words.read(text)) and wanted.verb in ANSWERS:
        return Enter(Door.TICKET, text)
    if _about_ticket(typed) or asks_after(typed):
        return Enter(Door.TRACK, text)
    return _entry(text, codes, say)


def _entry(text: str, codes: tuple[str, ...], say: Say) -> Enter | None:
    """Return the entry of the menu that *text* names, or that its only service has, or None."""
    if codes == (say.district.person_service,):
        return Enter(Door.PERSON)
    if codes == (say.district.status_service,):
        return Enter(Door.CHECK, text)
    if (door := named(text)) and codes != (say.district.propose_service,):
        return Enter(door)  # "usul" alone is what the row says, after a check as well
    return None


def _by_number(text: str, codes: tuple[str, ...], say: Say) -> Enter | None:
    """Return where the code of a ticket or a NIK leads; a complaint goes before a look-up."""
    if read_code(text) or misread_code(text):
        return Enter(Door.TRACK, text)
    if not Nik.read(text) or _complains(text, codes, say):
        return None
    return Enter(Door.CHECK, text)


def _complains(text: str, codes: tuple[str, ...], say: Say) -> bool:
    """Say whether *text*, with a NIK in it, complains of what a look-up would not tell."""
    if not codes or say.district.status_service in codes:
        return False
    complaint = say.district.services[codes[0]].kind in SERVICE_KINDS[Door.COMPLAINT.value]
    return complaint and one_line.beside_nik(text) is not None


def _about_ticket(typed: str) -> bool:
    """Say whether somebody speaks of a ticket, though its code be none of ours."""
    words = typed.split()
    numbered = words[:1] == ["status"] and any(word[-1].isdigit() for word in words)
    withdrawn = not (WITHDRAWING.isdisjoint(words) or REPORTS.isdisjoint(words))
    return numbered or withdrawn or not TICKET.isdisjoint(words)
