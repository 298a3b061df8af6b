"""What is counted of proofs, so that nobody can guess them."""

from msgspec import Struct


class CountProof(Struct, frozen=True, tag="count_proof"):
    """A proof was tried; the commit fails when the day's limit for person or NIK is passed."""

    subject: str  # what it was tried on: a NIK's digits or a ticket code
    own: bool = False  # counted apart from strangers: who tries proved it before


class WrongProof(Struct, frozen=True, tag="wrong_proof"):
    """A proof was wrong: a NIK or ticket that is guessed at is closed to it for the month."""

    subject: str
    own: bool = False  # closed to them alone: who tries proved it before


Counted = CountProof | WrongProof
