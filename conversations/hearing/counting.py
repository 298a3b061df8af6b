"""A choice counted to in words: "satu", "yang kedua", "nomor tiga", "pilih b"."""

_COUNTED = (
    "satu kesatu pertama siji hiji one first a",
    "dua kedua loro two second b",
    "tiga ketiga telu tilu three third c",
    "empat keempat papat opat four fourth d",
    "lima kelima limo five fifth",
    "enam keenam enem genep six sixth",
    "tujuh ketujuh pitu seven seventh",
    "delapan kedelapan wolu eight eighth",
)
COUNTED = {word: at for at, words in enumerate(_COUNTED, 1) for word in words.split()}
DIGITS = frozenset("12345678")
LETTERS = frozenset("abcd")  # a letter alone may be the beginning of anything
LEADING = frozenset(
    {"yang", "yg", "no", "nomor", "nomer", "pilih", "pilihan", "angka", "huruf", "opsi", "sing"}
    | {"ke", "the", "number", "option", "choice", "pick"}
)
BESIDE = LEADING | {"saya", "mau", "aja", "saja", "deh", "ya", "pak", "bu", "please", "i"}
"""What may stand beside "kedua" without telling anything else."""
LONGEST = 5  # words: "saya pilih yang nomor dua"
MOST = 40  # letters


def counted(typed: str) -> int:
    """Return which choice *typed* counts to in words ("yang kedua", "pilih b"); 0 for none."""
    words = typed.split() if len(typed) <= MOST else []
    if not words or len(words) > LONGEST:
        return 0
    if words[-1:] == ["one"]:  # "the second one"
        words = words[:-1] or words
    said = [word for word in words if word not in BESIDE]
    if len(said) != 1 or (said[0] in LETTERS and LEADING.isdisjoint(words)):
        return 0
    return int(said[0]) if said[0] in DIGITS else COUNTED.get(said[0], 0)
