"""How a form ends that is not sent: as its citizen wished, or because its row is gone."""

from conversations.menu import Menu
from conversations.messages import Reply
from conversations.say import Say
from conversations.turn import Door, Enter, Turn


def dropped(say: Say) -> Turn:
    """Throw the form away, as the citizen wished."""
    return Turn(Menu(), (Reply(say("form.dropped")),), enter=Enter(Door.REST))


def gone(say: Say) -> Turn:
    """Tell that the service is offered no longer, and lead back to the menu."""
    return Turn(Menu(), (Reply(say("form.changed")),), enter=Enter(Door.MENU))
