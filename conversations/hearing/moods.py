"""What a sentence tells of a ticket without naming it: it went well, it did not, it takes long."""

import re

from conversations.hearing.reporting import FILED_BY
from conversations.hearing.spelling import words_of

GLAD = frozenset(
    {"alhamdulillah", "alhamdulilah", "syukur", "syukurlah", "puji", "cair", "beres", "selesai"}
    | {"tuntas", "lunas", "berhasil", "sudah", "makasih", "thanks", "finally", "solved", "done"}
)
UNSOLVED = frozenset(
    {"tidak", "belum", "masih", "tetap", "kok", "tetapi", "kapan", "kosong", "nol", "ditolak"}
    | {"lama", "not", "still", "no", "when"}
)
LATE = frozenset(
    {"lama", "lamanya", "lambat", "lelet", "lemot", "nunggu", "menunggu", "ditunggu", "kapan"}
    | {"slow", "late", "waiting", "when"}
)
STANDING = frozenset({"masih", "belum", "tetap", "sudah", "still", "yet"}) | GLAD
"""What somebody may say of a wish that they told us before."""

FILED = re.compile(
    r"\b(?:laporan|lapuran|aduan|pengaduan|pengajuan|ajuan|usulan|permohonan|permintaan|keluhan)"
    r"(?:ku|nya|e|ne)?\b"
)
REPORTED = re.compile(rf"\b(?:{'|'.join(sorted(FILED_BY))})\b")
"""What somebody did who has a ticket, as a thing and as a deed."""
ASKED_ON = re.compile(
    r"\b(?:(?:di|ke)?(?:proses|tindak|lanjut|kabar|hasil|nasib|jawab|progres|perkembang)\w*"
    r"|status\w*|acc|balasan|(?:sampai|sampe|nyampe|nyampai|tekan) (?:mana|ngendi|mn))\b"
)
FORWARD = re.compile(r"\b(?:ke?lanjut\w*|ditindak\w*|nasib\w*|diproses|(?:sampai|nyampe) mana)\b")
"""What is asked of something that is under way."""
WAITING = re.compile(r"\b(?:kabar|proses|jawaban|nasib|kelanjut|balasan)\w*")
GIVING_UP = re.compile(
    r"\b(?:cancel|batal\w*|(?:tidak|ra) (?:jadi|sido|sios)"  # RA is a school too: not spelt out
    r"|(?:tidak|ra) usah (?:di)?(?:lanjut|terus|proses|urus)\w*)\b"
)
FIRST_TIME = frozenset({"bikin", "buat", "membuat", "mengajukan", "cara", "caranya", "syarat"})


def glad(text: str) -> bool:
    """Say whether *text* only tells that something went well: "alhamdulillah udah aktif"."""
    words = set(words_of(text))
    return not words.isdisjoint(GLAD) and words.isdisjoint(UNSOLVED)


def impatient(text: str) -> bool:
    """Say whether *text* complains that something takes long: "kok lama banget"."""
    return not LATE.isdisjoint(words_of(text))


def asks_after(typed: str) -> bool:
    """Say whether *typed*, plain, asks how something filed stands: "laporan saya sampai mana"."""
    if not FIRST_TIME.isdisjoint(typed.split()):
        return False
    filed = FILED.search(typed) and ASKED_ON.search(typed)
    return bool(filed or (REPORTED.search(typed) and FORWARD.search(typed)))


def waiting(typed: str) -> bool:
    """Say whether *typed*, plain, waits for word of something unnamed: "kok belum ada kabar"."""
    return WAITING.search(typed) is not None and not STANDING.isdisjoint(words_of(typed))


def giving_up(typed: str) -> bool:
    """Say whether *typed* takes something back that it does not name: "ora sido pak"."""
    return GIVING_UP.search(" ".join(words_of(typed))) is not None


def standing(text: str) -> bool:
    """Say whether *text* may tell how something stands that was told before: "masih kosong"."""
    return not STANDING.isdisjoint(words_of(text))
