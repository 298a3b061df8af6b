"""What the demo's past was about, and what was said in it: rows of `said.yaml`."""

from collections.abc import Mapping
from pathlib import Path
from random import Random

import msgspec
from msgspec import Struct

from bot.past.kabupaten import Kind
from casework.ticket.spoken import Spoken
from conversations.turn import Answered
from referrals.commands import Command
from referrals.district.directory import PRIVACY, Area, District, Field, FieldKind, Service
from referrals.events import Event

ROWS = Path(__file__).with_name("said.yaml")
SALT = 128  # bits
OLDEST = 80  # of any number that a form asks for


class Asked(Struct, frozen=True):
    """How often a service is asked for, how it is told, which share waits for the budget.

    *beside* are agencies that may have it besides those of the service's roles.
    """

    share: int
    stories: tuple[str, ...] = ()
    dear: float = 0.07
    beside: tuple[str, ...] = ()


class Said(Struct, frozen=True):
    """All the rows."""

    services: Mapping[str, Asked]
    areas: Mapping[str, int]
    offices: Mapping[str, Kind]
    answers: Mapping[str, tuple[str, ...]]
    steps: Mapping[str, tuple[str, ...]]


def load_said() -> Said:
    """Return the rows as they are."""
    return msgspec.yaml.decode(ROWS.read_bytes(), type=Said)


class Voice:
    """Gives a ticket its words, by dice. Names, numbers and photos it never gives."""

    def __init__(self, said: Said, district: District, dice: Random) -> None:
        self._said = said
        self._district = district
        self._dice = dice

    def told(self, service: Service, area: str) -> Spoken:
        """Return what is filed about *service* from the village *area*."""
        answers = (self._answer(service, field, area) for field in service.fields)
        return Spoken(salt=self._salt(), answers=tuple(one for one in answers if one))

    def say(self, command: Command, event: Event) -> Spoken | None:
        """Return what is said with *command*, None where that is nothing."""
        del event
        texts = self._said.steps.get(str(command.__struct_config__.tag))
        return Spoken(salt=self._salt(), text=self._dice.choice(texts)) if texts else None

    def _answer(self, service: Service, field: Field, area: str) -> Answered | None:
        if field.only_if or field.key == PRIVACY:
            return None
        match field.kind:
            case FieldKind.CHOICE:
                option = self._dice.choice(field.options)
                return Answered(field.key, option.value, option.label.id)
            case FieldKind.AREA:
                return Answered(field.key, area, self._path(self._district.areas[area]))
            case FieldKind.NUMBER:
                most = min(field.maximum or OLDEST, OLDEST)
                return _same(field, str(self._dice.randint(min(field.minimum, most), most)))
            case FieldKind.STORY:
                return self._one_of(field, self._said.services[service.code].stories)
            case _:
                texts = self._said.answers.get(field.key) or self._said.answers.get(field.kind)
                return self._one_of(field, texts or ())

    def _one_of(self, field: Field, texts: tuple[str, ...]) -> Answered | None:
        return _same(field, self._dice.choice(texts)) if texts else None

    def _path(self, village: Area) -> str:
        above = self._district.areas.get(village.parent)
        return f"{village.name}, {above.name}" if above else village.name

    def _salt(self) -> str:
        return f"{self._dice.getrandbits(SALT):032x}"


def _same(field: Field, text: str) -> Answered:
    return Answered(field.key, text, text)
