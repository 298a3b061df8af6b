"""Replies that one message brings one after another, in as few messages as may be."""

from conversations.messages import Reply
from conversations.turn import introduced


def together(before: tuple[Reply, ...], after: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """Return both in their order; bare words right ahead of a reply make one message with it."""
    if not before or not after or before[-1] != Reply(before[-1].text):
        return before + after
    return (*before[:-1], introduced(after[0], before[-1].text), *after[1:])
