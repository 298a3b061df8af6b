"""What the audit's lines are about: one word each, which `Seen` and the incident list can say."""

from enum import StrEnum

CITIZEN = "citizen"  # the actor of everything that came in through a chat
OPERATOR = "operator"  # whoever works at the command line
PROGRAM = "program"  # what runs by itself


class Action(StrEnum):
    """A look at personal data, or something done to it."""

    LOOK_UP = "look_up"  # the registry was asked about a NIK, with a right proof
    LOOK_UP_REFUSED = "look_up_refused"  # … with a wrong one, or once too often
    FIND = "find"  # a ticket was found by code and proof
    FIND_REFUSED = "find_refused"
    PAGE = "page"  # an office opened the page of its leg
    WORDS = "words"  # somebody opened what people said
    FILE = "file"  # somebody opened a photo or document
    LETTER = "letter"  # letters were read, printed, or carried by hand
    LINK = "link"  # a link that opens a ticket was printed for who passes it on
    CLAIM = "claim"  # a subject claimed a ticket by code and proof
    REFUSED = "refused"  # somebody tried to open what is not theirs to see
    REUSED = "reused"  # an office brought a proof of work that was used before
    EXPORT = "export"  # a copy of a person's data, or a list of affected people, was made
    ERASE = "erase"  # data was erased because somebody asked for it
    ASKED = "asked"  # somebody did what a person asked for their own data, and why
    RETENTION = "retention"  # data was erased because its time was over
    SIGN_IN = "sign_in"  # somebody signed in to the console
    SIGN_IN_REFUSED = "sign_in_refused"  # … or did not: a wrong password, or once too often
    SIGN_OUT = "sign_out"  # sessions ended
    INVITE = "invite"  # a link was made by which somebody sets their own password
    ACCOUNT = "account"  # an account was made or changed; the detail says how
    REVEAL = "reveal"  # a person's masked numbers were shown, with a reason
    STEP = "step"  # somebody of the console took a step on a case
    SEARCH = "search"  # tickets were looked for by a person's NIK or telephone, with a reason
    OVER_QUOTA = "over_quota"  # … once too often on that day: nobody was looked for
    MEETING = "meeting"  # a village entered that it met
    SPOKEN = "spoken"  # somebody of the console noted what a caller answered
    FILED = "filed"  # somebody of the console filed a ticket for a citizen
    AUDIT = "audit"  # somebody read the audit; the detail says what they asked it for
    HEADS = "heads"  # where the chains end (see storage.audit.proving)
    CENSUS = "census"  # which tickets there are (see storage.cases.census)


def office_actor(agency: str) -> str:
    """Return the audit's name for an officer of *agency*."""
    return f"agency:{agency}"


def staff_actor(account: str) -> str:
    """Return the audit's name for who has the *account* of that id."""
    return f"staff:{account}"


def office_of(actor: str) -> str:
    """Return the code of the agency that *actor* is an officer of, empty for others."""
    kind, _, agency = actor.partition(":")
    return agency if kind == "agency" else ""
