"""One person, several addresses: what is asked and recorded when they are linked."""

from msgspec import Struct

from conversations.messages import Channel


class FindLink(Struct, frozen=True, tag="find_link"):
    """Ask at which other address *code* was shown; a wrong one counts as a wrong proof."""

    code: str

    def __repr__(self) -> str:
        return "FindLink()"


class LinkFound(Struct, frozen=True):
    """Where a code was shown: on *channel*, at an address ending in *tail*; None for nowhere."""

    channel: Channel | None = None
    tail: str = ""


class OfferLink(Struct, frozen=True, tag="offer_link"):
    """Typed at another address within a quarter of an hour, *code* links it to this one."""

    code: str

    def __repr__(self) -> str:
        return "OfferLink()"


class UseLink(Struct, frozen=True, tag="use_link"):
    """The citizen says that the address at which *code* was shown is their own."""

    code: str

    def __repr__(self) -> str:
        return "UseLink()"


class LinkNumber(Struct, frozen=True, tag="link_number"):
    """Their channel vouches that *number*, in E.164, is theirs: SMS may go there."""

    number: str

    def __repr__(self) -> str:
        return "LinkNumber()"


class Unlink(Struct, frozen=True, tag="unlink"):
    """PUTUS: this address stands for itself alone again."""


OnLinks = OfferLink | UseLink | LinkNumber | Unlink
