"""What citizens told with a point on the map, and which points a page may lead to."""

from collections.abc import Container, Iterator, Mapping

from casework.ticket.history import Reader, point
from casework.ticket.spoken import Spoken
from conversations.messages import Place
from conversations.turn import Answered
from referrals.district.directory import Service
from referrals.roles import Sensitivity


def answers(spoken: Mapping[int, Spoken]) -> Iterator[Answered]:
    """Yield all answers to the form, in the order they were given."""
    for seq in sorted(spoken):
        yield from spoken[seq].answers


def where(service: Service, answer: Answered) -> str:
    """Return the point on the map that came with *answer*; of a vault ticket nobody has one."""
    return point(answer.place) if answer.place and _may_be_told(service) else ""


def places(
    reader: Reader, service: Service, spoken: Mapping[int, Spoken], shared: Container[str]
) -> tuple[Place, ...]:
    """Return each point that *reader* reads on the same page, once: the form's first.

    *spoken* are the words that may be read, *shared* the keys of the answers that may. No link
    ever carries where the person of a vault ticket is to a map.
    """
    if reader.vault or not _may_be_told(service):
        return ()
    filed = (answer.place for answer in answers(spoken) if answer.key in shared)
    later = (spoken[seq].place for seq in sorted(spoken))
    return tuple(dict.fromkeys(place for place in (*filed, *later) if place))


def _may_be_told(service: Service) -> bool:
    return service.sensitivity is not Sensitivity.VAULT
