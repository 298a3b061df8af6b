"""A question with answers to choose from."""

from msgspec.structs import replace

from conversations.choices import exact, pick
from conversations.forms.fields.asked import Asked, Asking, Leads, Outcome, Unclear
from conversations.forms.pages import page_of
from conversations.messages import Choice, Inbound, Reply
from conversations.spelling import words_of

MORE = ">"  # no row's option has such a value
DENIALS = frozenset({"tidak", "bukan", "belum", "tanpa", "not", "no", "without"})


class AskChoice(Asking, frozen=True, tag="choice"):
    """Asks for one of the row's options, a page at a time where there are many."""

    page: int = 0
    refusable = False  # "tidak ada" is often one of the options

    def question(self, asked: Asked) -> Reply:
        return Reply(asked.text, self._shown(asked))

    def read(self, asked: Asked, message: Inbound) -> Outcome:
        every = _choices(asked)
        chosen = choose(self._shown(asked), every, message)
        if chosen is None:
            safe = asked.service.safe_path  # where no story is wanted
            return Unclear("safe.unclear" if safe else "form.choice_unclear")
        name = chosen.value.removeprefix(asked.value(""))
        if name == MORE:
            return Leads(replace(self, page=self.page + 1))
        return asked.got(name, chosen.label)

    def _shown(self, asked: Asked) -> tuple[Choice, ...]:
        more = asked.choice(MORE, "form.more")
        return page_of(_choices(asked), self.page, more, asked.room)


def choose(
    shown: tuple[Choice, ...], every: tuple[Choice, ...], message: Inbound
) -> Choice | None:
    """Return the choice that *message* means: one of those shown, or one named of them all."""
    if message.picked is not None or message.text.strip().isdigit():
        return exact(shown, message)
    surely = exact(shown, message) or exact(every, message)
    return surely or pick(shown, message) or pick(every, message) or named(every, message.text)


def named(choices: tuple[Choice, ...], text: str) -> Choice | None:
    """Return the only choice whose label stands in *text*: "Bocor" in "atapnya bocor semua"."""
    said = set(words_of(text))
    found = [c for c in choices if _stands(set(words_of(c.label)), said)]
    return found[0] if len(found) == 1 else None


def _stands(label: set[str], said: set[str]) -> bool:
    return bool(label) and label <= said and not (DENIALS & (said - label))


def _choices(asked: Asked) -> tuple[Choice, ...]:
    options = asked.field.options
    return tuple(Choice(asked.value(o.value), asked.words(o.label)) for o in options)
