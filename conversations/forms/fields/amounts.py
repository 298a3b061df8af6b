"""A number, in digits or in words."""

import re

from conversations.forms.fields.asked import Asked, Asking, Outcome, Unclear
from conversations.hearing.spelling import plain
from conversations.messages import Inbound
from conversations.turn import Answered

_AMOUNT = re.compile(r"(\d{1,9}) ?(rb|rbu|ribu|jt|juta)?\b")
_THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")
_TIMES = {"": 1, "rb": 1000, "rbu": 1000, "ribu": 1000, "jt": 10**6, "juta": 10**6}
_SPELT = {
    0: "nol kosong zero none",
    1: "satu siji hiji one",
    2: "dua loro two",
    3: "tiga telu tilu three",
    4: "empat papat opat four",
    5: "lima limo five",
    6: "enam enem genep six",
    7: "tujuh pitu seven",
    8: "delapan wolu eight",
    9: "sembilan songo nine",
    10: "sepuluh ten",
    11: "sebelas eleven",
    12: "twelve",
}
_UNITS = {word: number for number, words in _SPELT.items() for word in words.split()}


class AskNumber(Asking, frozen=True, tag="number"):
    """Asks for a whole number between the row's smallest and largest."""

    example = "form.number_example"
    takes_digits = True
    refusable = False  # "tidak ada" may mean none at all

    def takes_one(self, asked: Asked) -> bool:
        return isinstance(_fitting(asked, 1), Answered)

    def read(self, asked: Asked, message: Inbound) -> Outcome:
        found = amounts(message.text)
        if len(found) != 1:
            return Unclear("form.number_one" if found else "form.number_none")
        (number,) = found
        return _fitting(asked, number)


def amounts(text: str) -> set[int]:
    """Return the numbers in *text*: "3 orang", "tiga", "dua puluh lima", "500rb"."""
    clean = _THOUSANDS.sub("", plain(text))
    digits = {int(n) * _TIMES[times] for n, times in _AMOUNT.findall(clean)}
    return digits or _spelt(clean.replace("-", " ").split())


def _spelt(words: list[str]) -> set[int]:
    """Return the numbers spelt out in *words*; "belas" and "puluh" go with the unit before."""
    found: list[int] = []
    last = -1
    for place, word in enumerate(words):
        if word in ("belas", "puluh") and found and last == place - 1:
            found[-1] = found[-1] + 10 if word == "belas" else found[-1] * 10
        elif word in _UNITS and found and last == place - 1 and found[-1] % 10 == 0:
            found[-1] += _UNITS[word]
        elif word in _UNITS:
            found.append(_UNITS[word])
        else:
            continue
        last = place
    return set(found)


def _fitting(asked: Asked, number: int) -> Outcome:
    least, most = asked.field.minimum, asked.field.maximum
    if least <= number and (not most or number <= most):
        return asked.got(str(number), str(number))
    if most:
        return Unclear("form.number_range", {"least": least, "most": most})
    return Unclear("form.number_least", {"least": least})
