"""Whose tickets of one telephone are meant: asked where several people have some of it.

The end of the NIK in them proves it, wherever tickets or what is kept of them are told.
"""

from conversations.hearing.proof import read_proof
from conversations.messages import Inbound
from conversations.records.proofs import CountProof
from conversations.say import Say
from conversations.status.check_status import unseen_number
from conversations.turn import Question, Said, State, Turn
from referrals.codes import read_code


class AskOfSeveral(State, frozen=True):
    """We asked for the end of a NIK; what it opens, and whether a code does, its kinds say."""

    def heard(self, said: Said, say: Say) -> Turn:
        """Ask for what that person has, which counts as a try, or for what was named."""
        text, subject = said.message.text, subject_of(said.message)
        if (code := read_code(text)) and (named := self.coded(code)):
            return named
        if proof := read_proof(text):
            state, question = self.proving(proof, subject, say)
            return Turn(state, question=question, records=(CountProof(subject),))
        return unseen_number(self, text, "track.bad_proof", say)

    def hint(self, say: Say) -> str:
        return say("track.hint_proof")

    def proving(self, proof: str, subject: str, say: Say) -> tuple[State, Question]:
        """Return what *proof*, counted on *subject*, asks for, and the state that waits for it."""
        raise NotImplementedError

    def coded(self, code: str) -> Turn | None:  # noqa: ARG002 - kinds of it go there
        """Return the way to the ticket *code*, None where a code proves nothing."""
        return None


def subject_of(message: Inbound) -> str:
    """Return what proofs for the tickets of one telephone are counted on: that telephone."""
    return f"tickets of {message.sender.channel} {message.sender.id}"
