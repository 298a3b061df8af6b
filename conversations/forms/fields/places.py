"""Where something is: a point on the map, or described in words."""

from typing import ClassVar

from conversations.forms.fields.asked import Asked, Asking, Outcome, Unclear
from conversations.forms.fields.texts import one_line, picks
from conversations.messages import Inbound, Place, Reply
from conversations.say import Say
from conversations.turn import Answered
from registry_client.masking import hidden


class AskPlace(Asking, frozen=True, tag="place"):
    """Asks for a location, with the channel's own button for it."""

    example = "form.place_example"
    takes_place = True
    free = True
    shortest: ClassVar[int] = 5  # letters: "Dusun" says nothing yet, "RT 2 dekat masjid" does
    longest: ClassVar[int] = 300

    def question(self, asked: Asked) -> Reply:
        label = asked.say("form.send_place")
        return Reply(asked.text, ask_place=True, place_label=label)

    def read(self, asked: Asked, message: Inbound) -> Outcome:
        if message.place:
            return located(asked.field.key, message.place, asked.say)
        words = one_line(message.text)[: self.longest]
        if sum(map(str.isalpha, words)) < self.shortest or picks(words):
            return Unclear("form.place_unclear")
        return asked.got(words, hidden(words))


def located(key: str, place: Place, say: Say) -> Answered:
    """Return the answer that *place* is to field *key*."""
    return Answered(key, "", say("form.place_pinned"), place=place)
