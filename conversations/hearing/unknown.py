"""Whoever does not know the number we ask for, or does not have it at hand."""

from conversations.hearing.spelling import words_of

LACKING = frozenset(
    {"tidak", "belum", "lupa", "hilang", "none", "nothing", "not", "lost", "forgot", "dont", "don"}
)
_BESIDE = (
    "ada punya tahu hafal hapal apal ingat inget bawa pegang perlu jelas maaf lagi juga sekarang",
    "nomor nomornya angka angkanya kartu kartunya kode kodenya tiket nik nisn kk ktp",
    "saya kami bapak ibu itu ini i am m do t have know remember it the my number card with me",
    "sure sorry",
)
BESIDE = frozenset(word for line in _BESIDE for word in line.split())
"""What may stand beside such a word without telling anything else."""


UNSAYING = frozenset(
    {"tahu", "hafal", "hapal", "apal", "ingat", "inget", "lupa", "punya"}
    | {"know", "remember", "forgot"}
)


def unsaid(text: str) -> bool:
    """Say whether *text* tells that the answer is not known; "tidak ada" may be an answer."""
    return not_known(text) and not UNSAYING.isdisjoint(words_of(text))


def not_known(text: str) -> bool:
    """Say whether *text* tells that the number is not known, or not at hand, and nothing else."""
    words = frozenset(words_of(text))
    return not words.isdisjoint(LACKING) and words <= LACKING | BESIDE
