"""Photos or documents, up to three."""

from conversations.forms.fields.asked import Asked, Asking, Leads, Outcome, Unclear
from conversations.hearing.choices import pick
from conversations.hearing.spelling import words_of
from conversations.messages import Attachment, Choice, Inbound, Reply
from conversations.say import Say
from conversations.turn import Answered

MOST_PHOTOS = 3
DONE = "cukup"
DONE_WORDS = frozenset({"cukup", "sudah", "selesai", "tidak", "done", "enough", "no", "itu"})


class AskPhoto(Asking, frozen=True, tag="photo"):
    """Asks for the first photo."""

    example = "form.photo_example"
    takes_photos = True

    def question(self, asked: Asked) -> Reply:
        """Say by what a photo can come to who writes by SMS, which carries none."""
        return Reply(asked.say("form.photo_by_sms")) if asked.say.brief else Reply(asked.text)

    def read(self, asked: Asked, message: Inbound) -> Outcome:
        if not message.attachments:
            return Unclear("form.photo_unsent" if asked.say.brief else "form.photo_wanted")
        return _received(asked, message.attachments)


class AskMorePhotos(Asking, frozen=True, tag="more_photos"):
    """Asks for another photo; those that came are noted already."""

    takes_photos = True
    skippable = False

    def question(self, asked: Asked) -> Reply:
        number = len(_noted(asked))
        return Reply(asked.say("form.photo_more", number=number), (_done(asked),))

    def read(self, asked: Asked, message: Inbound) -> Outcome:
        if message.attachments:
            return _received(asked, message.attachments)
        if pick((_done(asked),), message) or DONE_WORDS & set(words_of(message.text)):
            return photographed(asked.field.key, _noted(asked), asked.say)
        return Unclear("form.photo_more_unclear")


def photographed(key: str, photos: tuple[Attachment, ...], say: Say) -> Answered:
    """Return the answer that *photos* are to field *key*: the first three."""
    kept = photos[:MOST_PHOTOS]
    return Answered(key, "", say("form.photos", number=len(kept)), kept)


def _received(asked: Asked, photos: tuple[Attachment, ...]) -> Outcome:
    answered = photographed(asked.field.key, _noted(asked) + photos, asked.say)
    if len(answered.attachments) == MOST_PHOTOS:
        return answered
    return Leads(AskMorePhotos(), noted=(answered,))


def _noted(asked: Asked) -> tuple[Attachment, ...]:
    answered = asked.draft.answer(asked.field.key)
    return answered.attachments if answered else ()


def _done(asked: Asked) -> Choice:
    return asked.choice(DONE, "form.photo_done")
