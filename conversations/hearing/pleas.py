"""A plea for help among other words, from somebody whom we know to be in danger."""

from conversations.hearing.spelling import words_of

HELPING = frozenset({"bantu", "bantuin", "tolong", "tolongin", "selamatkan", "help", "save"})
SELF = frozenset({"saya", "kami", "kita", "me", "us", "i"})
POLICE = frozenset({"polisi", "polsek", "polres", "police"})


def pleads(text: str) -> bool:
    """Say whether *text* asks for help or for the police: "bantu saya keluar dari rumah".

    Elsewhere the same words begin a request or a report.
    """
    words = frozenset(words_of(text))
    helps = not (HELPING.isdisjoint(words) or SELF.isdisjoint(words))
    return helps or not POLICE.isdisjoint(words)
