"""First contact: who we are, what happens with the citizen's words, and whether they agree."""

from msgspec.structs import replace

from conversations.again import again
from conversations.hearing.agreeing import agreement, meant
from conversations.hearing.alarms import Alarm, card
from conversations.hearing.choices import pick
from conversations.hearing.puzzlement import puzzled
from conversations.hearing.words import Word, plain, sure
from conversations.messages import Choice, Inbound, Reply
from conversations.records.parties import FindConsents
from conversations.say import Say
from conversations.turn import AgreeToNotice, Door, Enter, Said, State, Turn, ask, prompted

REMARK = 40  # letters; a longer first message says what the citizen came for
WISH = 500  # letters of a first message that we come back to after the consent
GREETINGS = frozenset(
    {"halo", "hallo", "hai", "hi", "hello", "hey", "p", "ping", "tes", "test", "permisi"}
    | {"assalamualaikum", "asslamualaikum", "asslmkm", "ass", "salam", "selamat", "wr", "wb"}
    | {"pagi", "siang", "sore", "malam", "pak", "bu", "bapak", "ibu", "kak", "min", "admin"}
)
AGREED = frozenset({"setuju", "agree"})
COURTESIES = GREETINGS | {
    "makasih",
    "makasi",
    "trims",
    "suwun",
    "nuhun",
    "terima",
    "kasih",
    "thanks",
    "thank",
    "you",
    "ya",
    "banyak",
}
OPENING = GREETINGS | {
    "info",
    "informasi",
    "ya",
    "iya",
    "yes",
    "ok",
    "oke",
    "y",
    "setuju",
    "agree",
}
ERASE = ("hapus data", "delete my data", "erase my data")
ERASING = frozenset({"hapus", "erase", "delete"})
MENU = Enter(Door.MENU)


class Greeting(State, frozen=True, tag="first.greeting"):
    """Nothing was said yet, or what somebody else filed was *asked* about once more."""

    asked: bool = False

    def prompt(self, say: Say) -> Reply:
        return Reply(hello(say))

    def heard(self, said: Said, say: Say) -> Turn:
        """Ask for consent; what the citizen came for is not lost.

        A short text message may be the answer to our own: whoever wrote it was asked something.
        """
        message = said.message
        if _may_answer(message) and not (self.asked or said.looked):
            return Turn(self, question=FindConsents(None, "", message, said.token))
        if wants_erasure(said.message.text):
            return ask(Without(), say, hello(say), nothing_kept(say))
        asking = AskConsent(wish(message), unkept=_shows(message))
        return ask(asking, say, hello(say), say("first.unkept") if asking.unkept else "")


class AskConsent(State, frozen=True, tag="first.ask_consent"):
    """We asked whether the citizen agrees to the privacy notice."""

    then: Enter = MENU  # where they wanted to go
    unkept: bool = False  # a photo or a place came along, and was not kept

    def prompt(self, say: Say) -> Reply:
        choices = ("agree", "refuse", "more")
        return Reply(
            say("first.ask_consent"),
            tuple(Choice(f"first.ask_consent:{c}", say(f"first.{c}")) for c in choices),
        )

    def heard(self, said: Said, say: Say) -> Turn:
        match meant(prompted(self, say).choices, said.message):
            case Choice(value="first.ask_consent:agree"):
                return agreed(self, say)
            case Choice(value="first.ask_consent:refuse"):
                return refused(say)
            case Choice():
                return ask(self, say, say("first.notice", office=office(say)))
            case _:
                return self._unsaid(said.message, say)

    def hint(self, say: Say) -> str:
        return say("first.hint")

    def _unsaid(self, message: Inbound, say: Say) -> Turn:
        """Answer what is neither a yes nor a no; who does not follow is told what is meant."""
        if wants_erasure(message.text):
            return ask(Without(read=True), say, nothing_kept(say))
        if puzzled(message.text):
            return again(self, say, "first.meaning")
        if _shows(message) and not self.unkept:
            return again(replace(self._wishing(message), unkept=True), say, "first.unkept")
        return again(self._wishing(message), say, "first.please")

    def _wishing(self, message: Inbound) -> "AskConsent":
        """Return this state with what the citizen writes meanwhile, if it is a wish at all."""
        return replace(self, then=wish(message)) if self.then == MENU else self


class Without(State, frozen=True, tag="first.without"):
    """No consent yet: emergency numbers, the office and help are all we can give.

    *read*: the notice was shown, so that a yes agrees to it; else it is shown first.
    """

    read: bool = False

    def prompt(self, say: Say) -> Reply:
        choices = (
            Choice("first.without:agree", say("first.agree_now")),
            Choice(Word.EMERGENCY.tap, say("menu.emergency")),
            Choice(Word.PERSON.tap, say("menu.person")),
            Choice(Word.HELP.tap, say("menu.help")),
        )
        return Reply(say("first.without"), choices)

    def heard(self, said: Said, say: Say) -> Turn:
        match pick(prompted(self, say).choices, said.message):
            case Choice(value="first.without:agree"):
                return self._agreed(say)
            case Choice(value=value):
                return Turn(self, enter=Enter(Door(value.removeprefix("word:"))))
            case _ if agreement(said.message.text):
                return self._agreed(say)
            case _:
                return self._wished(said.message, say)

    def hint(self, say: Say) -> str:
        """Return the numbers to call: who keeps writing may be in need of them."""
        return card(say, Alarm.EMERGENCY)

    def _agreed(self, say: Say) -> Turn:
        """Take the yes where the notice was read, else show it."""
        return agreed(AskConsent(), say) if self.read else ask(AskConsent(), say)

    def _wished(self, message: Inbound, say: Say) -> Turn:
        """Ask for consent once more for what somebody needs; a greeting or a no needs none."""
        if wants_erasure(message.text):
            return ask(self, say, nothing_kept(say))
        if puzzled(message.text):
            return again(self, say, "first.meaning")
        then = wish(message)
        nothing = then == MENU or COURTESIES.issuperset(plain(message.text).split())
        if nothing or agreement(message.text) is False:
            return again(self, say, "first.still")
        return ask(AskConsent(then), say, say("first.needed"))


def _may_answer(message: Inbound) -> bool:
    """Say whether a first message is short, by SMS, and no command: "ok", "siapa ini?"."""
    text = message.text
    short = len(text) <= REMARK and not any(letter.isdigit() for letter in text)
    return message.sender.channel.traits.is_line and short


def refused(say: Say) -> Turn:
    """Say that a no is all right, and what we can give all the same."""
    return ask(Without(read=True), say, say("first.refused"))


def hello(say: Say) -> str:
    """Return who we are."""
    return say("first.hello", service=say.district.service_name)


def wants_erasure(text: str) -> bool:
    """Say whether somebody wants their data erased, in a sentence or by the word alone."""
    typed = plain(text)
    return typed in ERASING or any(phrase in typed for phrase in ERASE)


def nothing_kept(say: Say) -> str:
    """Say that nothing is kept of who never agreed, and where older data is erased."""
    return say("first.nothing_kept", office=office(say))


def office(say: Say) -> str:
    """Return where a person can come, and when."""
    return say.district.office.in_language(say.language)


def agreed(state: AskConsent, say: Say) -> Turn:
    """Record the consent and go on with what the citizen came for."""
    consent = AgreeToNotice(say.district.consent_version, say.language)
    thanks = "" if say.brief else say("first.thanks")
    told = f"{thanks} {say('first.send_again')}".strip() if state.unkept else thanks
    return Turn(state, (Reply(told),) if told else (), records=(consent,), enter=state.then)


def _shows(message: Inbound) -> bool:
    """Say whether *message* brings a photo, a document or a place."""
    return bool(message.attachments or message.place)


def wish(message: Inbound) -> Enter:
    """Return where a first message leads once the citizen agreed: a greeting, to the menu."""
    words = plain(message.text).split()
    if sure(message.text) or OPENING.issuperset(words):
        return MENU
    return Enter(Door.WISH, message.text[:WISH])
