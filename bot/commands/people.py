"""What the data-protection officer does for one person, who proved at the desk who they are."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import click
from msgspec import Struct
from msgspec.structs import replace

from bot.assembly import House, open_house
from bot.clock import SystemClock
from bot.settings import Settings
from casework.citizen.whose import Person
from casework.privacy.copies import Copies
from casework.privacy.copy_page import as_json, as_page
from casework.privacy.rights import correction
from casework.trail.actions import OPERATOR, Action
from conversations.messages import Address, Channel
from conversations.phones import SIGNS, number_copied
from registry_client.nik import Nik
from storage.database.sealing import SealBroken
from storage.unit import Unit

T = TypeVar("T")

SEALED = ".sealed"
SEVERAL = "several people have tickets of that address: say whose by --nik"
TITLE = "Salinan data pribadi"


class Asked(Struct, frozen=True):
    """Who asks, and why: the reason is kept with whatever is done."""

    person: Person
    reason: str

    def __repr__(self) -> str:
        return "Asked(…)"


def asked(address: str, nik: str, reason: str) -> Asked:
    """Return who *address*, "sms:0812…" or "telegram:700…", and *nik* mean. UsageError else."""
    channel, colon, number = address.partition(":")
    if not colon or channel not in list(Channel) or not number:
        raise click.UsageError(f"an address is one of {', '.join(Channel)}, a colon, a number")
    read = Nik.read(nik)
    if nik and read is None:
        raise click.UsageError("that is no NIK")
    if not reason.strip():
        raise click.UsageError("say why: it is kept in the audit")
    meant = _address(Channel(channel), number)
    return Asked(Person(meant, read.digits if read else ""), reason)


def _address(channel: Channel, written: str) -> Address:
    """Return where *written* is on *channel*: a number in any notation, or the channel's id."""
    is_number = channel.traits.id_is_number and SIGNS.fullmatch(written)  # else it is an id
    number = number_copied(written) if is_number else None
    return Address.of_number(channel, number) if number else Address(channel, written)


def copy(settings: Settings, who: Asked, folder: Path, *, opened: bool) -> None:
    """Write everything about *who* into *folder*, sealed, or *opened* as JSON and a page."""
    files = asyncio.run(_with_house(settings, lambda house: _copy(house, who, opened=opened)))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, content in files:
        _write(folder / name, content)


def read(settings: Settings, file: Path, folder: Path) -> None:
    """Open the sealed copy *file* into *folder*."""
    sealed = file.read_bytes()
    plain = asyncio.run(_with_house(settings, lambda house: _read(house, file.name, sealed)))
    _write(folder / f"{file.stem}.json", plain)


def erase(settings: Settings, who: Asked) -> None:
    """Erase *who*, and print what goes, what waits, and what is not ours to erase."""
    asyncio.run(_with_house(settings, lambda house: _erase(house, who)))


def withdraw(settings: Settings, who: Asked) -> None:
    """Take the consent of *who* back, and print which tickets ended and which go on."""
    asyncio.run(_with_house(settings, lambda house: _withdraw(house, who)))


def correct(settings: Settings, who: Asked, text: str) -> None:
    """File the wish of *who* to have data corrected, and print its code."""
    asyncio.run(_with_house(settings, lambda house: _correct(house, who, text)))


async def _with_house(settings: Settings, work: Callable[[House], Awaitable[T]]) -> T:
    house = await open_house(replace(settings, instance=OPERATOR), SystemClock(), {})
    try:
        return await work(house)
    finally:
        await house.close()


async def _copy(house: House, who: Asked, *, opened: bool) -> list[tuple[str, bytes]]:
    """Return the names and contents of the files of a copy; that it was made is kept first."""
    now = house.clock.now()
    copies = Copies(house.store, house.district, house.voices["id"])
    found = _theirs(await copies.of(who.person, now))
    unit = house.store.unit()
    for ticket in found.tickets:
        unit.note(OPERATOR, Action.EXPORT, now, code=ticket.code, detail=who.reason.encode())
    nik = who.person.nik or None
    unit.note(OPERATOR, Action.EXPORT, now, subject=nik, detail=who.reason.encode())
    await house.store.commit(unit)
    name = f"copy-{now:%Y%m%dT%H%M%S}"
    if not opened:
        return [(f"{name}{SEALED}", house.store.sealer.seal(as_json(found), "file"))]
    return [(f"{name}.json", as_json(found)), (f"{name}.html", as_page(found, TITLE).encode())]


async def _read(house: House, name: str, sealed: bytes) -> bytes:
    try:
        plain = house.store.sealer.open(sealed, "file")
    except SealBroken as error:
        raise click.ClickException(f"{name} cannot be opened: {error}") from None
    unit = house.store.unit()
    unit.note(OPERATOR, Action.EXPORT, house.clock.now(), detail=name.encode())
    await house.store.commit(unit)
    return plain


async def _erase(house: House, who: Asked) -> None:
    unit = house.store.unit()
    erased = _theirs(await house.rights.erase(unit, who.person, house.clock.now(), OPERATOR))
    await _keep(house, unit, who)
    click.echo(f"{len(erased.tickets)} tickets erased, with talk, consents and contact")
    if erased.waiting:
        click.echo(f"still open, erased the day after they close: {', '.join(erased.waiting)}")
    if erased.registry:
        click.echo("the registry has them: they ask the village or the Dinas Sosial, not us")


async def _withdraw(house: House, who: Asked) -> None:
    unit, now = house.store.unit(), house.clock.now()
    token = house.clock.token()
    taken = _theirs(await house.rights.take_consent_back(unit, who.person, now, token))
    await _keep(house, unit, who)
    click.echo(f"tickets withdrawn: {', '.join(taken.withdrawn) or 'none'}")
    if taken.kept:
        click.echo(f"go on, for people's safety: {', '.join(taken.kept)}. Speak with the citizen")


async def _correct(house: House, who: Asked, text: str) -> None:
    unit, now = house.store.unit(), house.clock.now()
    wish = correction(house.district, text, "id", house.clock.token())
    ticket = house.rights.correct(unit, who.person, wish, now, house.clock.token())
    await _keep(house, unit, who)
    click.echo(f"ticket {ticket.code}: the answer is due within 3 x 24 hours")


def _theirs(done: T | None) -> T:
    """Return *done*, which is not where it is unclear whose is meant. ClickException then."""
    if done is None:
        raise click.ClickException(SEVERAL)
    return done


async def _keep(house: House, unit: Unit, who: Asked) -> None:
    """Commit *unit* with the reason; ClickException when somebody was faster."""
    now, nik = house.clock.now(), who.person.nik or None
    unit.note(OPERATOR, Action.ASKED, now, subject=nik, detail=who.reason.encode())
    if (outcome := await house.store.commit(unit)).value != "kept":
        raise click.ClickException(f"somebody changed a ticket meanwhile ({outcome.value}): again")


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    click.echo(str(path))
