"""The table of kinds: how each is asked first, and everything it can lead to."""

from conversations.forms.fields.amounts import AskNumber
from conversations.forms.fields.areas import AskDesa, AskKecamatan, AskRightArea, AskWhichArea
from conversations.forms.fields.asked import Asking
from conversations.forms.fields.choosing import AskChoice
from conversations.forms.fields.contacts import AskPhone
from conversations.forms.fields.numbers import AskDigits, AskKk, AskNik, AskWhichNumber
from conversations.forms.fields.photos import AskMorePhotos, AskPhoto
from conversations.forms.fields.places import AskPlace
from conversations.forms.fields.texts import AskName, AskStory, AskWords
from conversations.forms.fields.whom import AskWhom
from referrals.district.directory import FieldKind

AnyAsking = (
    AskChoice
    | AskNik
    | AskWhichNumber
    | AskKk
    | AskName
    | AskWords
    | AskNumber
    | AskDigits
    | AskPhone
    | AskKecamatan
    | AskDesa
    | AskWhichArea
    | AskRightArea
    | AskStory
    | AskPhoto
    | AskMorePhotos
    | AskPlace
    | AskWhom
)

FIRST: dict[FieldKind, Asking] = {
    FieldKind.CHOICE: AskChoice(),
    FieldKind.NIK: AskNik(),
    FieldKind.KK: AskKk(),
    FieldKind.NAME: AskName(),
    FieldKind.WORDS: AskWords(),
    FieldKind.NUMBER: AskNumber(),
    FieldKind.DIGITS: AskDigits(),
    FieldKind.PHONE: AskPhone(),
    FieldKind.AREA: AskKecamatan(),
    FieldKind.STORY: AskStory(),
    FieldKind.PHOTO: AskPhoto(),
    FieldKind.PLACE: AskPlace(),
    FieldKind.WHOM: AskWhom(),
}
