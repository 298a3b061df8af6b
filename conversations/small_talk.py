"""What asks for nothing: greetings, thanks, anger, a dubious link, a wish to be forgotten."""

import re

from conversations.again import again
from conversations.first import AGREED, GREETINGS, hello, office, wants_erasure
from conversations.hearing.agreeing import agreement
from conversations.hearing.alarms import Alarm, card
from conversations.hearing.cries import cries
from conversations.hearing.spelling import telling_words, words_of
from conversations.hearing.words import Word, plain
from conversations.menu import Menu
from conversations.messages import Choice, Reply
from conversations.one_of_two import OneOfTwo
from conversations.say import Say
from conversations.turn import Door, Enter, Turn, ask

LINK = re.compile(
    r"https?://|www\.|\b[\w-]+\.(?:com|net|org|xyz|id|info|site|online|top|link|click)\b",
    re.IGNORECASE,
)
THANKS = frozenset(
    {"makasih", "makasi", "terimakasih", "terima", "kasih", "trims", "trimakasih", "tks", "thx"}
    | {"thanks", "thank", "nuwun", "nuhun", "suwun", "matur", "hatur", "suksma"}
)
NODS = frozenset(
    {"ok", "oke", "okay", "baik", "siap", "iya", "ya", "yes", "pak", "bu", "kak", "min"}
    | {"banyak", "you", "so", "much"}
)
CLOSING = THANKS | {"ok", "oke", "okay", "baik", "siap"}
"""What ends a talk kindly; a bare "ya" does not: it may be the answer to something."""
THANKING = THANKS | NODS | AGREED
WISHES = frozenset(
    {"nak", "mas", "mbak", "semoga", "berkah", "barokah", "sehat", "selalu", "allah", "tuhan"}
    | {"membalas", "sekali", "sangat", "amin", "aamiin", "alhamdulillah", "atas", "bantuannya"}
    | {"infonya", "informasinya", "jawabannya", "nggih", "atuh", "pisan", "gusti"}
)
"""What stands beside thanks: "terima kasih ya nak, semoga berkah"."""
GRATEFUL = THANKS - {"terima", "kasih", "matur", "hatur"} | {"tengkyu", "tenkyu", "maturnuwun"}
WANTING = frozenset(
    {"mau", "minta", "butuh", "tolong", "mohon", "belum", "tidak", "bagaimana", "kapan"}
    | {"kenapa", "berapa", "mana", "dimana", "tetapi", "cara"}
    | {"sudah", "alhamdulillah"}
)
"""What tells that thanks are only the beginning, or the end, of something else."""
AIDED = re.compile(
    r"\b(?:sudah|udah|sdh|udh|dah) (?:di)?(?:bantu|tolong|jawab|balas|bales|layani)\w*"
)
"""What people thank us for, which is no word of how a ticket went."""
THANKED = 15  # words; a longer message tells more than thanks
SILENCE = frozenset({"jangan", "stop", "setop", "berhenti", "usah"})
WRITING = frozenset({"sms", "wa", "chat", "hubungi", "kirim", "ngirim", "pesan", "ganggu"})
LEAVE_ALONE = 7  # words: a longer message tells what else should not be sent
WHO = (
    "siapa kamu",
    "kamu siapa",
    "siapa anda",
    "anda siapa",
    "siapa ini",
    "ini siapa",
    "sopo iki",
    "kamu robot",
    "kamu bot",
    "ini robot",
    "ini bot",
    "kowe robot",
)
WHO_ENGLISH = ("who are you", "what is this", "are you a bot", "is it free", "is this free")
ABOUT_US = re.compile("|".join(map(re.escape, WHO + WHO_ENGLISH)))
FREE = frozenset({"gratis", "bayar", "berbayar", "biaya"})
US = frozenset({"bot", "robot", "layanan", "chat", "aplikasi", "satupintu"})
ANGER = frozenset(
    {"bohong", "pembohong", "penipu", "goblok", "tolol", "bangsat", "anjing", "bodoh"}
    | {"brengsek", "percuma", "lies", "liars", "useless", "stupid"}
)


ASKING = frozenset({"dimana", "mana", "alamat", "alamatnya", "jam", "where", "when"})
OFFICE = frozenset({"kantor", "kantornya", "alamatnya", "buka", "bukanya", "tutup", "office"})
BESIDE = NODS | GREETINGS  # "ya pak" asks nothing more
QUESTION = 5  # words; a longer sentence tells more than that it asks


class Offered(OneOfTwo, frozen=True, tag="talk.offered"):
    """We offered a person to somebody whose words no service answers; *need* is told to them."""

    need: str = ""

    def prompt(self, say: Say) -> Reply:
        choices = (
            Choice(Word.PERSON.tap, say("menu.person")),
            Choice(Word.MENU.tap, say("menu.menu")),
        )
        return Reply(say("talk.person"), choices)

    def yes(self, say: Say) -> Turn:  # noqa: ARG002 - a state's shape
        return Turn(self, enter=Enter(Door.PERSON, self.need))

    def no(self, say: Say) -> Turn:  # noqa: ARG002 - a state's shape
        return Turn(self, enter=Enter(Door.MENU))


def talk(text: str, menu: Menu, say: Say) -> Turn | None:
    """Return the answer to small talk, or None where *text* is none."""
    typed = plain(text)
    words = frozenset(typed.split())
    if ("." in text or "://" in text) and LINK.search(text):
        return ask(menu, say, say("talk.link"))
    if turn := _crying(text, say) or _leaving(text, typed, say) or _where(text, menu, say):
        return turn
    if _about_us(typed, words):
        return ask(menu, say, hello(say), say("talk.us"))
    if words & CLOSING and words <= (THANKING if THANKS.isdisjoint(words) else THANKING | WISHES):
        return Turn(menu, (Reply(say("talk.thanks")),), enter=Enter(Door.REST))
    if words and words <= GREETINGS:
        return ask(menu, say, say("talk.hello"))
    return again(menu, say, "talk.which") if agreement(text) else None


def _crying(text: str, say: Say) -> Turn | None:
    """Give the numbers to a bare cry for help, and offer a person."""
    if not cries(text):
        return None
    return ask(Offered(), say, card(say, Alarm.EMERGENCY), say("talk.cry"))


def _where(text: str, menu: Menu, say: Say) -> Turn | None:
    """Tell where our office is and when it is open, to who asks for nothing else."""
    words = words_of(text)
    asked = not (ASKING.isdisjoint(words) or OFFICE.isdisjoint(words))
    if not asked or len([word for word in words if word not in BESIDE]) > QUESTION:
        return None
    return ask(menu, say, office(say))


def _leaving(text: str, typed: str, say: Say) -> Turn | None:
    """Return the way to be erased, or to be left in peace."""
    if wants_erasure(text):
        return Turn(Offered(), enter=Enter(Door.RIGHTS, "erase"))
    words = typed.split()
    silent = not (SILENCE.isdisjoint(words) or WRITING.isdisjoint(words))
    return ask(Offered(), say, say("talk.erase")) if silent and len(words) <= LEAVE_ALONE else None


def kindly(text: str, menu: Menu, say: Say) -> Turn | None:
    """Return the answer to a sentence that names no need: thanks in many words, our office."""
    typed = plain(text)
    words = {*telling_words(text), *typed.split()}
    thanked = not GRATEFUL.isdisjoint(words) and WANTING.isdisjoint(words_of(AIDED.sub("", typed)))
    if thanked and len(typed.split()) <= THANKED:
        return Turn(menu, (Reply(say("talk.thanks")),), enter=Enter(Door.REST))
    if ASKING.isdisjoint(words) or OFFICE.isdisjoint(words):
        return None
    return ask(menu, say, office(say))


def _about_us(typed: str, words: frozenset[str]) -> bool:
    """Say whether somebody asks who we are, or what we cost."""
    return bool(ABOUT_US.search(typed) or (words & FREE and words & US))


def angry(text: str) -> bool:
    """Say whether *text* vents anger: it is met with a kind word, never with a closed door."""
    return not ANGER.isdisjoint(plain(text).split())
