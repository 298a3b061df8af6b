"""What is kept about who asks: counted for a chat, and whole behind a link that opens once."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Garbled
from datetime import datetime, timedelta
from hashlib import sha256

from msgspec import Struct, ValidationError, msgpack
from msgspec.structs import replace

from casework.citizen.whose import Person, Whose
from casework.privacy.copies import Copies
from casework.privacy.copy_page import as_page
from casework.trail.actions import CITIZEN, Action
from casework.trail.seen import Seen
from conversations.records.sightings import AboutMeFound
from conversations.say import Voices
from referrals.district.directory import District
from referrals.guards import is_vault
from referrals.states import OVER
from storage.database.sealing import SealBroken, Sealer
from storage.store import Store
from storage.unit import Outcome

VALID = timedelta(days=1)
ONCE = "copy"  # the inbox's word for copies that were opened


class _Asked(Struct, frozen=True, array_like=True):
    """Whose copy a link opens, until when."""

    person: Person
    language: str
    ends: int  # seconds since 1970


class CopyLinks:
    """Makes and reads the links to copies: sealed, so that they tell nobody whose they are."""

    def __init__(self, sealer: Sealer, address: str) -> None:
        self._sealer = sealer
        self._address = address

    def url(self, person: Person, language: str, now: datetime) -> str:
        """Return the page of *person*'s copy."""
        asked = _Asked(person, language, int((now + VALID).timestamp()))
        sealed = self._sealer.seal(msgpack.encode(asked), "contact")
        return f"{self._address}/data/{_written(sealed)}"

    def read(self, token: str, now: datetime) -> tuple[Person, str] | None:
        """Return whose copy *token* opens and in which language, None for a bad or old one."""
        try:
            sealed = urlsafe_b64decode(token + "=" * (-len(token) % 4))
            if _written(sealed) != token:  # spare bits would make several tokens of one
                return None
            asked = msgpack.decode(self._sealer.open(sealed, "contact"), type=_Asked)
        except (Garbled, ValueError, SealBroken, ValidationError):
            return None
        return (asked.person, asked.language) if now.timestamp() < asked.ends else None


class Disclosing:
    """Answers what is kept about a citizen, and hands out whole copies."""

    def __init__(self, store: Store, district: District, voices: Voices, links: CopyLinks) -> None:
        self._store = store
        self._voices = voices
        self._district = district
        self._links = links
        self._seen = Seen(store, district)
        self._whose = Whose(store, district)

    async def about(self, person: Person, language: str, now: datetime) -> AboutMeFound:
        """Return what is kept about *person*, and who looked at it, or at the NIK they proved.

        A whole family has the proof of a NIK, and so it opens nobody's ticket. Where several
        people have tickets of the address, only that is told before *person* proved which are
        theirs.
        """
        theirs = await self._whose.all_of(person)
        if theirs is None:
            return AboutMeFound(shared=True)
        found = [one for one in theirs.tickets if not is_vault(one)]
        going = tuple(ticket.code for ticket in found if ticket.state not in OVER)
        own = {ticket.code for ticket in theirs.tickets}
        return AboutMeFound(
            going=going,
            ended=len(found) - len(going),
            seen=await self._seen.of(person.address, own, person.nik),
            copy=self._links.url(replace(person, nik=""), language, now),
        )

    def holds(self, token: str, now: datetime) -> bool:
        """Tell whether *token* may open a copy; it may have been opened all the same."""
        return self._links.read(token, now) is not None

    async def copy(self, token: str, now: datetime) -> str | None:
        """Return the copy as a page, once; None for a link that is bad, over or used."""
        asked = self._links.read(token, now)
        if asked is None:
            return None
        person, language = asked
        say = self._voices[language]
        found = await Copies(self._store, self._district, say).of(person, now, vault=False)
        if found is None:  # others filed from there since
            return None
        unit = self._store.unit()
        unit.first_time(ONCE, sha256(token.encode()).hexdigest(), now)
        unit.note(CITIZEN, Action.EXPORT, now, subject=person.nik or None)
        if await self._store.commit(unit) is not Outcome.KEPT:
            return None
        return as_page(found, say("data.copy_title"))


def _written(sealed: bytes) -> str:
    return urlsafe_b64encode(sealed).decode().rstrip("=")
