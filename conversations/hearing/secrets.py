"""A PIN, a one-time code or a password that somebody wrote: nobody may have it, nor may we."""

import re

from msgspec.structs import replace

from conversations.turn import Event, Said

HIDDEN = "..."
_WORD = (
    r"\b(?:m-?pin|pin|otp|cvv|cvc|sandi|password|passwd|kata sandi|kode verifikasi)(?:nya|ku)?\b"
)
_BESIDE = (
    r"(?:[\s:=,.(]+(?:nya|atm|kks|kartu|kartunya|bank|bri|bni|bsi|mandiri|hp|wa|saya|sy|aku|ku|kami"
    r"|ibu|bapak|suami|istri|anak|itu|ini|adalah|yaitu|ialah|kode|kodenya|nomor|nomer|no|is|my"
    r"|baru|lama|tadi|masuk|akun|facebook|fb|email|rekening)(?=[\W\d])){0,6}[\s:=,.(\"']*"
)
_DIGITS = r"\d(?:[ .-]?\d){3,7}(?![ .-]?\d)"  # a NIK or a telephone number is longer
_AFTER = re.compile(f"({_WORD}{_BESIDE}){_DIGITS}", re.IGNORECASE)
_BEFORE = re.compile(
    rf"(?<!\d)(?<!\d[ .-]){_DIGITS}(?=\s*(?:itu|adalah|ini|is|=)\s+(?:my\s+|kode\s+)?{_WORD})",
    re.IGNORECASE,
)
_PASSWORD = re.compile(
    rf"((?:\bpass(?:word|wd)|\bsandi)(?:nya|ku)?\b{_BESIDE})(?=\S*\d)\S+", re.IGNORECASE
)
_SIGN = re.compile(r"pin|otp|cv[vc]|sandi|passw|verifikasi", re.IGNORECASE)


def without(event: Event) -> Event:
    """Return *event* without the secret that it tells, before anything of it is kept."""
    if not isinstance(event, Said) or not _SIGN.search(event.message.text):
        return event
    text = unsaid(event.message.text)
    if text == event.message.text:
        return event
    return replace(event, message=replace(event.message, text=text))


def unsaid(text: str) -> str:
    """Return *text* with the digits beside PIN, OTP and the like, and a password, as "..."."""
    for pattern in (_AFTER, _PASSWORD):
        text = pattern.sub(rf"\1{HIDDEN}", text)
    return _BEFORE.sub(HIDDEN, text)
