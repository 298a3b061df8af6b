"""The day's texts to a telephone are used up: what is answered all the same, and the last word.

The conversation stays where it is, and goes on tomorrow.
"""

from conversations import listening
from conversations.hearing.alarms import Alarm, card
from conversations.messages import Inbound, Reply
from conversations.say import Say
from conversations.turn import State

DESK = "desk"  # purpose of the number of our own desk


def goes_on(state: State, message: Inbound, say: Say) -> bool:
    """Say whether *message* is answered as ever: nobody is left alone on the safe path."""
    return state.safe or listening.alarm(message, say) is Alarm.VIOLENCE


def numbers(message: Inbound, say: Say) -> str:
    """Return the numbers to call where *message* raises an alarm, else nothing."""
    alarm = listening.alarm(message, say)
    return card(say, alarm) if alarm else ""


def last_word(say: Say) -> Reply:
    """Return how to go on without us today: the desk's number, or where it is."""
    hotlines = say.district.hotlines
    desk = next((one.number for one in hotlines if one.active and DESK in one.purpose), "")
    where = say.district.office.in_language(say.language)
    how = say("door.spent_call", number=desk) if desk else say("door.spent_come", office=where)
    return Reply(say("door.spent", how=how))
