"""What somebody in despair surely wants of us besides, told from what only tells of the despair.

In doubt it is nothing: to be listened to once too often hurts nobody.
"""

from datetime import timedelta

from conversations.forms.guess import guess
from conversations.hearing.agreeing import agreement
from conversations.hearing.alarms import heard
from conversations.hearing.choices import is_number
from conversations.hearing.cries import cries
from conversations.hearing.spelling import words_of
from conversations.hearing.words import Word, plain, sure
from conversations.menu import named
from conversations.messages import Inbound
from conversations.one_line import told
from conversations.say import Say
from registry_client.nik import Nik

SLEPT = timedelta(hours=12)  # silence that has a night in it, or a day
PLEAS = frozenset({"bantu", "help"})  # commands that are cries where nothing else is said
HEAVY = frozenset(
    {"capek", "cape", "lelah", "letih", "sedih", "nangis", "menangis", "takut", "sendiri"}
    | {"sendirian", "hidup", "mati", "meninggal", "makam", "pemakaman", "kubur", "dikubur"}
    | {"lompat", "loncat", "tali", "racun", "bunuh", "menyerah", "pamit", "selamanya", "asa"}
    | {"tired", "sad", "alone", "life", "live", "die", "dead", "death", "jump", "funeral"}
)
"""What may tell of the despair itself, whatever service the rest of a sentence names."""
DOING = frozenset(
    {"urus", "ngurus", "mengurus", "urusan", "cek", "ngecek", "mengecek", "daftar", "mendaftar"}
    | {"ajukan", "mengajukan", "usul", "mengusulkan", "lapor", "melapor", "melaporkan", "bikin"}
    | {"membuat", "apply", "report", "check", "register"}
)
"""What is done at an office, and by nobody who only tells how they feel."""
NAMING = 2  # words: a message as short as this with a service in it is its name
BETTER = frozenset({"baikan", "mendingan", "membaik", "lega", "better"})
BESIDE_BETTER = frozenset(
    {"saya", "aku", "sudah", "lebih", "agak", "sekarang", "kok", "ya", "alhamdulillah", "bapak"}
    | {"ibu", "kak", "min", "i", "am", "m", "feel", "now", "makasih", "hari", "ini", "merasa"}
)
CALLING = frozenset(
    {"jangan", "tidak", "usah", "perlu", "mau", "panggil", "panggilkan", "dipanggil", "petugas"}
    | {"dipanggilkan", "saya", "dulu", "ya", "don", "dont", "t", "do", "not", "call", "officer"}
    | {"an", "the", "bapak", "ibu", "kak", "min", "please", "tolong"}
)
NOT_CALLED = frozenset({"jangan", "tidak", "not", "don", "dont"})
CALL = frozenset({"panggil", "panggilkan", "dipanggil", "dipanggilkan", "petugas", "call"})


def wishes(text: str, say: Say) -> bool:
    """Say whether *text* surely is a wish: an entry of the menu, a verb's line, a NIK, a service.

    Despair and a cry never are.
    """
    words = frozenset(words_of(text))
    if cries(text) or heard(text, say.district.alarms) or not words.isdisjoint(HEAVY):
        return False
    if Nik.read(text) or (named(text) and plain(text) not in PLEAS):
        return True
    tells = told(text) is not None or not words.isdisjoint(DOING) or len(words) <= NAMING
    return tells and _names(text, say)


def declines(text: str) -> bool:
    """Say whether *text* only tells that somebody feels better, or wants nobody called."""
    words = frozenset(words_of(text))
    better = not words.isdisjoint(BETTER) and words <= BETTER | BESIDE_BETTER
    uncalled = not (words.isdisjoint(NOT_CALLED) or words.isdisjoint(CALL))
    return better or (uncalled and words <= CALLING)


def answers(message: Inbound) -> bool:
    """Say whether *message* may answer an offer made before somebody slept: a tap, a yes, a cry.

    An empty one, such as a picture, may be anything.
    """
    text = message.text
    if message.picked is not None or not text.strip() or is_number(text) or cries(text):
        return True
    return agreement(text) is not None or sure(text) is Word.PERSON


def _names(text: str, say: Say) -> bool:
    """Say whether *text* points at a service that is no officer to talk with, and no violence."""
    services = say.district.services
    codes = guess(text, say.district)
    talks = say.district.person_service in codes
    return bool(codes) and not talks and not services[codes[0]].safe_path
