"""What is kept at hand of whole messages and drafts, so that one turn reads them once.

Single words and the district's rows are kept at hand elsewhere: nobody's words can be put
together from those, and a word with a digit in it, as a number or an account has, is in none.
"""

from conversations.hearing import alarms, words
from conversations.turn import prompted

OF_SOMEBODY = (prompted, alarms.heard, words.plain, words.sure)


def let_go() -> None:
    """Keep nothing of it any more: somebody's words were erased, and nobody knows which."""
    for kept in OF_SOMEBODY:
        kept.cache_clear()
