"""A question with answers to choose from."""

from conversations.forms.fields import feeling_safe
from conversations.forms.fields.asked import Asked, Asking, Outcome, Unclear
from conversations.hearing.choices import exact, pick
from conversations.hearing.spelling import words_of
from conversations.messages import Choice, Inbound, Reply

DENIALS = frozenset(
    {"tidak", "bukan", "belum", "tanpa", "jangan", "jgn", "not", "no", "without", "dont", "never"}
)


class AskChoice(Asking, frozen=True, tag="choice"):
    """Asks for one of the row's options."""

    refusable = False  # "tidak ada" is often one of the options

    def question(self, asked: Asked) -> Reply:
        return Reply(asked.text, _choices(asked))

    def read(self, asked: Asked, message: Inbound) -> Outcome:
        safe = asked.service.safe_path  # where no story is wanted, and no word is read out of one
        chosen = _safely(asked, message) if safe else _read(asked, message)
        if chosen is None:
            return Unclear("safe.unclear" if safe else "form.choice_unclear")
        return asked.got(chosen.value.removeprefix(asked.value("")), chosen.label)


def _read(asked: Asked, message: Inbound) -> Choice | None:
    return choose(_choices(asked), message) or _meant(asked, message.text)


def _safely(asked: Asked, message: Inbound) -> Choice | None:
    """Return the choice that *message* means to whoever may be in danger."""
    choices = _choices(asked)
    chosen, feels = feeling_safe.answered(choices, message)
    if feels:
        return chosen
    return pick(choices, message) or _meant(asked, message.text)


def choose(choices: tuple[Choice, ...], message: Inbound) -> Choice | None:
    """Return the choice that *message* means, or names among other words."""
    if message.picked is not None or message.text.strip().isdigit():
        return exact(choices, message)
    return pick(choices, message) or named(choices, message.text)


def named(choices: tuple[Choice, ...], text: str) -> Choice | None:
    """Return the only choice whose label stands in *text*: "Bocor" in "atapnya bocor semua"."""
    said = set(words_of(text))
    found = [c for c in choices if _stands(set(words_of(c.label)), said)]
    return found[0] if len(found) == 1 else None


def _stands(label: set[str], said: set[str]) -> bool:
    return bool(label) and label <= said and not (DENIALS & (said - label))


def _meant(asked: Asked, text: str) -> Choice | None:
    """Return the only choice for which another word stands in *text*, as its row says."""
    said = set(words_of(text))
    options = zip(asked.field.options, _choices(asked), strict=True)
    found = [c for o, c in options if any(_stands(set(words_of(one)), said) for one in o.also)]
    return found[0] if len(found) == 1 else None


def _choices(asked: Asked) -> tuple[Choice, ...]:
    options = asked.field.options
    return tuple(Choice(asked.value(o.value), asked.words(o.label)) for o in options)
