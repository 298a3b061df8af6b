"""The offices' own programs: who may post updates, and what is done with them."""

from datetime import datetime

from bot.assembly import House
from bot.post.posting import from_environment
from casework.programs.office_news import Update, Verdict
from handlers.agencies.signature import Keys, SecretUnreadableError, read_keys
from referrals.district.directory import District
from web.offices.agency_updates import Posting


def posting(house: House) -> Posting:
    """Return what takes updates in for *house*."""

    async def take(code: str, update: Update, now: datetime) -> Verdict:
        return await house.updates.take(house.district.agencies[code], update, now)

    return Posting(keys=lambda code: keys_of(house.district, code), take=take, now=house.clock.now)


def keys_of(district: District, code: str) -> Keys | None:
    """Return the keys of agency *code*, None where its program may not post or none is set."""
    agency = district.agencies.get(code)
    if agency is None or agency.updates is None:
        return None
    try:
        return read_keys(from_environment(agency.updates.secret_env))
    except SecretUnreadableError:
        return None
