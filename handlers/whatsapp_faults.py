"""What Meta's error numbers mean for a message of ours: the closed family, by number.

Source: developers.facebook.com, WhatsApp Business Platform, error codes (as of May 2026).
"""

from typing import Final

import msgspec
from msgspec import Struct

from handlers.delivery import (
    Blocked,
    DeliveryError,
    Refused,
    TryLater,
    Unauthorised,
    WindowClosed,
)
from handlers.wire_connection import Answer

PAIR: Final = 131056  # too many messages to one person
PAIR_PAUSE = 6.0  # seconds for one message more: ten a minute
CROWDED: Final = frozenset(
    {4, 80007, 130429, 131064, 133016}
)  # limits of the app, account and number
AWAY: Final = frozenset({1, 2, 131000, 131016, 131057, 133004})  # outages, maintenance
WINDOW: Final = frozenset({131047})  # more than 24 hours since they wrote
UNREACHABLE: Final = frozenset({  # they have no WhatsApp, blocked us, or Meta holds it back
    131026, 131049, 131050, 130472,
})  # fmt: skip
# The operator must act: token, permission, registration, payment, a block by Meta.
OPERATOR: Final = frozenset({
    0, 3, 10, 190, 368, 131005, 131031, 131037, 131042, 131044, 131045, 131048, 133000, 133005,
    133006, 133008, 133009, 133010, 133015,
})  # fmt: skip
PERMISSIONS = range(200, 300)
NO_CODE = -1
SERVER_ERROR, TOO_MANY, UNKNOWN_TOKEN, FORBIDDEN = 500, 429, 401, 403


class Trouble(Struct, frozen=True):
    """An error of the Graph API."""

    code: int = NO_CODE
    message: str = ""


class Taken(Struct, frozen=True):
    """A message that was taken, by its id."""

    id: str = ""


class Verdict(Struct, frozen=True):
    """A Graph API answer, as far as it tells whether and why something failed."""

    messages: tuple[Taken, ...] = ()
    error: Trouble | None = None


_verdict = msgspec.json.Decoder(Verdict)


def meaning(code: int, reason: str = "") -> DeliveryError | None:
    """Return what error *code* means; None for a number that is not on the list."""
    if code == PAIR:
        return TryLater(PAIR_PAUSE)
    if code in CROWDED or code in AWAY:
        return TryLater()
    if code in WINDOW:
        return WindowClosed()
    if code in UNREACHABLE:
        return Blocked()
    if code in OPERATOR or code in PERMISSIONS:
        return Unauthorised()
    return Refused(f"{code} {reason}".strip()[:200]) if code > 0 else None


def taken(answer: Answer) -> str:
    """Return the id of the message that was taken. Raises the DeliveryError of *answer*.

    An answer that is not the Graph API's own, as a proxy's page, says nothing about the citizen.
    """
    try:
        verdict = _verdict.decode(answer.body)
    except ValueError:
        raise TryLater(answer.after) from None
    if verdict.error is None and verdict.messages and answer.status < 400:  # noqa: PLR2004 - HTTP's own number
        return verdict.messages[0].id
    raise fault(answer, verdict.error or Trouble())


def fault(answer: Answer, trouble: Trouble) -> DeliveryError:
    """Return the meaning of *trouble*, told with *answer*; Meta's own patience counts."""
    found = meaning(trouble.code, trouble.message)
    if found is None:
        found = _by_status(answer.status)
    if isinstance(found, TryLater) and answer.after is not None:
        return TryLater(answer.after)
    return found


def _by_status(status: int) -> DeliveryError:
    if status in (UNKNOWN_TOKEN, FORBIDDEN):
        return Unauthorised()
    if status >= SERVER_ERROR or status == TOO_MANY or status < 400:  # noqa: PLR2004 - HTTP's own number
        return TryLater()
    return Refused(f"HTTP {status}")
