"""After SUDAH: how content the citizen is, 1 to 5, and once what was missing."""

from msgspec.structs import replace

from conversations.again import again
from conversations.forms.skipping import SKIPPING
from conversations.hearing.choices import exact, pick
from conversations.hearing.words import plain
from conversations.menu import commanded
from conversations.messages import Choice, Reply
from conversations.records.deeds import ConfirmSolved, Rate
from conversations.say import Say
from conversations.turn import Door, Enter, Said, State, Turn, ask

STARS = 5
LOW = 2  # stars; who gives so few is asked why
SKIP = "track.stars:0"


def thanked(record: ConfirmSolved, told: str, say: Say) -> Turn:
    """Record that it is solved, say so, and ask for stars unless they came along."""
    if record.stars is None:
        return ask(AskStars(record.code), say, told, records=(record,))
    return replace(_rated(record.code, record.stars, say, told), records=(record,))


class AskStars(State, frozen=True, tag="track.stars"):
    """We asked how content the citizen is, 1 to 5, or to skip it."""

    code: str

    def prompt(self, say: Say) -> Reply:
        stars = tuple(
            Choice(f"track.stars:{n}", say(f"answer.stars_{n}")) for n in range(1, STARS + 1)
        )
        return Reply(say("answer.stars"), (*stars, Choice(SKIP, say("answer.skip"))))

    def heard(self, said: Said, say: Say) -> Turn:
        picked = pick(self.prompt(say).choices, said.message)
        if picked is None:
            return again(self, say, "answer.stars_again")
        stars = int(picked.value.removeprefix("track.stars:"))
        if not stars:
            return Turn(self, (Reply(say("answer.thanks")),), enter=Enter(Door.RETURN))
        rated = _rated(self.code, stars, say)
        return replace(rated, records=(Rate(self.code, stars),))


class AskPoor(State, frozen=True, tag="track.poor"):
    """We asked once what was missing; whatever is written is passed on, and may be nothing."""

    code: str
    stars: int

    def prompt(self, say: Say) -> Reply:
        return Reply(say("answer.poor"), (Choice(SKIP, say("answer.skip")),))

    def heard(self, said: Said, say: Say) -> Turn:
        reason = said.message.text.strip()
        skipped = exact(self.prompt(say).choices, said.message) or plain(reason) in SKIPPING
        if not skipped and (enter := commanded(reason)):
            return Turn(self, enter=enter)
        given = reason and not skipped
        told = Reply(say("answer.poor_thanks" if given else "answer.thanks"))
        records = (Rate(self.code, self.stars, reason),) if given else ()
        return Turn(self, (told,), records=records, enter=Enter(Door.RETURN))


def _rated(code: str, stars: int, say: Say, *before: str) -> Turn:
    """Thank for the stars; few of them are asked about."""
    if stars <= LOW:
        return ask(AskPoor(code, stars), say, *before)
    told = before or (say("answer.thanks"),)
    return Turn(AskStars(code), (Reply(" ".join(told)),), enter=Enter(Door.RETURN))
