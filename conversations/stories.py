"""What a free sentence tells already, so that nobody tells it twice."""

from conversations.turn import Answered
from conversations.words import plain
from referrals.directory import FieldKind, Service
from registry_client.masking import hidden

WORDS, LETTERS = 6, 40  # a sentence with so many of either tells something; "ktp hilang" does not
GIVEN = 10  # letters of a story that the form would take as well


def told(service: Service, text: str, *, given: bool = False) -> tuple[Answered, ...]:
    """Return *text* as the answer to the service's question for a story.

    Nothing where the service keeps no story from the chat, or the sentence tells too little:
    less is enough where it was *given* as the story, as in LAPOR lampu mati.
    """
    story = next((f for f in service.fields if f.kind is FieldKind.STORY), None)
    enough = _telling(text) or (given and len(text) >= GIVEN)
    if service.safe_path or story is None or not enough:
        return ()
    return (Answered(story.key, text, hidden(text)),)


def _telling(text: str) -> bool:
    typed = plain(text)
    return len(typed.split()) >= WORDS or len(typed.replace(" ", "")) >= LETTERS
