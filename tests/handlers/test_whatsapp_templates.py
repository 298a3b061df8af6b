"""Templates: which one is taken, what fills it, and what Meta would not approve."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from handlers.long_text import utf16_units
from handlers.whatsapp_templates import BODY_LIMIT, News, Part, Spelt, Template, faults, fitting

GOOD = Template(
    name="kabar_tiket",
    parameters=(Part.CODE, Part.NEWS),
    buttons=("ticket:status:{code}",),
    texts=(
        Spelt(language="id", body="Kabar {{1}}: {{2}} Terima kasih.", buttons=("Status",)),
        Spelt(language="en", body="News {{1}}: {{2}} Thank you.", buttons=("Status",)),
    ),
)
PLAIN = Template(
    name="kabar",
    parameters=(Part.NEWS,),
    texts=(Spelt(language="id", body="Kabar: {{1}} Terima kasih."),),
)


def told(*templates: Template, text: str = "halo", code: str = "", language: str = "id") -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return the template message that tells the news."""
    body = fitting(templates, News(text, code, language))
    return None if body is None else json.loads(b"{" + body)["template"]


def test_a_ticket_takes_the_template_of_tickets() -> None:
    """The first one that fits is taken: of a ticket where there is one, else the plain one."""
    assert told(GOOD, PLAIN, code="482109379")["name"] == "kabar_tiket"
    assert told(GOOD, PLAIN)["name"] == "kabar"
    assert told(GOOD) is None


def test_the_language_is_theirs_where_it_was_approved() -> None:
    """Who speaks English reads it, unless the district has that template in Indonesian alone."""
    assert told(GOOD, code="482109379", language="en")["language"] == {"code": "en"}
    assert told(PLAIN, language="en")["language"] == {"code": "id"}


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=3000))
def test_news_are_one_line_that_fits(text: str) -> None:
    """No line break, no row of spaces, and the whole within Meta's limit."""
    (body,) = told(PLAIN, text=text)["components"]
    (parameter,) = body["parameters"]
    filled = PLAIN.texts[0].body.replace("{{1}}", parameter["text"])
    assert not {"\n", "\t"} & set(parameter["text"])
    assert "    " not in parameter["text"]
    assert utf16_units(filled) <= BODY_LIMIT


def test_long_news_end_between_two_words() -> None:
    """What is cut says so, and no word is torn."""
    (body,) = told(PLAIN, text="kata " * 900)["components"]
    assert body["parameters"][0]["text"].endswith("kata...")


def spelt(**changes: object) -> Template:
    """Return the good template with its Indonesian text changed."""
    text = replace(GOOD.texts[0], **changes)  # type: ignore[arg-type]  # given by name
    return replace(GOOD, texts=(text, GOOD.texts[1]))


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        (replace(GOOD, name="Kabar Tiket"), "name: at most 64 small letters"),
        (replace(GOOD, texts=GOOD.texts[:1]), "texts: none in 'en'"),
        (spelt(body="Kabar {{2}}: {{1}} Terima kasih."), "must hold {{1}} to {{2}}"),
        (spelt(body="Kabar {{1}}. Terima kasih."), "must hold {{1}} to {{2}}"),
        (spelt(body="Kabar {{1}}: {{2}} {{3}} ya."), "must hold {{1}} to {{2}}"),
        (spelt(body="{{1}}: {{2}} ya."), "must not begin or end"),
        (spelt(body="Kabar {{1}}: {{2}}"), "must not begin or end"),
        (spelt(body="Kabar {{1}}: {{2}} " + "a" * 900), "too long"),
        (spelt(buttons=()), "it has 0 buttons, the template 1"),
        (spelt(buttons=("Lihat status tiket ini",)), "1 to 20 characters"),
        (spelt(buttons=("",)), "1 to 20 characters"),
    ],
)
def test_what_meta_would_refuse_is_found(template: Template, fault: str) -> None:
    """Names, languages, holes, lengths and labels are looked at before anybody enters them."""
    assert any(fault in found for found in faults(template)), list(faults(template))


def test_a_good_template_has_no_fault() -> None:
    """Nothing is said about what is right."""
    assert list(faults(GOOD)) == []
