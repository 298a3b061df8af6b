"""What each captured update in tests/handlers/telegram/ says to us; one entry per file."""

from datetime import UTC, datetime
from typing import Any

from conversations.messages import Address, Attachment, Channel, Place

CITIZEN = Address(Channel.TELEGRAM, "700001")
SENT = datetime(2025, 11, 22, 6, 0, tzinfo=UTC)  # the captured messages' date
NOW = datetime(2025, 11, 22, 6, 30, tzinfo=UTC)  # when the captured taps came in

# Fields of the Inbound that differ from a Telegram message in Indonesian without any contents.
SAID: dict[str, dict[str, Any]] = {
    "animation__with_its_twin": {"unreadable": "animation"},
    "command__start": {"text": "/start"},
    "command__with_payload": {"text": "/start@satupintu_bot lacak"},
    "contact__own": {"phone": "+6281200000001"},
    "contact__own_with_plus": {"phone": "+6281200000001"},
    "contact__somebody_else": {"unreadable": "contact"},
    "contact__unknown_to_telegram": {"unreadable": "contact"},
    "document__bare": {"attachments": (Attachment("document", "berkas-2"),)},
    "document__pdf": {
        "text": "Surat keterangan",
        "attachments": (Attachment("document", "berkas-1", "application/pdf", 34567),),
    },
    "location__live": {"place": Place(-7.801, 110.364)},
    "location__point": {"place": Place(-7.801, 110.364)},
    "location__venue": {"place": Place(-7.8, 110.3)},
    "message__of_tomorrow": {"unreadable": "unknown"},
    "photo__album_part": {"attachments": (Attachment("photo", "foto-7", "image/jpeg", 90000),)},
    "photo__sizes_out_of_order": {
        "attachments": (Attachment("photo", "foto-6", "image/jpeg", 180000),)
    },
    "photo__with_caption": {
        "text": "Atap bocor",
        "attachments": (Attachment("photo", "foto-3", "image/jpeg", 180000),),
    },
    "poll__quiz": {"unreadable": "poll"},
    "sticker__animated": {"unreadable": "sticker"},
    "tap__button": {"picked": "check.next:usul", "received_at": NOW},
    "tap__under_an_old_message": {"picked": "check.next:usul", "received_at": NOW},
    "tap__without_message": {"picked": "menu:cek", "received_at": NOW},
    "text__emoji": {"text": "Terima kasih \U0001f64f\U0001f3fd \u2764\ufe0f"},
    "text__english_telephone": {"text": "hello", "language": "en"},
    "text__forwarded": {"text": "Diteruskan dari tetangga"},
    "text__nik_in_a_sentence": {"text": "nik saya 9901 0141 0780 0001 ya pak"},
    "text__no_language": {"text": "halo", "language": None},
    "text__plain": {"text": "Cek status"},
    "text__reply_to_ours": {"text": "ya itu"},
    "text__several_lines": {
        "text": "Atap rumah bocor.\nSudah dua bulan.\n\nMohon bantuan",
    },
    "video__with_caption": {"text": "Lihat atapnya", "unreadable": "video"},
    "voice__note": {"unreadable": "voice"},
}

# Why the others are deliberately left unanswered, and whom it concerns.
SKIPPED: dict[str, tuple[str, Address | None]] = {
    "channel__post": ("channel_post", None),
    "edited__text": ("edited_message", None),
    "group__migrated": ("group", None),
    "group__text": ("supergroup", None),
    "member__added_to_a_group": ("supergroup", None),
    "member__blocked": ("blocked", CITIZEN),
    "member__unblocked": ("unblocked", CITIZEN),
    "poll__answer": ("poll_answer", None),
    "service__pinned": ("service message", None),
    "tap__game": ("callback_query", None),
    "tap__in_a_group": ("callback_query", None),
    "text__from_a_bot": ("no person", None),
    "update__of_tomorrow": ("hologram_query", None),
}
