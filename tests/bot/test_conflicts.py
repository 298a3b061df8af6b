"""A complaint about an office never reaches that office: the row's option says who is kept out."""

import pytest

from casework.access.powers import NOT_ALLOWED
from casework.access.receivers import receivers
from casework.citizen.filing import Filing
from casework.telling.letters import Letters
from conversations.forms.filing import filed
from conversations.menu import Menu
from conversations.messages import Address, Channel, Inbound
from conversations.records.parties import Another, Method, Relation
from conversations.turn import Answered, Draft, OpenTicket, Said
from referrals import commands
from referrals.district.directory import Level
from referrals.district.routing import local_offices, may_have
from referrals.log import first_broken, replay
from referrals.ticket import Ticket
from storage.unit import Outcome
from tests.bot.living import letters_of, live, ticket_of
from tests.bot.officers import Officer, desk, links_of
from tests.bot.playing import MONDAY, Citizen, Play
from tests.conversations.town import DISTRICT, SAY

CODE, VILLAGE, AREA = "482109379", "desa-9901012001", "99.01.01.2001"
CASES = [  # service, question, answer, who has it then, who would have had it
    ("SUBSIDI", "subsidy", "desa", "ekonomi", VILLAGE),
    ("ADMINDUK", "problem", "desa", "disdukcapil", VILLAGE),
    ("BANSOS_MASALAH", "problem", "petugas", "dinsos-linjamsos", "kec-990101"),
    ("ZAKAT_CSR", "third_party", "tidak_setuju", "bappeda", "baznas"),
]


async def file(
    play: Play, service: str, *picked: tuple[str, str], another: Another | None = None
) -> tuple[Citizen, Ticket]:
    """File *service* with the choices *picked*; return its citizen and the ticket."""
    citizen, house = await play.known(), play.house
    answers = tuple(Answered(key, value, value) for key, value in (("area", AREA), *picked))
    record = OpenTicket(CODE, Draft(service, answers), "id", AREA, another=another)
    unit, now = house.store.unit(), play.clock.now()
    filing = Filing(house.district, Letters(house.district, house.voices, links_of(play)))
    filing.open(unit, record, citizen.address, now, play.clock.token())
    assert await house.store.commit(unit) is Outcome.KEPT
    return citizen, await ticket_of(play, CODE)


@pytest.mark.parametrize(("service", "key", "value", "to", "past"), CASES)
async def test_it_skips_whom_it_is_about(  # noqa: PLR0913, PLR0917 - a case of the table
    play: Play, service: str, key: str, value: str, to: str, past: str
) -> None:
    """By rule it goes to the next office, and no hand can send it to the one it is about."""
    _, ticket = await file(play, service, (key, value))
    assert [leg.agency for leg in ticket.legs] == [to]
    assert {agency for agency, _ in await letters_of(play, CODE)} == {to}
    offered = {agency for agency, _ in (await Officer(play, CODE, 1).sees()).agencies}
    assert past not in offered
    wish = commands.AddAgency(agency=past, rule="by_hand")
    assert await desk(play, CODE).does(wish) == NOT_ALLOWED
    better = commands.Return(leg=1, better=past)
    assert await Officer(play, CODE, 1).does(better) == NOT_ALLOWED
    entries = await play.house.store.entries(CODE)
    assert replay(entries) == await ticket_of(play, CODE)
    assert first_broken(entries) is None


@pytest.mark.parametrize(("service", "key", "value", "to", "past"), CASES)
async def test_another_answer_takes_the_usual_way(  # noqa: PLR0913, PLR0917 - a case of the table
    play: Play, service: str, key: str, value: str, to: str, past: str
) -> None:
    """Only the option that says so keeps anybody out."""
    _, ticket = await file(play, service, (key, "lain"))
    assert ticket.kept_out == ()
    assert ticket.legs[0].agency == past != to
    assert value


async def test_it_skips_them_after_a_yes_as_well(play: Play) -> None:
    """Filed for somebody else, it is forwarded past the village once they agree."""
    subject = Address(Channel.SMS, "+628119990001")
    another = Another(Relation.NEIGHBOUR, Method.REPLY, subject.id, "")
    await file(play, "SUBSIDI", ("subsidy", "desa"), another=another)
    person = Citizen(play.house, play.phones, subject.id, Channel.SMS)
    await live(play, 0.01)
    await person.say(f"ya {play.house.store.consent_number(CODE)}")
    assert [leg.agency for leg in (await ticket_of(play, CODE)).legs] == ["ekonomi"]


@pytest.mark.parametrize(("service", "key", "value", "to", "past"), CASES)
def test_the_form_says_where_it_goes(
    service: str, key: str, value: str, to: str, past: str
) -> None:
    """What is said at the end names the office that really gets it."""
    answers = (Answered("area", AREA, AREA), Answered(key, value, value))
    sender = Address(Channel.SMS, "+628110001")
    message = Inbound(sender=sender, message_id="1", received_at=MONDAY)
    turn = filed(Menu(), Draft(service, answers), Said(message, "0" * 32), SAY)
    told = turn.replies[0].text
    assert DISTRICT.agencies[to].name.id in told
    assert DISTRICT.agencies[past].name.id not in told


@pytest.mark.parametrize("code", ["LAIN", "PUNGLI", "DTSEN_SANGGAH"])
async def test_a_general_complaint_never_reaches_a_village(play: Play, code: str) -> None:
    """Whatever its story tells: by rule and by hand villages are no choice."""
    service, district = DISTRICT.services[code], play.house.district
    villages = [a for a in district.agencies.values() if a.level is Level.VILLAGE]
    assert villages
    assert not [agency for agency in villages if may_have(service, agency)]
    _, ticket = await file(play, code)
    for leg in ticket.legs:
        assert leg.agency not in local_offices(district)
        offered = receivers(district, ticket, leg)
        assert not [agency for agency in offered if agency.level is Level.VILLAGE]
