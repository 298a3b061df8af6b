"""What people ask before they file anything: what it costs, what to bring, how long it takes."""

import re
from collections.abc import Sequence

from conversations.hearing.spelling import words_of

PAPERS = frozenset(
    {"syarat", "syaratnya", "persyaratan", "persyaratannya", "dokumen", "dokumennya", "berkas"}
    | {"berkasnya", "sarate", "documents", "requirements", "papers"}
)
MONEY = frozenset(
    {"biaya", "biayanya", "bayar", "bayarnya", "berbayar", "gratis", "harga", "harganya"}
    | {"ongkos", "ongkosnya", "tarif", "tarifnya", "mbayar", "cost", "price", "fee", "free"}
)
ASKING = frozenset({"berapa", "piro", "apa", "apakah", "bagaimana", "what", "how", "which"})
TIME = re.compile(
    r"\bberapa (?:lama|hari|minggu|bulan)\b|\bkapan (?:jadi|jadinya|selesai|selesainya)\b"
    r"|\bhow (?:long|many days)\b"
)
WHETHER = re.compile(
    r"^(?:bayar|berbayar|gratis) tidak\b"
    r"|\b(?:bayar|berbayar|gratis) tidak(?: (?:ya|bapak|ibu|kak|min))*$"
)
TELLING = frozenset(
    {"sudah", "belum", "disuruh", "diminta", "dimintai", "dipungut", "ditagih", "ditarik"}
    | {"kenapa", "kok", "hilang", "pungli", "oknum", "potong", "mati", "ditolak", "already"}
)
"""What tells of something that happened, and asks nothing: "saya disuruh bayar berapa"."""
LONGEST = 12  # words; a longer sentence tells more than it asks
SHORT = 5  # words: "syarat bikin ktp" asks without a word that asks


def asks(text: str) -> bool:
    """Say whether *text* asks what a service costs, what to bring for it, or how long it takes."""
    words = words_of(text)
    short = len(words) <= SHORT and not PAPERS.isdisjoint(words)
    return not _tells(words) and (short or _put(text, words))


def asks_outright(text: str) -> bool:
    """Say whether *text* asks so where words are awaited too: "berkas desa" may be an answer."""
    words = words_of(text)
    return not _tells(words) and _put(text, words)


def _tells(words: Sequence[str]) -> bool:
    return len(words) > LONGEST or not TELLING.isdisjoint(words)


def _put(text: str, words: Sequence[str]) -> bool:
    """Say whether a word or a mark makes it a question."""
    line = " ".join(words)
    if TIME.search(line) or WHETHER.search(line):
        return True
    asking = not ASKING.isdisjoint(words) or ("?" in text and len(words) <= SHORT)
    return asking and not (MONEY.isdisjoint(words) and PAPERS.isdisjoint(words))
