"""Yes and no, as people write them; a plain "ya" is too short to be found in a label."""

from conversations.hearing.choices import pick
from conversations.hearing.spelling import words_of
from conversations.messages import Choice, Inbound

YES = frozenset(
    {"ya", "iya", "y", "yes", "yup", "ok", "oke", "okay", "betul", "benar", "setuju", "sip"}
    | {"inggih", "nggih", "muhun", "leres"}
)
NO = frozenset({"tidak", "bukan", "no", "nope", "n", "jangan", "salah", "belum"})
SHORT = 3  # words; "ya betul pak" agrees, a longer sentence says something else


def meant(choices: tuple[Choice, ...], message: Inbound) -> Choice | None:
    """Return the choice that is meant: the first of *choices* is the yes, the second the no."""
    yes, no, *_ = choices
    words = words_of(message.text)[: SHORT + 1]
    said = set(words) if len(words) <= SHORT else set()
    if chosen := pick(choices, message):
        return chosen
    if said & NO:
        return no
    return yes if said & YES else None
