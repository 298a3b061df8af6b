"""A telephone number, kept as E.164."""

from conversations.forms.fields.asked import Asked, Asking, Outcome, Unclear
from conversations.forms.fields.own_number import means_own, number_meant, warns
from conversations.messages import Inbound, Reply
from conversations.phones import number_told, shown
from conversations.turn import Answered


class AskPhone(Asking, frozen=True, tag="phone"):
    """Asks for a number to call; SAMA means the one the citizen writes from."""

    example = "form.phone_example"
    takes_digits = True

    def question(self, asked: Asked) -> Reply:
        label, same = asked.say("form.send_phone"), asked.say("form.phone_same")
        return Reply(asked.text, ask_phone=True, phone_label=label, phone_same=same)

    def read(self, asked: Asked, message: Inbound) -> Outcome:
        wary, text = asked.service.safe_path, message.text
        if number := number_told(message.phone or "") or number_meant(text, wary=wary):
            return _answered(asked, number)
        if not means_own(text):
            return Unclear(
                "form.phone_refused" if warns(text, wary=True) else "form.phone_unclear"
            )
        own = number_told(message.own_number or "")
        return _answered(asked, own) if own else Unclear("form.phone_not_seen")


def _answered(asked: Asked, number: str) -> Answered:
    return asked.got(number, shown(number))
