"""The district's rows to look at, and who may."""

import re
from pathlib import Path

import pytest

from bot.console.settings import _named
from bot.district.findings import Finding
from referrals.district.staffing import Power
from tests.web.console.conftest import Console
from tests.web.stage import Page
from web.console.addresses import DISTRICT
from web.console.district import DISTRICT_PAGES, FRESH, SUBJECTS, Mistake
from web.voice import load_voices

EVERY = [DISTRICT, *(f"{DISTRICT}/{subject}" for subject in SUBJECTS)]
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w+|https?://|whsec_|\+62\d{8}|_SECRET|_KEY")


@pytest.mark.parametrize("path", EVERY)
async def test_every_subject_has_a_page(console: Console, path: str) -> None:
    """In both languages, with no markup but ours, and its mistakes beside it."""
    supervisor = await console.sign_in("supervisor")
    for language in ("id", "en"):
        status, text = await supervisor.get(path, lang=language)
        page = Page(text)
        assert status == 200
        assert page.strange() == []
        assert "satupintu check" in page.text


async def test_only_who_may_sees_them(console: Console) -> None:
    """A role without the power gets the constant page of a refusal, everywhere."""
    for role in console.district.staff_roles.values():
        somebody = await console.sign_in(role.code)
        status, _ = await somebody.get(DISTRICT)
        assert status == (200 if Power.SETTINGS in role.powers else 403)


async def test_a_service_shows_its_form(console: Console) -> None:
    """Each question with what it takes, when it is asked, and whether the office sees it."""
    supervisor = await console.sign_in("supervisor")
    for service in console.district.services.values():
        _, text = await supervisor.get(f"{DISTRICT}/services/{service.code}")
        told = Page(text).text
        for field in service.fields:
            assert field.ask.id in told
    assert (await supervisor.get(f"{DISTRICT}/services/NONE"))[0] == 404


async def test_no_address_and_no_secret_is_shown(console: Console) -> None:
    """Of a way to an office its kind is told; where it leads and what opens it is not."""
    supervisor = await console.sign_in("supervisor")
    _, text = await supervisor.get(f"{DISTRICT}/agencies")
    assert ADDRESS.findall(Page(text).text) == []
    for agency in console.district.agencies.values():
        assert agency.name.id in Page(text).text


async def test_every_sentence_can_be_read(console: Console) -> None:
    """The wording comes part by part, in each language, and an unknown part is the first."""
    supervisor = await console.sign_in("supervisor")
    _, text = await supervisor.get(f"{DISTRICT}/wording", part="track")
    assert "Sekarang giliran Bapak/Ibu menjawab." in Page(text).text
    assert "track.your_turn" in Page(text).text
    _, first = await supervisor.get(f"{DISTRICT}/wording", part="<script>")
    assert "menu." in Page(first).text


async def test_mistakes_stand_beside_their_subject(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistake in a file is told with its line, on its subject's page and on the overview."""
    faults = [Mistake("services/rumah.yaml", 7, "no agency has role 'x'")]
    pages = console.app[DISTRICT_PAGES]
    monkeypatch.setattr(pages, "check", lambda _: faults)
    supervisor = await console.sign_in("supervisor")
    for path, there in ((DISTRICT, True), (EVERY[1], True), (EVERY[2], False)):
        _, text = await supervisor.get(path)
        assert ("services/rumah.yaml:7" in text) is there
    faults.clear()
    console.play.clock.move(seconds=FRESH.total_seconds() + 1)
    monkeypatch.setattr(pages, "check", lambda _: [])
    _, text = await supervisor.get(DISTRICT)
    assert "services/rumah.yaml:7" not in text


def test_no_path_of_this_machine_is_told(tmp_path: Path) -> None:
    """A file is named as the district's folder, or the program, knows it."""
    inside = Finding(str(tmp_path / "services" / "a.yaml"), 3, "x")
    assert _named(inside, tmp_path).file == "services/a.yaml"
    assert _named(Finding("conversations/wording/id/a.yaml", 3, "x"), tmp_path).file == (
        "conversations/wording/id/a.yaml"
    )
    assert _named(Finding("/elsewhere/b.yaml", 3, "x"), tmp_path).file == "b.yaml"


def test_every_code_has_a_name(console: Console) -> None:
    """Roles of offices, purposes of numbers and parts of the wording are words, not codes."""
    district = console.district
    coded = {
        "role": {role for one in district.services.values() for role in one.roles}
        | {role for one in district.agencies.values() for role in one.roles},
        "purpose": {purpose for one in district.hotlines for purpose in one.purpose},
        "part": {key.partition(".")[0] for key in console.app[DISTRICT_PAGES].texts["id"]},
    }
    for say in load_voices(district.calendar.zone).values():
        for kind, codes in coded.items():
            for code in codes:
                assert say(f"district_names.{kind}_{code}")


async def test_a_question_depends_on_answers_by_their_names(console: Console) -> None:
    """When a question is asked is told by what the other one is called, and its answers."""
    supervisor = await console.sign_in("supervisor")
    rows = console.district.services.values()
    asked = [(row, one.only_if.key) for row in rows for one in row.fields if one.only_if]
    assert asked
    for service, key in asked:
        _, text = await supervisor.get(f"{DISTRICT}/services/{service.code}")
        assert "hanya kalau" in text
        assert f"kalau {key} =" not in text


def test_a_code_that_nobody_named_is_shown_as_it_is(console: Console) -> None:
    """A district's own role needs no words of ours."""
    say = load_voices(console.district.calendar.zone)["id"]
    assert say.named("district_names.role_", "dinas_kelautan") == "dinas kelautan"
