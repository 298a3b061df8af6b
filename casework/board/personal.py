"""What tells who somebody is, apart from their story: masked until somebody says why they look."""

from collections.abc import Iterable, Iterator

from casework.ticket.views import Told
from referrals.district.directory import Field, FieldKind
from referrals.district.personal import NUMBERS, PERSONAL
from registry_client.masking import beginning, endless

SHOWN = 4  # digits of a number that stay
ROW = tuple[Told, str]
INITIALS = frozenset({FieldKind.NAME})


def person(pairs: Iterable[tuple[Field, str]], *, revealed: bool) -> Iterator[ROW]:
    """Yield label and answer of what tells who somebody is, whole only where *revealed*."""
    for field, told in pairs:
        if field.kind in PERSONAL:
            yield field.label, told if revealed or not told else veiled(field.kind, told)


def story(pairs: Iterable[tuple[Field, str]]) -> Iterator[ROW]:
    """Yield label and answer of everything else; numbers of persons in it show no digit."""
    return ((field.label, endless(told)) for field, told in pairs if field.kind not in PERSONAL)


def veiled(kind: FieldKind, told: str) -> str:
    """Return *told* so that who knows it recognises it, and nobody else reads it."""
    if kind in INITIALS:
        return " ".join(f"{part[0]}..." for part in told.split())
    return beginning(told) if kind in NUMBERS else ending(told)


def ending(number: str) -> str:
    """Return *number* with all but its end hidden: "...4567"; one too short shows nothing."""
    digits = [letter for letter in number if letter.isdigit()]
    return f"...{''.join(digits[-SHOWN:])}" if len(digits) > SHOWN else "..."
