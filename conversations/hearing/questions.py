"""What people ask before they file anything: what it costs, what to bring, how long it takes."""

import re

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
    said = frozenset(words)
    if len(words) > LONGEST or not said.isdisjoint(TELLING):
        return False
    line = " ".join(words)
    if TIME.search(line) or WHETHER.search(line):
        return True
    asking = not said.isdisjoint(ASKING) or ("?" in text and len(words) <= SHORT)
    if asking and not said.isdisjoint(MONEY):
        return True
    return not said.isdisjoint(PAPERS) and (asking or len(words) <= SHORT)
