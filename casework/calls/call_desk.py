"""All that is at hand for whoever answers the telephone, or files for a resident."""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from casework.calls.answering import Heard
from casework.calls.caller import Call, Caller
from casework.calls.checking import Checking
from casework.calls.earlier import Earlier
from casework.calls.taking import Taking
from casework.files.bringing import Bringing
from casework.staff.person import Staff
from conversations.say import LANGUAGES, Voices
from referrals.district.directory import District, Service


class CallDesk(Struct, frozen=True, kw_only=True):
    """What a caller's questions and wishes are answered with. *now* is aware, UTC."""

    district: District
    voices: Voices
    earlier: Earlier
    checking: Checking
    taking: Taking
    heard: Heard
    bringing: Bringing
    now: Callable[[], datetime]
    token: Callable[[], str]

    def call(self, staff: Staff, caller: Caller, language: str) -> Call:
        """Return a call that *staff* takes now, spoken in *language* if we speak it."""
        known = language if language in LANGUAGES else LANGUAGES[0]
        return Call(staff, caller, self.now(), self.voices[known])

    def services(self) -> tuple[Service, ...]:
        """Return what can be filed: every service but the look-up, which is done at once."""
        every = self.district.services.values()
        return tuple(row for row in every if row.code != self.district.status_service)
