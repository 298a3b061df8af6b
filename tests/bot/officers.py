"""Officers at work by their links: the leg's own, the desk's, its head's, the appeal officer's."""

from collections.abc import Sequence

from bot.keys import sealer_for
from casework.access.links import Claim, Links
from casework.desk.deeds import Brought, Step
from casework.ticket.views import Done, LegView
from referrals import commands
from referrals.choosing import Refusal
from referrals.roles import Role
from storage.audit.reading import AuditLine
from tests.bot.playing import Play
from tests.casework.pictures import fresh_photo

WORDS = "Sudah kami periksa bersama warga."


class Officer:
    """Somebody with a link to ticket *code*: of a leg's agency, or in *role* of an *office*."""

    def __init__(
        self, play: Play, code: str, leg: int = 0, role: Role = Role.AGENCY, office: str = ""
    ) -> None:
        self._play = play
        self.claim = Claim(code, leg, role, office)

    @property
    def token(self) -> str:
        """The token of the link, as a letter would carry it."""
        return links_of(self._play).token(self.claim, self._play.clock.now())

    async def sees(self) -> LegView:
        """Return the page, which must open."""
        view = await self._play.house.desk.opened(self.token, self._play.clock.now())
        assert view
        return view

    async def does(
        self, step: Step, words: str = WORDS, files: Sequence[bytes] = (), once: str = ""
    ) -> Done | Refusal:
        """Do *step*, and say what became of it."""
        now = self._play.clock.now()
        return await self._play.house.desk.act(
            self.token, step, Brought(words, files=files, once=once), now
        )

    async def did(self, step: Step, words: str = WORDS, files: Sequence[bytes] = ()) -> Done:
        """Do *step*, which must be possible; who resolves shows a fresh photo."""
        proof = files or ([fresh_photo()] if isinstance(step, commands.Resolve) else [])
        outcome = await self.does(step, words, proof)
        assert isinstance(outcome, Done), outcome
        return outcome


def links_of(play: Play) -> Links:
    """Return what signs the links of *play*."""
    settings = play.house.settings
    return Links(sealer_for(settings).mac("links", "agency"), settings.address)


def desk(play: Play, code: str, role: Role = Role.VERIFIER) -> Officer:
    """Return an officer of the district's desk."""
    return Officer(play, code, 0, role, play.house.district.desk)


async def looks_at(play: Play, code: str) -> list[AuditLine]:
    """Return what the audit keeps about ticket *code*."""
    return await play.house.store.looks_at([code], [])
