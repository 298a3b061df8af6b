"""What a sentence tells of a ticket without naming it: it went well, it did not, it takes long."""

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


def glad(text: str) -> bool:
    """Say whether *text* only tells that something went well: "alhamdulillah udah aktif"."""
    words = set(words_of(text))
    return not words.isdisjoint(GLAD) and words.isdisjoint(UNSOLVED)


def impatient(text: str) -> bool:
    """Say whether *text* complains that something takes long: "kok lama banget"."""
    return not LATE.isdisjoint(words_of(text))


def standing(text: str) -> bool:
    """Say whether *text* may tell how something stands that was told before: "masih kosong"."""
    return not STANDING.isdisjoint(words_of(text))
