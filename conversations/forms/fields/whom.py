"""For whom a form is, where its row asks: oneself, or somebody else and what they are to them."""

from conversations.forms.fields.asked import Asked, Asking, Outcome, Unclear
from conversations.forms.fields.choosing import choose
from conversations.messages import Choice, Inbound, Reply
from conversations.records.parties import Relation

SELF = "self"


class AskWhom(Asking, frozen=True, tag="whom"):
    """Asks for whom it is; the answers are ours, for the whole form goes by them."""

    refusable = False

    def question(self, asked: Asked) -> Reply:
        return Reply(asked.text, _choices(asked))

    def read(self, asked: Asked, message: Inbound) -> Outcome:
        chosen = choose(_choices(asked), message)
        if chosen is None:
            return Unclear("form.choice_unclear")
        return asked.got(chosen.value.removeprefix(asked.value("")), chosen.label)


def relation_in(value: str) -> Relation | None:
    """Return whose relation the answer *value* tells, None for oneself or no answer."""
    return None if value in {"", SELF} else Relation(value)


def _choices(asked: Asked) -> tuple[Choice, ...]:
    return tuple(asked.choice(who, f"another.for_{who}") for who in (SELF, *Relation))
