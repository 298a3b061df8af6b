"""What a free sentence tells already, so that nobody tells it twice."""

from conversations.hearing.words import plain
from conversations.turn import Answered
from referrals.district.directory import FieldKind, Service
from referrals.roles import Sensitivity
from registry_client.masking import hidden

WORDS, LETTERS = 6, 40  # a sentence with so many of either tells something; "ktp hilang" does not
FIRST_WORDS = "first_words"  # the key under which what led to a form goes along with it
FEWEST = 3  # words that tell an officer anything: "kartu kis mati"
GIVEN = 10  # letters of a story that the form would take as well


def told(service: Service, text: str, *, given: bool = False) -> tuple[Answered, ...]:
    """Return *text* as the answer to the service's question for a story.

    Where none is asked, or the sentence tells too little for one, it goes along as the citizen's
    first words. Less is enough where it was *given* as the story, as in LAPOR lampu mati. Of the
    safe path nothing is kept.
    """
    if service.safe_path or service.sensitivity is Sensitivity.VAULT:
        return ()
    story = next((f for f in service.fields if f.kind is FieldKind.STORY), None)
    if story and (_telling(text) or (given and len(text) >= GIVEN and not _named(service, text))):
        return (Answered(story.key, text, hidden(text)),)
    masked = hidden(text)
    return (Answered(FIRST_WORDS, masked, masked),) if len(plain(text).split()) >= FEWEST else ()


def _named(service: Service, text: str) -> bool:
    """Say whether *text* only names *service*: "masuk bansos" of USUL MASUK BANSOS is no story."""
    return set(plain(text).split()) <= set(plain(service.label.id).split())


def _telling(text: str) -> bool:
    typed = plain(text)
    return len(typed.split()) >= WORDS or len(typed.replace(" ", "")) >= LETTERS
