"""What is carried to an agency with a letter: its service's shared answers, and nothing more."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from casework.desk.seeing import Seeing
from casework.telling.letters import Written
from casework.ticket.discretion import discretion
from casework.ticket.history import Reader
from casework.ticket.spoken import unpacked
from handlers.agencies.parcel import Parcel
from referrals.district.directory import Privacy
from referrals.guards import is_vault
from referrals.ticket import Ticket
from storage.replies.letters import KeptLetter


def bare(letter: KeptLetter, written: Written, turn: int) -> Parcel:
    """Return *letter* with neutral words alone, as a vault's office gets it."""
    return Parcel(
        id=letter.id,
        turn=turn,
        agency=letter.agency,
        code=letter.code,
        leg=letter.leg,
        occasion=written.occasion,
        subject=written.subject,
        text=written.text,
        link=written.link,
        written_at=letter.at,
    )


def full(parcel: Parcel, ticket: Ticket, words: Mapping[int, bytes], seeing: Seeing) -> Parcel:
    """Return *parcel* with what its office needs to know of *ticket*; of a vault's it needs none.

    Its answers are those that the leg's page shows, and none where the letter opens no page.
    """
    if is_vault(ticket):
        return parcel
    service = seeing.district.services[ticket.service]
    return replace(
        parcel,
        service=service.code,
        service_name=service.label.id,
        area=ticket.area,
        area_name=seeing.area_path(ticket.area),
        priority=ticket.priority.value,
        opened_at=ticket.opened_at,
        due=seeing.due(ticket),
        answers=tuple(_answers(parcel, ticket, words, seeing)),
        secret=ticket.privacy is not Privacy.NAMED,
    )


def _answers(
    parcel: Parcel, ticket: Ticket, words: Mapping[int, bytes], seeing: Seeing
) -> Iterator[tuple[str, str, str]]:
    leg = ticket.leg(parcel.leg)
    if leg is None or leg.agency != parcel.agency or not parcel.link:
        return
    kept_back = discretion(seeing.district, ticket, Reader(leg))
    if kept_back.words:
        return
    spoken = {seq: unpacked(body) for seq, body in words.items()}
    for field, told in seeing.shared(seeing.district.services[ticket.service], spoken, kept_back):
        yield field.key, field.label.id, told
