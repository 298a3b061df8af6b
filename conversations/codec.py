"""Sessions as they are stored, and back: no body is ever too old or too broken to read."""

from conversations.menu import Menu
from conversations.turn import State

KINDS: tuple[type[State], ...] = (Menu,)
"""Every state a session can rest in. A state that is missing here cannot be stored."""
