"""Whether to send, as people answer it: "kirim aja", "tidak usah dikirim"."""

from conversations.hearing.agreeing import AGREEING, BESIDE, BESIDE_NO, NO, agreement
from conversations.hearing.spelling import words_of

SENDING = frozenset({"kirim", "kirimkan", "kirimin", "dikirim", "dikirimkan", "send", "sent"})
REFUSING = NO | {"not", "dont"}
BY_ITSELF = AGREEING | BESIDE | SENDING | {"sekarang", "segera", "it", "now"}
REFUSED = BY_ITSELF | BESIDE_NO | REFUSING | {"jadi"}


def sends(text: str) -> bool | None:
    """Return whether *text* says to send, or not to; None where it says more, or both.

    No slip is forgiven: "ga kirim" is next to "ya, kirim".
    """
    words = words_of(text)
    if SENDING.isdisjoint(words):
        return agreement(text)
    if "?" in text or not REFUSED.issuperset(words):
        return None
    refusals = len([word for word in words if word in REFUSING])
    if refusals == 1 or "don" in words:
        return False
    return True if BY_ITSELF.issuperset(words) else None
