"""The demo's past: half a year of tickets, filed and followed to this day, kept as any others."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.past.hands import take_on
from bot.past.kabupaten import Kabupaten
from bot.past.living import Filed, begun, filed_by, live
from bot.past.logged import Logged
from bot.past.saying import Voice, load_said
from casework.clocks import listing, replanning
from casework.figures.keeping import Keeping
from casework.ticket.appointments import appoint
from conversations.messages import Address, Channel
from referrals.district.days import day_in
from referrals.district.directory import District, Priority, Service
from referrals.district.working_days import WorkCalendar
from storage.cases.tickets import Contact
from storage.store import Store
from web.demo.phones import MOST_CITIZENS, chat_of, phone_of

SEED = 9901
TICKETS = 840
WEEKS = 26
FRESH = timedelta(minutes=20)  # before now: what is newer may still be taken back
SETTLED = timedelta(days=21)  # matters of life are older: nobody is rung for what is not
OPENS, BUSY, CLOSES = 6.0, 10.0, 22.0  # hours of a day in which people file
IDLE = 0.4  # of days off, the share on which they do
MUTE, STUBBORN = 0.4, 0.3
FIRST = 41_000_000  # number of the first ticket
CHANNELS = (Channel.SMS, Channel.SMS, Channel.TELEGRAM, Channel.WHATSAPP)
CITIZENS, SOME = 650, 7
AT_ONCE = 80  # tickets in one commit


async def fill_past(
    store: Store, district: District, now: datetime, tickets: int = TICKETS
) -> None:
    """Keep *tickets* of the weeks before *now*, and count them for the figures.

    The same tickets at the same time, however often it is called. Raises StoreUnavailable.
    """
    lives = list(past(district, now, tickets))
    for first in range(0, len(lives), AT_ONCE):
        unit = store.unit()
        for number, life in enumerate(lives[first : first + AT_ONCE], start=first):
            contact = Contact(_address(number), "id")
            unit.open_ticket(life.ticket, contact, None, life.words, life.entries)
            appoint(unit, life.ticket, district, now, contact.address.channel)
        await store.commit(unit)
    await take_on(store, district, (life.ticket for life in lives), now)
    unit = store.unit()
    unit.keep_note(replanning.REPLANNING_TIMER, replanning.fingerprint(district))
    unit.keep_note(listing.LISTING_TIMER, listing.LISTS_VERSION)
    await store.commit(unit)
    await Keeping(store, district).keep_up()


def past(district: District, now: datetime, tickets: int = TICKETS) -> Iterator[Logged]:
    """Yield *tickets* lives up to *now*, by dice that fall alike each time."""
    said = load_said()
    services = [district.services[code] for code in said.services if code in district.services]
    shares = [said.services[one.code].share for one in services]
    dear = {code: row.dear for code, row in said.services.items()}
    beside = {code: row.beside for code, row in said.services.items()}
    for number in range(tickets):
        dice = Random(SEED + number)  # noqa: S311 - dice, no secret
        (service,) = dice.choices(services, shares)
        at = _when(district.calendar, service, now, dice)
        filed = Filed(FIRST + number, service, _village(district, said.areas, dice), at)
        town = Kabupaten(district, dice, dear, said.offices, beside)
        yield _lived(filed, town, Voice(said, district, dice), now)


def _lived(filed: Filed, town: Kabupaten, voice: Voice, now: datetime) -> Logged:
    event, dice = filed_by(filed), town.dice
    life = Logged.opened(
        event,
        mute=dice.random() < MUTE,
        stubborn=dice.random() < STUBBORN,
        story=voice.told(filed.service, filed.area),
        say=voice.say,
    )
    live(life, begun(life, event, town), town, now)
    return life


def _village(district: District, shares: Mapping[str, int], dice: Random) -> str:
    """Return a village: of its kecamatan each is as likely."""
    villages = [one.code for one in district.areas.values() if one.parent in shares]
    of_each = [shares[district.areas[code].parent] for code in villages]
    return dice.choices(villages, of_each)[0]


def _when(calendar: WorkCalendar, service: Service, now: datetime, dice: Random) -> datetime:
    """Return when somebody files: by day, on working days mostly, and the more often the later."""
    zone = ZoneInfo(calendar.zone)
    last = now - (SETTLED if service.priority is Priority.P1 else FRESH)
    span = timedelta(weeks=WEEKS) - (now - last)
    while True:
        grown = dice.choice((dice.random(), max(dice.random(), dice.random())))
        day = day_in(calendar.zone, last - span * (1 - grown))
        hour = timedelta(hours=dice.triangular(OPENS, CLOSES, BUSY))
        at = (datetime.combine(day, time(), zone) + hour).astimezone(UTC)
        if at <= last and (day.isoweekday() in calendar.weekdays or dice.random() < IDLE):
            return at


def _address(number: int) -> Address:
    """Return where the citizen of a ticket is reached: a telephone that no page shows.

    Some have filed more than once.
    """
    citizen = MOST_CITIZENS + 1 + number * SOME % CITIZENS
    channel = CHANNELS[citizen % len(CHANNELS)]
    if not channel.traits.id_is_number:
        return Address(channel, str(chat_of(citizen)))
    return Address.of_number(channel, phone_of(citizen))
