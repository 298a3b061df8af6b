"""Kecamatan, then desa: found despite typos, and never taken without its full name."""

from conversations.forms.fields.asked import Asked, Asking, Leads, Outcome, Unclear
from conversations.forms.gazetteer import KECAMATAN, Found, below, find, label_of, path
from conversations.hearing.agreeing import meant
from conversations.hearing.choices import numbered
from conversations.messages import Choice, Inbound, Reply
from conversations.paging import clipped
from conversations.turn import Answered
from referrals.district.directory import Area

NEAREST = 8  # areas shown where several may be meant; beside "none of them" and "skip"
UNKNOWN = "?"  # the desa is not known
YES, NO = "ya", "bukan"


class AskKecamatan(Asking, frozen=True, tag="kecamatan"):
    """Asks for the kecamatan; a desa typed straight away is understood as well."""

    example = "area.example"

    def question(self, asked: Asked) -> Reply:
        return Reply(asked.text, _choices(asked, below("", asked.say.district)))

    def read(self, asked: Asked, message: Inbound) -> Outcome:
        chosen = numbered(self.question(asked).choices, message)
        if chosen:
            return _taken(asked, asked.say.district.areas[_name(asked, chosen)])
        return _found(asked, find(message.text, asked.say.district))


class AskDesa(Asking, frozen=True, tag="desa"):
    """Asks for the desa inside a kecamatan; who does not know it says so."""

    kecamatan: str
    example = "area.example"
    skippable = False

    def stands(self, asked: Asked) -> bool:
        return self.kecamatan in asked.say.district.areas

    def question(self, asked: Asked) -> Reply:
        name = asked.say.district.areas[self.kecamatan].name
        return Reply(asked.say("area.ask_desa", kecamatan=name), self._shown(asked))

    def read(self, asked: Asked, message: Inbound) -> Outcome:
        chosen = numbered(self._shown(asked), message)
        match _name(asked, chosen) if chosen else "":
            case "":
                return self._typed(asked, message.text)
            case "?":
                return _settled(asked, asked.say.district.areas[self.kecamatan])
            case code:
                return _settled(asked, asked.say.district.areas[code])

    def _typed(self, asked: Asked, text: str) -> Outcome:
        """Look in this kecamatan first; a desa elsewhere is asked about by its full name."""
        inside = find(text, asked.say.district, self.kecamatan)
        if inside.sure and len(inside.areas) == 1:
            return _settled(asked, inside.areas[0])
        everywhere = find(text, asked.say.district)
        return _found(asked, inside if inside.sure or not everywhere.sure else everywhere)

    def _shown(self, asked: Asked) -> tuple[Choice, ...]:
        choices = _choices(asked, below(self.kecamatan, asked.say.district))
        return (*choices, asked.choice(UNKNOWN, "area.unknown_desa"))


class AskWhichArea(Asking, frozen=True, tag="which_area"):
    """Asks which of several areas was meant: one name twice, or the nearest to a strange one."""

    codes: tuple[str, ...]
    sure: bool
    skippable = False

    def stands(self, asked: Asked) -> bool:
        return all(code in asked.say.district.areas for code in self.codes)

    def question(self, asked: Asked) -> Reply:
        lines = "\n".join(path(area, asked.say.district) for area in self._areas(asked))
        key = "area.which" if self.sure else "area.nearest"
        return Reply(asked.say(key, areas=lines), self._shown(asked))

    def read(self, asked: Asked, message: Inbound) -> Outcome:
        chosen = numbered(self._shown(asked), message)
        if chosen and _name(asked, chosen) == NO:
            return Leads(AskKecamatan())
        if chosen:
            return _taken(asked, asked.say.district.areas[_name(asked, chosen)])
        return self._typed(asked, message.text)

    def _typed(self, asked: Asked, text: str) -> Outcome:
        """Read the kecamatan's name alone as the answer to "which of the two"."""
        found = find(text, asked.say.district)
        above = {area.code for area in found.areas if found.sure}
        meant = [a for a in self._areas(asked) if a.parent in above]
        return _taken(asked, meant[0]) if len(meant) == 1 else _found(asked, found)

    def _areas(self, asked: Asked) -> tuple[Area, ...]:
        return tuple(asked.say.district.areas[code] for code in self.codes)

    def _shown(self, asked: Asked) -> tuple[Choice, ...]:
        return (*_choices(asked, self._areas(asked), full=True), asked.choice(NO, "area.none"))


class AskRightArea(Asking, frozen=True, tag="right_area"):
    """Asks whether the desa that was understood is the right one, by its full name."""

    code: str
    skippable = False

    def stands(self, asked: Asked) -> bool:
        return self.code in asked.say.district.areas

    def question(self, asked: Asked) -> Reply:
        area = asked.say.district.areas[self.code]
        return Reply(asked.say("area.right", area=path(area, asked.say.district)), _yes_no(asked))

    def read(self, asked: Asked, message: Inbound) -> Outcome:
        chosen = meant(_yes_no(asked), message)
        if chosen is None:
            found = find(message.text, asked.say.district)
            return _found(asked, found) if found.sure else Unclear("area.right_unclear")
        if _name(asked, chosen) == YES:
            return _settled(asked, asked.say.district.areas[self.code])
        return Leads(AskKecamatan())


def surely(asked: Asked, text: str) -> Answered | None:
    """Return the one desa that *text* surely names; the summary shows it by its full name."""
    match find(text, asked.say.district):
        case Found((area,), sure=True) if area.kind != KECAMATAN:
            return _settled(asked, area)
        case _:
            return None


def at(asked: Asked, area: Area) -> Answered:
    """Return *area*, which was named beyond doubt, as the answer."""
    return _settled(asked, area)


def _found(asked: Asked, found: Found) -> Outcome:
    if not found.areas:
        return Unclear("area.not_found")
    if found.sure and len(found.areas) == 1:
        area = found.areas[0]
        shown_again = asked.say.brief and not asked.service.safe_path  # in the summary, in full
        taken = shown_again or area.kind == KECAMATAN
        return _taken(asked, area) if taken else Leads(AskRightArea(area.code))
    shown = found.areas[:NEAREST]
    return Leads(AskWhichArea(tuple(area.code for area in shown), found.sure))


def _taken(asked: Asked, area: Area) -> Outcome:
    """Take *area*, or ask for the desa inside it; the safe path is content with a kecamatan."""
    if area.kind == KECAMATAN and not asked.service.safe_path:
        return Leads(AskDesa(area.code))
    return _settled(asked, area)


def _settled(asked: Asked, area: Area) -> Answered:
    return asked.got(area.code, path(area, asked.say.district))


def _choices(asked: Asked, areas: tuple[Area, ...], *, full: bool = False) -> tuple[Choice, ...]:
    return tuple(Choice(asked.value(a.code), clipped(_label(asked, a, full=full))) for a in areas)


def _label(asked: Asked, area: Area, *, full: bool) -> str:
    return label_of(area, asked.say.district) if full else area.name


def _yes_no(asked: Asked) -> tuple[Choice, ...]:
    return (asked.choice(YES, "area.yes"), asked.choice(NO, "area.no"))


def _name(asked: Asked, choice: Choice) -> str:
    return choice.value.removeprefix(asked.value(""))
