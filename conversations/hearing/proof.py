"""Four digits that prove something: the end of a NIK or of a KK number, and no other digits."""

import re

from conversations.hearing.spelling import ADDRESSED
from registry_client.nik import LOOKALIKES, PROOF, SIGN, typed

_FOUR = r"\b(?:4|empat|four)\W*"
ECHO = re.compile(
    rf"{_FOUR}(?:angka|digit|nomor|nomer|number|terakhir|akhir|belakang|last)[^\W\d]*",
    re.IGNORECASE,
)
"""What we asked for, said back to us: "4 angka terakhirnya 0004"."""
_WHERE_OR_AGE = "|".join((*sorted(ADDRESSED), "umur", "usia", "age"))
_WHEN = "tgl|tanggal|jam|pukul|lahir|tahun|thn|born|year"
OTHERS = re.compile(
    rf"\b(?:(?:{_WHERE_OR_AGE})\W*[0-9][0-9.:/\-]*|(?:{_WHEN})\W*[0-9][0-9\s.,:/\-]*)",
    re.IGNORECASE,
)
"""Numbers that say what they are, and that is something else; only dates have blanks in them."""
GAP = r"[\s.,\-]*"  # no stroke: 03/02 is an RT and an RW
DIGITS = re.compile(rf"[0-9](?:{GAP}[0-9])*")
FORGIVEN = re.compile(rf"(?<![^\W_]){SIGN}(?:{GAP}{SIGN})*(?![^\W_])")
NO_SIGN = re.compile(r"[\s.,\-]+")


def read_proof(text: str) -> str | None:
    """Return the four digits in *text*, or the last four of a whole number, or None.

    They stand alone: digits with words between them are put together by nobody.
    """
    if whole := typed(text):
        return whole[0][-PROOF:]
    told = OTHERS.sub(" ", ECHO.sub(" ", text))
    return _only(DIGITS.findall(told)) or _only(FORGIVEN.findall(told))


def _only(found: list[str]) -> str | None:
    """Return the one of *found* that has digits, where it has as many as a proof."""
    runs = [NO_SIGN.sub("", run) for run in found if any(map(str.isdigit, run))]
    match runs:
        case [run] if len(run) == PROOF:
            return run.translate(LOOKALIKES)
        case _:
            return None
