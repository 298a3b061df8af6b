"""The second factor: a code of six digits that a telephone shows for half a minute (RFC 6238)."""

from datetime import datetime

import pyotp

STEP = 30  # seconds
WINDOW = (0, -1, 1)  # steps beside the present one: clocks differ, and people type slowly
LENGTH = 32  # characters of a secret, 160 bits


def new_secret() -> str:
    """Return a secret that nobody has."""
    return pyotp.random_base32(LENGTH)


def is_secret(text: str) -> bool:
    """Tell whether *text* is a secret as `new_secret` makes them."""
    return len(text) == LENGTH and set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


def address_of(secret: str, name: str, issuer: str) -> str:
    """Return the otpauth: address that a telephone reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)


def step_of(secret: str, code: str, now: datetime, last: int) -> int:
    """Return the step whose *code* it is; 0 where that is not later than *last*: once only."""
    digits = "".join(code.split())
    present, totp = int(now.timestamp()) // STEP, pyotp.TOTP(secret)
    found = 0
    for beside in WINDOW:  # all of them, so that the time taken tells nothing
        step = present + beside
        right = pyotp.utils.strings_equal(totp.at(step * STEP), digits)
        found = step if right and step > last else found
    return found
