"""Ticket codes: nine digits that a feature phone can type, the last one checks the others.

Damm's check digit catches every single wrong digit and every swap of neighbours.
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise

from stdnum import damm

LENGTH = 9
SHOWN_GROUPS = (4, 4, 1)  # 4821 0937 9
TOO_MANY_GROUPS = 40  # of digits in one message; nobody writes a code after that many
DIGITS = re.compile(r"[0-9]+")
JOINT = re.compile(r"[\s.\-]{1,3}")  # what people write between groups of digits


def code_from(token: str) -> str:
    """Return the nine-digit code of a turn's *token*.

    The token is hashed first: a code is shown around and must tell nothing about its token.
    Two tokens may give one code (once in 10^8); the store refuses the second.
    """
    number = int.from_bytes(sha256(b"ticket code " + token.encode()).digest()) % 10 ** (LENGTH - 1)
    digits = f"{number:0{LENGTH - 1}d}"
    return digits + str(damm.calc_check_digit(digits))


def shown(code: str) -> str:
    """Return *code* in groups, as people read it: 4821 0937 9."""
    return f"{code[:4]} {code[4:8]} {code[8:]}"


def is_code(digits: str) -> bool:
    """Tell whether *digits* are nine digits with the right check digit."""
    return len(digits) == LENGTH and DIGITS.fullmatch(digits) is not None and _checks(digits)


def read_code(text: str) -> str | None:
    """Return the first valid code in *text*, or None; spaces, dots and dashes are forgiven.

    Parts of longer numbers (a NIK, a telephone number) are never taken for a code.
    """
    return next(filter(_checks, _candidates(text)), None) if _may_hold_one(text) else None


def misread_code(text: str) -> bool:
    """Tell whether *text* holds what looks like a code, but none whose check digit is right."""
    return _may_hold_one(text) and read_code(text) is None and any(_candidates(text))


def _checks(digits: str) -> bool:
    return bool(damm.is_valid(digits))


def _may_hold_one(text: str) -> bool:
    """Tell whether *text* has the digits of a code, as few messages have."""
    return len(text) >= LENGTH and sum(map(len, DIGITS.findall(text))) >= LENGTH


def _candidates(text: str) -> Iterator[str]:
    for run in _runs(text):
        whole = "".join(run)
        if len(whole) == LENGTH:
            yield whole
        else:
            yield from _inside(run)


def _inside(run: list[str]) -> Iterator[str]:
    """Give what stands among other numbers and is grouped as we show it, or not at all."""
    yield from (group for group in run if len(group) == LENGTH)
    for at in range(len(run)):
        three = run[at : at + len(SHOWN_GROUPS)]
        if tuple(map(len, three)) == SHOWN_GROUPS:
            yield "".join(three)


def _runs(text: str) -> Iterator[list[str]]:
    """Give the groups of digits of *text*, which has some, that belong together."""
    found = list(DIGITS.finditer(text))[:TOO_MANY_GROUPS]
    run = [found[0].group()]
    for before, after in pairwise(found):
        if not JOINT.fullmatch(text, before.end(), after.start()):
            yield run
            run = []
        run.append(after.group())
    yield run
