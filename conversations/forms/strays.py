"""Photos and places sent when something else was asked: kept where the form can use them."""

from conversations.forms.drafts import in_play, noted
from conversations.forms.fields.asked import Asked, Asking
from conversations.forms.fields.photos import MOST_PHOTOS, photographed
from conversations.forms.fields.places import located
from conversations.messages import Attachment, Inbound, Place
from conversations.turn import Draft
from referrals.district.directory import Field, FieldKind


def keep(asked: Asked, asking: Asking, message: Inbound) -> tuple[Draft, str]:
    """Return the draft with what *message* brought unasked, and a kind word about it."""
    draft, words = asked.draft, ""
    if message.attachments and not asking.takes_photos:
        draft, words = _keep_photos(asked, draft, message.attachments)
    if message.place and not asking.takes_place:
        draft, words = _keep_place(asked, draft, message.place)
    return draft, words


def _keep_photos(asked: Asked, draft: Draft, photos: tuple[Attachment, ...]) -> tuple[Draft, str]:
    field = _of_kind(asked, FieldKind.PHOTO)
    if field is None:
        return draft, asked.say("form.photo_unneeded")
    before = draft.answer(field.key)
    kept = before.attachments if before else ()
    if len(kept) == MOST_PHOTOS:
        return draft, asked.say("form.photo_full")
    return noted(draft, photographed(field.key, kept + photos, asked.say)), asked.say(
        "form.photo_kept"
    )


def _keep_place(asked: Asked, draft: Draft, place: Place) -> tuple[Draft, str]:
    field = _of_kind(asked, FieldKind.PLACE)
    if field is None:
        return draft, asked.say("form.place_unneeded")
    return noted(draft, located(field.key, place, asked.say)), asked.say("form.place_kept")


def _of_kind(asked: Asked, kind: FieldKind) -> Field | None:
    return next(
        (field for field in in_play(asked.draft, asked.service) if field.kind is kind), None
    )
