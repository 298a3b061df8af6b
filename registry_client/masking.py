"""Numbers of persons in free text, hidden before others see or keep it."""

import re
import unicodedata

from registry_client.nik import RUN, signs_in

FEWEST = 15  # digits; a NIK with one forgotten is still somebody's
SHOWN = 4  # digits, as in Nik.last_four
LONGEST_ROW = 80  # characters; a longer one is not looked at for numbers that are nobody's

_BETWEEN = r"[\W_]{0,3}"  # spaces, dots, commas, brackets, what is not seen at all
_DIGIT = r"(?:[0-9]|(?<=[0-9])[OoIl|]|[OoIl|](?=[0-9]))"
_LONG = re.compile(rf"{_DIGIT}(?:{_BETWEEN}{_DIGIT}){{{FEWEST - 1},}}")
_LEFT = re.compile(r"\.\.\.[0-9]{4}(?![0-9])")
_NOISE = re.compile(r"[\W_]")

_PHONE = r"(?:0|62[ .\-]?8)[0-9](?:[ .\-]?[0-9]){7,11}"  # no NIK or KK number starts so
_DATE = r"[0-3]?[0-9][-./][01]?[0-9][-./](?:19|20)[0-9]{2}"
_HOUR = r"[0-2]?[0-9][.:][0-5][0-9]"
_SUM = r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){0,2}\.000"
_PLAIN = f"(?:{_PHONE}|{_DATE}|{_HOUR}|{_SUM})"
_NOBODYS = re.compile(rf"{_PLAIN}(?:[\W_]{{1,3}}{_PLAIN})+")


def hidden(text: str) -> str:
    """Return *text* with every NIK, KK number and bank account as "..." and its last four digits.

    However it is spaced, glued to a word, written in other digits or mistyped by one: any row of
    at least FEWEST digits goes, unless it is plainly telephone numbers, a date, hours or sums.
    Three full stops, because "…" would double the price of an SMS.
    """
    plain = text if text.isascii() else "".join(map(_plain, text))
    if signs_in(plain) < FEWEST:
        return plain
    return _LONG.sub(_end, RUN.sub(_end, plain))


def beginning(number: str) -> str:
    """Return *number* with all but its region hidden: "9901..."; its end is a citizen's proof."""
    digits = [letter for letter in number if letter.isdigit()]
    return f"{''.join(digits[:SHOWN])}..." if len(digits) > SHOWN else "..."


def endless(text: str) -> str:
    """Return *text* hidden, without the four digits that `hidden` leaves of a number.

    For who reads of others: those digits prove who somebody is.
    """
    return _LEFT.sub("...", hidden(text))


def _plain(letter: str) -> str:
    """Return a digit of any script as 0 to 9, and every other letter as it is."""
    if letter.isascii() or not letter.isdigit():
        return letter
    return str(unicodedata.digit(letter))


def _end(found: re.Match[str]) -> str:
    row = found.group()
    if sum(letter.isdigit() for letter in row) < FEWEST // 2:
        return row  # "ooo", a line of |
    if len(row) <= LONGEST_ROW and _NOBODYS.fullmatch(row):
        return row
    return f"...{_NOISE.sub('', row)[-SHOWN:]}"
