"""How far a long reply came before its channel failed."""

from conversations.messages import Reply
from handlers.begun import MOST, Begun

LONG, OTHER = Reply("satu"), Reply("dua")


def test_what_went_before_is_told_once() -> None:
    """The references of parts that went come back, and are forgotten then."""
    begun = Begun()
    begun.keep("1", LONG, ("a", "b"))
    assert begun.resume("2", LONG) == ()
    assert begun.resume("1", LONG) == ("a", "b")
    assert begun.resume("1", LONG) == ()


def test_another_reply_starts_at_its_beginning() -> None:
    """The one cut short was given up: its parts are nobody else's."""
    begun = Begun()
    begun.keep("1", LONG, ("a",))
    assert begun.resume("1", OTHER) == ()
    assert begun.resume("1", LONG) == ()


def test_of_what_did_not_begin_nothing_is_kept() -> None:
    """A first part that failed leaves nothing to go on from."""
    begun = Begun()
    begun.keep("1", LONG, ())
    assert begun.resume("1", LONG) == ()


def test_what_nobody_goes_on_with_is_forgotten_some_day() -> None:
    """Replies that were given up, or went elsewhere, fill no memory."""
    begun = Begun()
    for to in range(MOST + 1):
        begun.keep(str(to), LONG, ("a",))
    assert begun.resume("0", LONG) == ()
    assert begun.resume("1", LONG) == ("a",)
