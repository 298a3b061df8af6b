"""NIK and KK numbers: read out of whatever surrounds them, and never shown whole."""

from conversations.forms.fields.asked import Asked, Asking, Leads, Outcome, Unclear
from conversations.hearing.choices import pick
from conversations.hearing.words import plain
from conversations.messages import Choice, Inbound, Reply
from conversations.one_line import family
from conversations.turn import Answered
from referrals.district.days import day_in
from referrals.district.directory import FieldKind
from registry_client.masking import hidden
from registry_client.nik import NIK_LENGTH, WOMEN, KkNumber, Nik, typed

IS_NIK, IS_KK, WRONG = "nik", "kk", "ulang"


class AskNik(Asking, frozen=True, tag="nik"):
    """Asks for a NIK; a number that may be a family's is asked about."""

    example = "form.nik_example"
    takes_digits = True

    def read(self, asked: Asked, message: Inbound) -> Outcome:
        today = day_in(asked.say.district.calendar.zone, message.received_at)
        found = family(message.text, today) if typed(message.text) else None
        if found is None:  # nor where a digit more stands beside it: which are the sixteen?
            return _short(message.text, "form.nik")
        if found.nik.could_be_kk(today):
            return Leads(AskWhichNumber(found.nik.digits))
        return _masked(asked, found.nik)


class AskWhichNumber(Asking, frozen=True, tag="which_number"):
    """Asks whether the sixteen digits are a NIK after all: KK numbers look alike."""

    digits: str
    skippable = False

    def __repr__(self) -> str:
        return f"AskWhichNumber({Nik(self.digits)})"

    def question(self, asked: Asked) -> Reply:
        last = Nik(self.digits).last_four
        return Reply(asked.say("form.which_number", last=last), _numbers(asked))

    def read(self, asked: Asked, message: Inbound) -> Outcome:
        chosen = pick(_numbers(asked), message)
        name = chosen.value.removeprefix(asked.value("")) if chosen else ""
        if name == IS_NIK:
            return _masked(asked, Nik(self.digits))
        if name == IS_KK:
            return Leads(AskNik(), asked.say("form.kk_thanks"), _as_kk(asked, self.digits))
        if name == WRONG:
            return Leads(AskNik())
        return AskNik().read(asked, message) if Nik.read(message.text) else _unsaid()


class AskKk(Asking, frozen=True, tag="kk"):
    """Asks for a KK number; the NIK given before, or a woman's NIK, is none."""

    example = "form.kk_example"
    takes_digits = True

    def read(self, asked: Asked, message: Inbound) -> Outcome:
        found = [KkNumber(each) for each in typed(message.text) if len(each) == NIK_LENGTH]
        if not found:
            return _short(message.text, "form.kk")
        known = {answer.value for answer in asked.draft.answers}
        cards = (kk for kk in found if not _is_womans(kk) and kk.digits not in known)
        card = next(cards, None)
        return _masked(asked, card) if card else Unclear("form.kk_is_nik")


class AskDigits(Asking, frozen=True, tag="digits"):
    """Asks for a number as it is printed on a card, a letter or a meter; words are none."""

    example = "form.digits_example"
    takes_digits = True

    def takes_one(self, asked: Asked) -> bool:
        return asked.field.minimum <= 1

    def read(self, asked: Asked, message: Inbound) -> Outcome:
        found = "".join(letter for letter in plain(message.text) if letter.isdigit())
        least, most = asked.field.minimum or 1, asked.field.maximum
        if not found:
            return Unclear("form.digits_none")
        if len(found) < least or (most and len(found) > most):
            return Unclear("form.digits_count", {"number": len(found)})
        return asked.got(found, hidden(found))


def masked(digits: str) -> str:
    """Return sixteen digits as their owner may see them: the last four only."""
    return f"...{digits[-4:]}"


def _masked(asked: Asked, number: Nik) -> Answered:
    return asked.got(number.digits, masked(number.digits))


def _short(text: str, key: str) -> Unclear:
    read = sum(letter.isascii() and letter.isdigit() for letter in text)
    return Unclear(f"{key}_count", {"number": read}) if read else Unclear(f"{key}_none")


def _unsaid() -> Unclear:
    return Unclear("form.choice_unclear")


def _is_womans(number: Nik) -> bool:
    return int(number.digits[6:8]) > WOMEN


def _numbers(asked: Asked) -> tuple[Choice, ...]:
    return (
        asked.choice(IS_NIK, "form.is_nik"),
        asked.choice(IS_KK, "form.is_kk"),
        asked.choice(WRONG, "form.type_again"),
    )


def _as_kk(asked: Asked, digits: str) -> tuple[Answered, ...]:
    """Return the number as the answer to the form's own KK question, where it is still open."""
    fields = (field for field in asked.service.fields if field.kind is FieldKind.KK)
    open_ones = [field for field in fields if asked.draft.answer(field.key) is None]
    return tuple(Answered(field.key, digits, masked(digits)) for field in open_ones)
