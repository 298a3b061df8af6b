"""What is offered after each of the registry's answers: the next step, and another look-up."""

from conversations.say import Say
from referrals.district.directory import District
from registry_client.answers import Answer, Listed, NotFound, NotMatched, Programme, TooManyTries


def offers(answer: Answer, say: Say) -> tuple[str, ...]:
    """Return the services that lead on from *answer*: the look-up picks the path, not the citizen.

    A family on the list and within the programmes' desil is proposed; one that is not on it, or
    that stands too high, has its data mended (domain rule: the wrong path kills the request).
    """
    district = say.district
    match answer:
        case Listed(desil, programmes):
            stopped = (p for p in programmes if not p.active)
            mended = tuple(dict.fromkeys(_mending(p, district) for p in stopped))
            if desil is None or desil > district.programme_desil:
                return (*mended, district.correct_service)
            if any(programme.active for programme in programmes):
                return mended
            return (*mended, district.propose_service)
        case NotFound():
            return (district.correct_service,)
        case NotMatched():
            return (district.papers_service,)
        case _:
            return ()


def again_after(answer: Answer) -> str:
    """Return what another look-up after *answer* is called, empty where none is allowed today."""
    match answer:
        case NotFound():
            return "retry"
        case TooManyTries():
            return ""
        case _:
            return "another"


def _mending(programme: Programme, district: District) -> str:
    own = (row.service for row in district.stopped_services if row.programme == programme.code)
    return next(own, district.stopped_service)
