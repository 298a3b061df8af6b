"""A whole form before it is filed: it is read back, agreed to, and filed as it was heard."""

from collections.abc import Sequence

from msgspec import Struct

from casework.calls.agreeing import Agreement, agreed
from casework.calls.caller import Call
from casework.calls.taking import Wish, needs_no_word
from casework.calls.typed import Doubt, Filled, Form, Typed, doubted, mark_of, read
from conversations.forms.recap import recap
from conversations.messages import Attachment
from conversations.records.parties import Another, Relation
from referrals.district.directory import Service


class CallForm(Struct, frozen=True, kw_only=True):
    """A form of *service* as it was sent; *once* is its name, *seen* the summary that was read."""

    service: Service
    typed: Typed
    once: str
    relation: Relation | None = None
    agreement: Agreement = Agreement()
    paper: str = ""  # what names the photo of a thumb print or a letter
    agrees: bool = False
    texts: bool = False
    sure: bool = False
    seen: str = ""
    resident: bool = False  # who sits before a facilitator: it is always for somebody else

    @property
    def files(self) -> tuple[Attachment, ...]:
        """All photos and documents that came with it."""
        rows = [file for files in self.typed.photos.values() for file in files]
        return (*rows, *self.agreement.paper)

    def __repr__(self) -> str:
        return f"CallForm({self.service.code})"


class Unready(Struct, frozen=True):
    """A form with something missing or in doubt: in its answers, or in how somebody agrees."""

    filled: Filled
    doubt: Doubt | None


class Ready(Struct, frozen=True):
    """A whole form, read back and agreed to as *form* says."""

    call: Call
    form: CallForm
    filled: Filled
    another: Another | None

    @property
    def summary(self) -> str:
        """What is read back; of the safe path nothing, for somebody may be listening."""
        service = self.form.service
        return "" if service.safe_path else recap(self.filled.draft, service, self.call.say)

    @property
    def mark(self) -> str:
        """By what the summary is known again: what was changed since must be read anew."""
        how = self.another.method.value if self.another else ""
        answers = [f"{one.key}={one.value}" for one in self.filled.draft.answers]
        return mark_of("\n".join((how, *answers, *(one.ref for one in self.form.files))))

    @property
    def was_read(self) -> bool:
        """Whether it was read back as it stands now."""
        return self.form.seen == self.mark

    @property
    def needs_word(self) -> bool:
        """Whether the caller must agree to how their data are used before it is filed."""
        witnessed = self.form.resident and self.another is not None
        return not (witnessed or needs_no_word(self.filled.draft, self.call.say))

    @property
    def missing(self) -> str:
        """What nobody said yet: "agrees" or "sure", empty where all is said."""
        if self.needs_word and not self.form.agrees:
            return "agrees"
        return "sure" if self.form.service.confirm_twice and not self.form.sure else ""

    @property
    def wish(self) -> Wish:
        """What is to be filed."""
        return Wish(
            draft=self.filled.draft,
            once=self.form.once,
            another=self.another,
            agrees=self.form.agrees,
            texts=self.form.texts and self.call.caller.texts,
        )


def answers_of(call: Call, form: CallForm) -> Filled:
    """Return the answers of *form* as they are understood."""
    paper = Form(form.service, call.caller.address, call.at, form.relation)
    return read(paper, form.typed, call.say)


def readied(call: Call, form: CallForm, wrong: Sequence[Doubt] = ()) -> Ready | Unready:
    """Return *form* as it can be read back to the caller, or what keeps it from that.

    *wrong* is what is known already to be in doubt: files that are not fit to be kept.
    """
    filled = doubted(answers_of(call, form), wrong)
    another = agreed(filled.draft, form.agreement, call)
    if isinstance(another, Doubt):
        return Unready(filled, another)
    return Ready(call, form, filled, another) if filled.whole else Unready(filled, None)
