"""A gateway may delay, fail and forget to answer: every citizen reads everything in order."""

from tests.bot.ordering import Found, first_times, steady, written

CITIZENS, REPLIES = 10, 4
PATIENCE = 240.0  # seconds: failed tries wait half a minute and more, and machines are busy


async def test_two_parts_through_a_moody_gateway_arrive_in_order(database_url: str) -> None:
    """Both parts of each reply, each reply after the one before, none lost, all receipts kept."""
    found = await written(
        database_url, replies=REPLIES, citizens=CITIZENS, seed=1, patience=PATIENCE
    )
    assert found.failed > 0
    assert found == Found(
        parts=2 * CITIZENS * REPLIES, repeated=found.repeated, failed=found.failed
    )


def test_what_is_out_of_order_would_be_seen() -> None:
    """A part before its time, or once more after the next one, is no order."""
    assert steady([(1, 0), (1, 0), (1, 1), (2, 0)])
    assert not steady([(1, 0), (1, 1), (1, 0)])
    assert not steady([(2, 0), (1, 0)])
    assert first_times([(1, 0), (1, 0), (1, 1)]) == [(1, 0), (1, 1)]
