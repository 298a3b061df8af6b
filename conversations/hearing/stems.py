"""The known word that a longer one is made of: "kartunya", "daftarin", "ngajukeun", "sekolahe"."""

from collections.abc import Container, Iterator

from conversations.hearing.spelling import SPELLINGS

LONG_ENOUGH = 5  # shorter words hold no other, and are forgiven no typo: "pip" is not "pkh"
LEFT = 3  # letters at least that an ending leaves of it: "apine" is api
MORE_LEFT = 4  # that a beginning leaves, where chance is likelier
STREET = "in"  # "daftarin" is daftarkan, daftar or daftari
ENDINGS = (
    "nya",
    "kan",
    "keun",
    "aken",
    "ake",
    "no",
    "lah",
    "kah",
    "ku",
    "mu",
    "an",
    "ane",
    "ne",
    "na",
    "e",
    "i",
)
BEGINNINGS = ("meng", "mem", "men", "nge", "ng", "me", "m", "n", "di", "ter", "ke", "ka", "ber")


def stem(word: str, known: Container[str]) -> str | None:
    """Return the word of *known* that *word* is with an ending, a beginning, or both."""
    if len(word) < LONG_ENOUGH:
        return None
    return next((form for form in map(_spelt, _forms(word)) if form in known), None)


def _spelt(word: str) -> str:
    return SPELLINGS.get(word, word)


def _forms(word: str) -> Iterator[str]:
    """Yield what *word* may be made of: first without an ending, then a beginning, then both."""
    bare = [*_without_ending(word)]
    yield from bare
    for longer in (word, *bare):
        for beginning in BEGINNINGS:
            if longer.startswith(beginning) and len(longer) - len(beginning) >= MORE_LEFT:
                yield longer.removeprefix(beginning)


def _without_ending(word: str) -> Iterator[str]:
    """Yield *word* without each ending it has; that of the street stands for three."""
    if word.endswith(STREET) and len(word) - len(STREET) >= LEFT:
        root = word.removesuffix(STREET)
        yield from (root + "kan", root, root + "i")
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= LEFT:
            yield word.removesuffix(ending)
