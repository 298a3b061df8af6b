"""A letter that lies in our own inbox is out with the commit that wrote it."""

from casework.telling.letters import LETTER_TIMER
from referrals.ticket import LegState
from storage.replies.deliveries import DeliveryState
from tests.bot.living import story_of
from tests.bot.playing import Play
from tests.bot.posting import leg_of, news_of
from tests.bot.test_whole_loop import file_papers


async def test_what_lies_in_the_inbox_is_out_at_once(play: Play) -> None:
    """No courier comes for a letter that goes nowhere; the log says that it is out."""
    _, code = await file_papers(play)
    assert (await leg_of(play, code)).state is LegState.SENT
    assert await news_of(play, code) == [("inbox", DeliveryState.SENT)]
    assert await story_of(play, code) == ["submitted", "referred", "leg_sent"]
    assert await play.house.store.claim_timers(LETTER_TIMER, play.clock.now(), 9) == []
