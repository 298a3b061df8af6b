"""The registry's answers in words that a villager understands."""

from conversations.days import day
from conversations.first import office
from conversations.say import Say
from registry_client.answers import (
    Answer,
    Edition,
    Listed,
    NeedsPerson,
    NotFound,
    NotMatched,
    Pending,
    Programme,
    TooManyTries,
    Unavailable,
)

NAMES = {
    "PKH": "check.name_pkh",
    "SEMBAKO": "check.name_sembako",
    "BPNT": "check.name_sembako",
    "PBI-JK": "check.name_pbi",
}


def explain(answer: Answer, say: Say) -> str:  # noqa: PLR0911 - one sentence for each answer
    """Return *answer* in words. Never a promise, never a refusal, never without its date."""
    match answer:
        case Listed():
            return _listed(answer, say)
        case NotFound(edition):
            return say("check.not_found", **_source(edition, say), office=office(say))
        case NotMatched(edition):
            return say("check.not_matched", **_source(edition, say))
        case NeedsPerson():
            return say("check.needs_person")
        case TooManyTries(until):
            return say("check.too_many", day=day(until, say), office=office(say))
        case Unavailable():
            return say("check.unavailable")
        case Pending():  # pragma: no branch - mypy sees that no other answer is left
            return say("check.pending")


def _listed(answer: Listed, say: Say) -> str:
    lines = [_programme(programme, say) for programme in answer.programmes]
    received = "\n".join(lines) if lines else say("check.no_programme")
    parts = (
        say("check.listed", **_source(answer.edition, say)),
        _desil(answer, say),
        received,
    )
    return "\n".join(parts)


def _desil(answer: Listed, say: Say) -> str:
    """Return the family's desil and what it means for the main programmes."""
    if answer.desil is None:
        return say("check.no_desil")
    reach = say.district.programme_desil
    key = "check.desil" if answer.desil <= reach else "check.desil_above"
    return say(key, desil=answer.desil, reach=reach)


def _programme(programme: Programme, say: Say) -> str:
    key = NAMES.get(programme.code)
    name = say(key) if key else programme.code
    state = say("check.active" if programme.active else "check.inactive")
    if programme.period:
        return say("check.programme_period", name=name, state=state, period=programme.period)
    return say("check.programme", name=name, state=state)


def _source(edition: Edition, say: Say) -> dict[str, str]:
    """Return what every answer names: the data's version and its day."""
    return {"version": edition.version, "date": day(edition.as_of, say)}
