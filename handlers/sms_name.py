"""What we call a text to a gateway that knows it again by its name."""

import secrets

from handlers.naming import NAME_BYTES, named
from handlers.sms_sender import Text


def name(text: Text, salt: str) -> str:
    """Return the name of *text*: the same in each try, another one for anything else.

    *salt* is this house's alone, see handlers.naming.
    """
    return (
        named(salt, text.name, text.to, text.words) if text.name else secrets.token_hex(NAME_BYTES)
    )
