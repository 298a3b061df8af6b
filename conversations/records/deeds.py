"""What a citizen does with their own ticket, as the store is to record it."""

from msgspec import Struct

from conversations.messages import Attachment, Place


class CitizenDeed(Struct, frozen=True):
    """Anything done with the ticket *code*."""

    code: str


class Explained(CitizenDeed, frozen=True):
    """A deed with words of the citizen's own, and perhaps pictures or a place."""

    reason: str = ""
    attachments: tuple[Attachment, ...] = ()
    place: Place | None = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.code})"


class AboutShare(Explained, frozen=True):
    """A deed about what one of several offices answered."""

    share: int = 0  # number of its leg; 0 where there is one, or nobody said which


class ConfirmSolved(CitizenDeed, frozen=True, tag="confirm"):
    """SUDAH: the citizen says it is solved, perhaps with stars at once."""

    stars: int | None = None


class Rate(CitizenDeed, frozen=True, tag="rate"):
    """How content the citizen is with a solved ticket, 1 to 5, and perhaps why."""

    stars: int
    reason: str = ""

    def __repr__(self) -> str:
        return f"Rate({self.code}, {self.stars})"


class NotSolved(AboutShare, frozen=True, tag="not_solved"):
    """BELUM: it is not solved, and why."""


class AcceptDecline(CitizenDeed, frozen=True, tag="accept_decline"):
    """The citizen accepts that it cannot be granted."""


class Appeal(AboutShare, frozen=True, tag="appeal"):
    """BANDING: the citizen objects to a refusal, in any words."""


class AnswerAgency(Explained, frozen=True, tag="answer_agency"):
    """What the citizen answers to an agency's question."""


class AddWords(Explained, frozen=True, tag="add_words"):
    """What the citizen adds to what they said before."""


class AskContact(AddWords, frozen=True, tag="ask_contact"):
    """HUBUNGI SAYA DULU: its officer is to make contact, when that is safe, before it is ended."""


class Reopen(AboutShare, frozen=True, tag="reopen"):
    """BUKA LAGI: something new came up after the ticket was closed."""


class ReceivedAfterAll(CitizenDeed, frozen=True, tag="received"):
    """Weeks after closing: what was promised has come."""


class NotReceived(AboutShare, frozen=True, tag="not_received"):
    """Weeks after closing: nothing has come."""


class Withdraw(CitizenDeed, frozen=True, tag="withdraw"):
    """The citizen takes the ticket back; *unforced* where they said that nobody makes them."""

    reason: str = ""
    unforced: bool = False

    def __repr__(self) -> str:
        return f"Withdraw({self.code})"


class Agree(CitizenDeed, frozen=True, tag="agree"):
    """YA: the person whom somebody else filed it for agrees."""


class Disagree(CitizenDeed, frozen=True, tag="disagree"):
    """TIDAK: they do not, and it is erased."""


class Claim(CitizenDeed, frozen=True, tag="claim"):
    """KLAIM: the person it is for takes it over; news comes to them, in *language*."""

    language: str


OnTicket = (
    ConfirmSolved
    | Rate
    | NotSolved
    | AcceptDecline
    | Appeal
    | AnswerAgency
    | AddWords
    | AskContact
    | Reopen
    | ReceivedAfterAll
    | NotReceived
    | Withdraw
    | Agree
    | Disagree
    | Claim
)
