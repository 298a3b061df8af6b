"""A need that two offices have a share of: the village desk, and the housing office beside it."""

from datetime import timedelta

from conversations.turn import Answered, Draft, OpenTicket
from referrals import commands as c
from referrals.codes import code_from
from storage.unit import Outcome
from tests.bot.living import settle
from tests.bot.officers import Officer
from tests.bot.playing import Citizen, Play

VILLAGE, HOUSING = "Puskesos Desa Sukamaju", "Dinas Perumahan dan Permukiman"
LONG = timedelta(days=60)


class Shared:
    """A ticket about a house: leg 1 is the village's, leg 2 the housing office's, both at work."""

    def __init__(self, play: Play, citizen: Citizen, code: str) -> None:
        self.play = play
        self.citizen = citizen
        self.code = code
        self.village = Officer(play, code, 1)
        self.housing = Officer(play, code, 2)

    async def done(self, leg: int) -> None:
        """Let the office of *leg* say that its share is done, and all hear of it."""
        officer = (self.village, self.housing)[leg - 1]
        await officer.did(c.Resolve(leg=leg))
        await self.settled()

    async def refused(self, leg: int) -> None:
        """Let the office of *leg* refuse its share, and all hear of it."""
        officer = (self.village, self.housing)[leg - 1]
        await officer.did(c.Decline(leg=leg, reason="quota"), "Kuota tahun ini habis.")
        await self.settled()

    async def settled(self) -> None:
        """Let everything that follows happen, and an hour pass."""
        await settle(self.play)
        self.play.clock.move(hours=1)

    @property
    def offered(self) -> list[str]:
        """What stands on the buttons of the newest message."""
        return [choice.label for choice in self.citizen.heard[-1].choices]


async def filed_by(play: Play, citizen: Citizen, service: str) -> str:
    """File *service* in the village of Sukamaju for *citizen*, without a conversation about it."""
    field = play.house.district.services[service].fields[0]
    draft = Draft(service, (Answered(field.key, "x", "x"),))
    record = OpenTicket(code_from(play.clock.token()), draft, "id", "99.01.01.2001")
    unit = play.house.store.unit()
    await play.house.turns._records.write(unit, citizen.address, [record], "m")
    assert await play.house.store.commit(unit) is Outcome.KEPT
    await settle(play)
    return record.code


async def shared(play: Play) -> Shared:
    """Return a ticket that two offices work on."""
    citizen = await play.known()
    ticket = Shared(play, citizen, await filed_by(play, citizen, "RTLH"))
    expected = (play.clock.now() + LONG).date()
    await ticket.village.did(c.Accept(leg=1, expected=expected))
    await ticket.village.did(c.AddAgency(agency="dinas-perkim", rule="by_hand"), "Mohon survei.")
    await ticket.housing.did(c.Accept(leg=2, expected=expected))
    await ticket.settled()
    return ticket
