"""What each captured delivery in tests/handlers/whatsapp/ says to us; one entry per file."""

from datetime import UTC, datetime

from conversations.messages import Address, Attachment, Channel, Inbound, Place
from handlers.arrival import Arrived, Receipt, Renumbered, Skipped
from handlers.delivery import Blocked, Refused, WindowClosed
from handlers.whatsapp import Heard

PHONE_ID = "106540352242922"
PERSON = Address(Channel.WHATSAPP, "ID.13491208655302741918")
NUMBER = Address(Channel.WHATSAPP, "6281200000001")
OTHER = Address(Channel.WHATSAPP, "ID.20000000000000000002")
OTHER_NUMBER = Address(Channel.WHATSAPP, "6281200000002")
SENT = datetime(2025, 11, 22, 6, 0, tzinfo=UTC)
NOW = datetime(2025, 11, 22, 6, 30, tzinfo=UTC)


def said(
    name: str, sender: Address = PERSON, also: Address | None = NUMBER, **parts: object
) -> Heard:
    """Return the message of the payload *name*, from somebody with id and number."""
    kind, _, detail = name.partition("__")
    message_id = f"wamid.{kind}0{detail}".upper().replace("WAMID", "wamid").replace("_", "1")
    given = {"sender": sender, "also": also, "message_id": message_id, "received_at": SENT}
    return Inbound(**(given | parts))  # type: ignore[arg-type]  # given by name


def arrived(
    state: Arrived,
    reference: str,
    error: type[Exception] | None = None,
    to: tuple[str, ...] = (PERSON.id, NUMBER.id),
) -> Heard:
    """Return the receipt of *reference*, which went to somebody with id and number."""
    return Receipt(Channel.WHATSAPP, reference, state, SENT, error, to)  # type: ignore[arg-type]  # by its kind


def only(name: str, **parts: object) -> tuple[Heard, ...]:
    """Return what is heard where a delivery holds one message."""
    return (said(name, **parts),)


EXPECTED: dict[str, tuple[Heard, ...]] = {
    "text__plain": only("text__plain", text="Cek status"),
    "text__number_only": only("text__number_only", text="halo", sender=NUMBER, also=None),
    "text__id_only": only("text__id_only", text="halo", also=None),
    "text__several_lines": only(
        "text__several_lines", text="Atap rumah bocor.\nSudah dua bulan.\n\nMohon bantuan"
    ),
    "text__emoji": only("text__emoji", text="Terima kasih \U0001f64f\U0001f3fd \u2764\ufe0f"),
    "text__of_an_ad": only("text__of_an_ad", text="Apa ini?"),
    "text__reply_to_ours": only("text__reply_to_ours", text="ya itu"),
    "text__person_in_contacts_alone": only("text__person_in_contacts_alone", text="halo"),
    "text__without_contacts": only("text__without_contacts", text="halo"),
    "text__from_nobody": (Skipped("no person", "wamid.TEXT0FROM1NOBODY"),),
    "tap__button": only("tap__button", picked="check.next:usul"),
    "tap__row": only("tap__row", picked="menu:cek"),
    "tap__flow": only("tap__flow", unreadable="interactive"),
    "tap__template": only("tap__template", picked="ticket:status:482109379"),
    "tap__template_bare_label": only("tap__template_bare_label", text="Lihat status"),
    "image__with_caption": only(
        "image__with_caption",
        text="Atap bocor",
        attachments=(Attachment("photo", "1003383421387256", "image/jpeg"),),
    ),
    "image__bare": only(
        "image__bare", attachments=(Attachment("photo", "1003383421387257", "image/jpeg"),)
    ),
    "document__pdf": only(
        "document__pdf",
        text="Surat keterangan",
        attachments=(Attachment("document", "1003383421387258", "application/pdf"),),
    ),
    "location__point": only("location__point", place=Place(-7.801, 110.364)),
    "location__venue": only("location__venue", place=Place(-7.8, 110.3)),
    "location__without_point": only("location__without_point", unreadable="location"),
    "contacts__own": only("contacts__own", phone="+6281200000001"),
    "contacts__requested": only("contacts__requested", phone="+6281200000001", also=None),
    "contacts__somebody_else": only("contacts__somebody_else", unreadable="contacts"),
    "reaction__thumb": only("reaction__thumb", unreadable="reaction"),
    "reaction__taken_away": (Skipped("reaction taken away", "wamid.REACTION0TAKEN1AWAY"),),
    "audio__voice": only("audio__voice", unreadable="audio"),
    "video__with_caption": only("video__with_caption", unreadable="video"),
    "sticker__animated": only("sticker__animated", unreadable="sticker"),
    "order__cart": only("order__cart", unreadable="order"),
    "unsupported__poll": only("unsupported__poll", unreadable="unsupported"),
    "message__of_tomorrow": only("message__of_tomorrow", unreadable="hologram"),
    "group__text": (Skipped("group", "wamid.GROUP0TEXT"),),
    "system__number_changed": (
        Renumbered((NUMBER,), OTHER_NUMBER, "wamid.SYSTEM0NUMBER1CHANGED", SENT),
    ),
    "system__id_changed": (Renumbered((NUMBER, PERSON), OTHER, "wamid.SYSTEM0ID1CHANGED", SENT),),
    "system__identity": (Skipped("system message", "wamid.SYSTEM0IDENTITY"),),
    "several__two_people": (
        said("", message_id="wamid.A", text="satu"),
        said("", OTHER, OTHER_NUMBER, message_id="wamid.B", text="dua"),
    ),
    "several__one_malformed": (
        said("", message_id="wamid.A", unreadable="text"),
        said("", message_id="wamid.B", text="baik"),
        Skipped("malformed", ""),
    ),
    "several__message_and_receipt": (
        said("", message_id="wamid.A", text="halo"),
        arrived(Arrived.READ, "wamid.OURS", to=(NUMBER.id,)),
    ),
    "status__sent": (arrived(Arrived.SENT, "77.0"),),
    "status__delivered": (arrived(Arrived.DELIVERED, "77.0"),),
    "status__read": (arrived(Arrived.READ, "77.1"),),
    "status__played": (arrived(Arrived.READ, "wamid.OURS"),),
    "status__unnamed": (arrived(Arrived.DELIVERED, "wamid.OURS"),),
    "status__failed_window": (arrived(Arrived.FAILED, "77.0", WindowClosed),),
    "status__failed_undeliverable": (arrived(Arrived.FAILED, "wamid.OURS", Blocked),),
    "status__failed_without_reason": (arrived(Arrived.FAILED, "wamid.OURS", Refused),),
    "status__deleted": (Skipped("deleted", "wamid.OURS"),),
    "field__template_approved": (Skipped("message_template_status_update", ""),),
    "field__contacts_of_another_shape": (Skipped("user_preferences", ""),),
    "field__value_of_another_shape": (Skipped("malformed", ""),),
    "number__of_another_desk": (Skipped("another number", ""),),
}
