"""Free text, freed of what nobody typed on purpose and nobody can see."""

import re

# Controls but tab and line end, soft hyphen, zero widths, marks that turn the direction of writing
# round, line separators of other worlds, the byte order mark.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb]"
)


def clean(text: str) -> str:
    """Return *text* without signs that break storage or show something else than what is there.

    Those are control characters, halves of characters, and all that is unseen or turns the
    direction of writing round (Unicode TR 36, section 2.5).
    """
    return _UNSEEN.sub("", text.encode("utf-8", "ignore").decode())
