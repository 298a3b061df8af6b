"""What a village's people read goes through every channel, and holds what they can type next."""

import pytest

from conversations.messages import Reply
from conversations.say import Say
from conversations.village import answers
from conversations.village.answers import MOST, Row
from conversations.village.lines import MARK, Deed, Word, read
from tests.conversations.limits import check
from tests.conversations.town import DISTRICT, VOICES

CODE = "482109379"
OFFERED = tuple(deed for deed in Deed if deed is not Deed.OPEN)
SERVICES = tuple(service.label for service in DISTRICT.services.values())


@pytest.fixture(params=sorted(VOICES))
def say(request: pytest.FixtureRequest) -> Say:
    """Return the voice of each language."""
    return VOICES[request.param]


def rows(say: Say, number: int) -> list[Row]:
    """Return *number* cases of the services with the longest names."""
    names = sorted((label.in_language(say.language) for label in SERVICES), key=len)
    return [Row(CODE, names[-1])] * number


def every(say: Say) -> list[Reply]:
    """Return one of each answer."""
    return [
        answers.menu(say),
        answers.bound(say, "Dewi Lestari"),
        answers.unknown(say),
        answers.parted(say),
        answers.listed(say, ()),
        answers.listed(say, rows(say, MOST)),
        answers.opened(say, *rows(say, 1), "Desa Sukamaju, Kecamatan Contoh", OFFERED),
        answers.gone(say),
        answers.done(say, CODE),
        answers.not_done(say, CODE),
        answers.noted(say),
        answers.words_missing(say),
        *(answers.fault(say, what) for what in ("nik", "proof", "quota")),
    ]


def test_every_channel_can_carry_them(say: Say) -> None:
    """No answer is too long for a message, nor has letters that a telephone lacks."""
    for reply in every(say):
        check(reply)


def test_the_menu_names_what_can_be_read(say: Say) -> None:
    """Each word of a line's own stands in it, and its button is the list."""
    menu = answers.menu(say)
    assert all(f"/desa {word.value}" in menu.text for word in Word if word is not Word.MENU)
    assert [read(MARK.sub("", one.value).strip()) for one in menu.choices] == [Word.TICKETS]
    assert answers.bound(say, "Dewi").text.endswith(menu.text)


def test_a_long_list_is_cut(say: Say) -> None:
    """More cases than one message holds are in the console."""
    assert answers.listed(say, rows(say, 99)) == answers.listed(say, rows(say, MOST))
    assert "4821 0937 9" in answers.listed(say, rows(say, 1)).text


def test_a_case_names_only_what_can_be_done(say: Say) -> None:
    """What stands there can be typed as it stands; nothing is offered that would be refused."""
    deeds = (Deed.ACCEPT, Deed.NOTE)
    text = answers.opened(say, *rows(say, 1), "", deeds).text
    typed = [read(line.removeprefix("/desa ")) for line in text.splitlines()[1:]]
    assert [getattr(line, "deed", None) for line in typed] == [*deeds]
    assert "naik" not in text
