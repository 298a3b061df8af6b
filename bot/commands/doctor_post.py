"""The doctor's look at the ways to agencies: whether each leads anywhere."""

from collections.abc import AsyncIterator, Iterator, Mapping

from msgspec import Struct

from bot.post.posting import from_environment, open_mail
from bot.settings import Settings, SettingsError
from casework.post.carried import closed_key
from conversations.say import Say
from handlers.agencies.signature import SecretUnreadableError, read_keys
from handlers.agencies.verp import Tags
from handlers.delivery import DeliveryError
from referrals.directory import Agency, District
from referrals.statuses import Updates
from referrals.ways import Open311Way, Way, WebhookWay, kind_of
from storage.store import Store

SHOWN = 5  # offices named in one line
NO_TAGS = Tags(lambda _: "")  # no letter is sent, and no key is made for it


class Lead(Struct, frozen=True):
    """What was found about the ways: whether it is good, and in which words."""

    good: bool
    text: str


async def post_findings(settings: Settings, say: Say) -> AsyncIterator[Lead]:
    """Yield what was found about mail, and about the ways of every office."""
    yield await _mail(settings, say)
    for lead in _ways(settings, say.district):
        yield lead


async def closed_ways(store: Store, district: District) -> AsyncIterator[Lead]:
    """Yield the offices that closed a way for good."""
    for agency in district.agencies.values():
        for way in agency.ways:
            if isinstance(way, WebhookWay | Open311Way) and await store.kept_note(
                closed_key(agency.code, way)
            ):
                text = (
                    f"{agency.code} closed its {kind_of(way)}: satupintu ways reopen {agency.code}"
                )
                yield Lead(good=False, text=text)


async def _mail(settings: Settings, say: Say) -> Lead:
    if not settings.smtp_url:
        return Lead(good=True, text="mail is off: no SMTP_URL")
    try:
        email = open_mail(settings, say, NO_TAGS)
        if email is not None:
            await email.look()
    except (SettingsError, DeliveryError) as error:
        return Lead(good=False, text=f"mail: {error}")
    bounces = settings.mail_bounce or "nobody: set MAIL_BOUNCE"
    return Lead(
        good=bool(settings.mail_bounce), text=f"mail server; bounces are noticed by {bounces}"
    )


def _ways(settings: Settings, district: District) -> Iterator[Lead]:
    """Yield the offices that no open way leads to, and those that only the demo reaches."""
    kinds = _open_kinds(settings)
    shut = [a for a in district.agencies.values() if a.ways and not _any(a, kinds)]
    if shut:
        yield Lead(good=False, text=f"no way is open to {_named(shut)}")
    stay = [a for a in district.agencies.values() if _all_inbox(a)]
    if stay and not settings.demo:
        yield Lead(good=False, text=f"only our own inbox knows the letters to {_named(stay)}")
    deaf = [a for a in district.agencies.values() if a.updates and not _heard(a.updates)]
    if deaf:
        yield Lead(
            good=False, text=f"no secret is set for what the programs of {_named(deaf)} post"
        )
    paper = [a for a in district.agencies.values() if not a.ways and a.code != district.desk]
    if paper:
        yield Lead(good=True, text=f"paper goes to {_named(paper)}")


def _open_kinds(settings: Settings) -> Mapping[str, bool]:
    return {
        "email": bool(settings.smtp_url),
        "telegram": bool(settings.telegram_token) and settings.telegram_mode != "off",
        "sms": settings.sms_gateway != "off",
    }


def _any(agency: Agency, kinds: Mapping[str, bool]) -> bool:
    return any(kinds.get(kind_of(way), True) and _works(way) for way in agency.ways)


def _works(way: Way) -> bool:
    """Say whether the secret that *way* names stands in the environment."""
    match way:
        case WebhookWay():
            return _heard(way)
        case Open311Way(key_env=name):
            return not name or bool(from_environment(name))
        case _:
            return True


def _heard(row: WebhookWay | Updates) -> bool:
    """Say whether what *row* signs or believes has a secret."""
    try:
        read_keys(from_environment(row.secret_env))
    except SecretUnreadableError:
        return False
    return True


def _all_inbox(agency: Agency) -> bool:
    return bool(agency.ways) and all(kind_of(way) == "inbox" for way in agency.ways)


def _named(agencies: list[Agency]) -> str:
    names = ", ".join(agency.code for agency in agencies[:SHOWN])
    more = len(agencies) - SHOWN
    return f"{names} and {more} more" if more > 0 else names
