"""The page where tickets are looked up: what it shows, and how little it weighs."""

import pytest

from casework.citizen.tracked import Proof
from conversations.news.shares import Share
from tests.web.stage import BROWSER, OURS, Client, Page
from tests.web.tracked_house import (
    CODE,
    EVIL,
    NIK_END,
    NOW,
    House,
    form_of,
    proven,
    ticket,
)

MOST_BYTES = 30_000


async def test_it_needs_no_script_and_little_room(lacak: Client) -> None:
    """Form and ticket with everything on them stay below 30 kB with all they load, no script."""
    for seen in (await lacak.get("/lacak", headers=BROWSER)).text, None:
        text = await seen() if seen else ""
        text = (
            text
            or await (
                await lacak.post("/lacak", data={"code": CODE, "proof": NIK_END}, headers=OURS)
            ).text()
        )
        parts = Page(text)
        size = len(text.encode())
        for link in parts.all("link") + parts.all("img") + parts.all("script"):
            loaded = await lacak.get(str(link.get("href") or link.get("src")))
            assert loaded.status == 200
            size += len(await loaded.read())
        assert parts.all("script") == parts.strange() == []
        assert size < MOST_BYTES


async def test_code_and_proof_stand_in_no_address(lacak: Client) -> None:
    """Forms post, where they lead says nothing, and the proof is never shown again."""
    answer = await lacak.post(
        "/lacak", data={"code": CODE, "proof": NIK_END}, headers=OURS, allow_redirects=False
    )
    assert (answer.status, answer.headers["Location"]) == (303, "/lacak")
    wrong = await lacak.post("/lacak", data={"code": CODE, "proof": "7351"}, headers=OURS)
    text = await wrong.text()
    assert "7351" not in text
    seen = await proven(lacak)
    for form in seen.all("form"):
        assert form["method"] == "post"
    links = [str(a.get("href")) for a in seen.all("a")]
    assert not [link for link in links if CODE in link or NIK_END in link]


async def test_what_was_typed_is_not_lost(lacak: Client, tracked: House) -> None:
    """Where something hindered, the form is open again with the words and the office picked."""
    tracked.wrong = "moved_on"
    form = form_of(await proven(lacak), reason="Atap <b>bocor</b>", share="2")
    answer = await lacak.post("/lacak/jawab", data=form, headers=OURS)
    text = await answer.text()
    assert answer.status == 409
    assert "Atap &lt;b&gt;bocor&lt;/b&gt;" in text
    assert '<option value="2" selected>' in text


async def test_words_stay_words(lacak: Client, tracked: House) -> None:
    """Whatever an office, a service or a citizen is called, it is text on the page."""
    tracked.view = ticket(
        service=EVIL, standing=EVIL, story=(EVIL,), offices=(EVIL,),
        proofs=(Proof(4, 1, "image/jpeg", EVIL, NOW),),
        shares={"belum": (Share(1, EVIL, done=True), Share(2, EVIL, done=False))},
    )  # fmt: skip
    seen = await proven(lacak)
    assert seen.strange() == []
    assert EVIL in seen.text


@pytest.mark.parametrize(
    ("code", "proof", "told"),
    [
        ("482109370", "0001", "salah ketik"),
        ("", "0001", "salah ketik"),
        (EVIL, "0001", "salah ketik"),
        (CODE, "12", "tepat 4 angka"),
        (CODE, "", "tepat 4 angka"),
        (CODE, "9999", "tidak cocok"),
        ("4821 0937 9", "0002", "tidak cocok"),
    ],
)
async def test_slips_are_told_kindly(
    lacak: Client, tracked: House, code: str, proof: str, told: str
) -> None:
    """A slip is told where it is one, and counts no try; all else gets one answer."""
    answer = await lacak.post("/lacak", data={"code": code, "proof": proof}, headers=OURS)
    seen = Page(await answer.text())
    assert answer.status == 422
    assert told in seen.text
    assert seen.strange() == []
    assert bool(tracked.tried) is (told == "tidak cocok")


async def test_proofs_are_shown_to_the_visit_alone(lacak: Client) -> None:
    """A photo opens with the visit; without it the address leads to the form."""
    led = await lacak.get("/lacak/bukti/4-1", allow_redirects=False)
    assert (led.status, led.headers["Location"]) == (303, "/lacak")
    await proven(lacak)
    assert await (await lacak.get("/lacak/bukti/4-1")).read() == b"png"
    assert (await lacak.get("/lacak/bukti/4-2", headers=BROWSER)).status == 404
