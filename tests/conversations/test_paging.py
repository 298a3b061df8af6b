"""More choices than a channel shows come a page at a time, whatever the question is."""

import pytest
from msgspec.structs import replace

from bot.district.wording import load_voices
from conversations import codec
from conversations.forms.fields.areas import AskDesa
from conversations.forms.fields.table import AnyAsking
from conversations.forms.fill import Fill
from conversations.menu import Menu
from conversations.messages import Address, Channel, Choice, Reply
from conversations.paging import ROOM, clipped, cut
from conversations.session import Session
from conversations.turn import Draft, Turn
from handlers.sms_text import render
from handlers.whatsapp_shown import messages
from referrals.district.directory import District
from tests.conversations import limits
from tests.conversations.forms.citizens import DISTRICT, FOLDER
from tests.conversations.test_session import said

KECAMATAN, DESA = 23, 31
IN_FIRST = AskDesa("99.00")


def wide() -> District:
    """Return a district of many kecamatan, with many desa in the first of them."""
    above, below = DISTRICT.areas["99.01.01"], DISTRICT.areas["99.01.01.2001"]
    names = [f"Kecamatan {chr(65 + n)}" for n in range(KECAMATAN)]
    areas = {f"99.{n:02}": replace(above, code=f"99.{n:02}", name=a) for n, a in enumerate(names)}
    codes = [f"d{n:02}" for n in range(1, DESA + 1)]
    areas |= {c: replace(below, code=c, name=f"Desa {c}", parent="99.00") for c in codes}
    return replace(DISTRICT, areas=areas)


WIDE = wide()
VOICES = load_voices(WIDE, FOLDER)


class Asked:
    """Somebody who was asked where they live, on *channel*."""

    def __init__(
        self, asking: AnyAsking | None = None, channel: Channel = Channel.TELEGRAM
    ) -> None:
        self.session = Session(
            sender=Address(channel, "+628110001"),
            language="id",
            state=Fill(Draft("PBI_USUL"), "area", asking),
            consent=WIDE.consent_version,
        )
        self.reply = Reply("")
        self.sends("ulang dong", picked="word:again")

    def sends(self, text: str = "", picked: str | None = None) -> "Asked":
        """Send one message; the session is stored and read back, as between any two."""
        stored = codec.load(codec.dump(self.session), self.session.sender)
        assert stored == self.session
        self.session, turn = stored.step(said(text, picked, stored.sender), VOICES)
        (self.reply,) = turn.replies
        limits.check(self.reply)
        return self

    @property
    def numbers(self) -> list[int]:
        """The numbers in sight, 0 for the way to the next page."""
        return [number for number, _ in self.reply.numbered]

    @property
    def turns(self) -> str:
        """The value of the choice that turns the page."""
        return next(c.value for n, c in self.reply.numbered if not n)


def test_numbers_go_on_counting() -> None:
    """Ten rows at most, the last of them for more: the next page counts on; all comes round."""
    asked = Asked()
    question = asked.reply.text
    assert asked.numbers == [1, 2, 3, 4, 5, 6, 7, 8, 9, 0]
    assert asked.sends(picked=asked.turns).numbers == [*range(10, 19), 0]
    assert asked.reply.text == question
    assert asked.sends(picked=asked.turns).numbers == [*range(19, 24), 0]
    assert asked.sends(picked=asked.turns).numbers[0] == 1


def test_any_number_and_name_is_heard() -> None:
    """What stands on another page can be picked by number or name without turning to it."""
    for text in ("19", "kecamatan s", "Kecamatan S"):
        asked = Asked().sends(text)
        assert isinstance(asked.session.state, Fill)
        assert asked.session.state.asking == AskDesa("99.18")


@pytest.mark.parametrize("text", ["LAGI", "lagi", "Lihat pilihan lainnya", "berikutnya", "more"])
def test_the_next_page_in_words(text: str) -> None:
    """Who cannot tap writes LAGI, on any channel."""
    assert Asked().sends(text).numbers[0] == 10
    assert Asked(channel=Channel.WHATSAPP).sends(text).sends(text).numbers[0] == 19


def test_some_choices_stand_on_every_page() -> None:
    """Who does not know the desa can say so on each page, and by the same number."""
    asked = Asked(IN_FIRST)
    for first in (1, 9, 17, 25):
        assert asked.numbers[0] == first
        assert asked.reply.choices[-1].label == "Tidak tahu desanya"
        assert asked.numbers[-1] == DESA + 1
        assert len(asked.numbers) <= ROOM
        asked.sends(picked=asked.turns)
    known = asked.sends("32").session.state.unfinished()
    assert known
    assert known.answer("area").value == "99.00"


def test_a_page_is_kept_while_the_question_is() -> None:
    """What is not understood is asked about on the same page; another question begins its own."""
    asked = Asked().sends("lagi").sends("qwzx")
    assert asked.numbers[0] == 10
    asked.sends("1")
    assert asked.session.page == 0
    assert asked.numbers[0] == 1
    assert asked.sends("kembali").numbers[0] == 1


def test_an_old_list_is_answered_kindly() -> None:
    """The way to more, tapped where there is no more, or made up, only asks the question again."""
    for old in ("page:1", "page:", "page:-1", "page:x"):
        asked = Asked().sends("menu").sends(picked=old)
        assert isinstance(asked.session.state, Menu)
        assert "page" not in asked.reply.text
    assert Asked().sends(picked="page:x").numbers[0] == 1
    assert Asked().sends(picked="page:77").numbers[0] in {1, 10, 19}


def test_as_telephones_show_it() -> None:
    """SMS counts on and says how to see more; WhatsApp shows a list of ten rows."""
    text = render(Asked(channel=Channel.SMS).sends("lagi").reply)
    assert "10. Kecamatan J\n" in text
    assert "18. Kecamatan R\nLAGI: pilihan lain" in text
    (shown,) = messages(Asked(channel=Channel.WHATSAPP).reply)
    assert shown.count("( )") == ROOM
    assert "( ) Lihat pilihan lainnya" in shown


def test_long_names_are_clipped() -> None:
    """A label is cut to what a row can hold."""
    assert clipped("Kecamatan") == "Kecamatan"
    assert len(clipped("Kecamatan Sungai Panjang Sekali")) == limits.LABEL


def test_only_what_is_long_is_cut() -> None:
    """A short message beside a long list stays as it is."""
    many = Reply("Yang mana?", tuple(Choice(f"x:{n}", f"Nomor {n}") for n in range(11)))
    turn = cut(Turn(Menu(), (Reply("Baik."), many)), 1, VOICES["id"])
    assert turn.replies[0] == Reply("Baik.")
    assert turn.replies[1].numbers == (10, 11, 0)
