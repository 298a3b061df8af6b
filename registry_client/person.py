"""One person as the social registry records them."""

from datetime import date

from msgspec import Struct

from registry_client.answers import Programme
from registry_client.nik import KkNumber, Nik


class Person(Struct, frozen=True, kw_only=True):
    """A row of the registry. Prints without what it holds."""

    nik: Nik
    kk: KkNumber
    name: str = ""
    born: date | None = None
    area: str = ""  # Kemendagri code of the desa, empty where the source does not say
    desil: int | None = None  # 1 to 10, the family's; None where BPS has not ranked it yet
    programmes: tuple[Programme, ...] = ()
    not_matched: bool = False  # tidak padan with the civil registry
    needs_person: bool = False  # recorded as dead or anomalous: never told by chat

    def __repr__(self) -> str:
        return f"Person({self.nik})"

    __str__ = __repr__
