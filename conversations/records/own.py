"""What citizens want done with what is kept about themselves."""

from msgspec import Struct


class EraseMe(Struct, frozen=True, tag="erase_me"):
    """HAPUS: erase all about the citizen, and of their own tickets.

    With *proof*, the end of a NIK, only what is that person's: several use the telephone.
    """

    proof: str = ""

    def __repr__(self) -> str:
        return "EraseMe()"


class TakeConsentBack(Struct, frozen=True, tag="take_consent_back"):
    """The citizen no longer agrees: what runs is withdrawn, and nothing unasked is sent.

    With *proof* only that person's tickets end, and the others' news go on.
    """

    proof: str = ""

    def __repr__(self) -> str:
        return "TakeConsentBack()"
