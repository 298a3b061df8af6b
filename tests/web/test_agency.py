"""The page behind a signed link."""

from datetime import date

import pytest

from casework.desk.asked import LONGEST
from referrals.at_work import Decline, Resolve
from referrals.choosing import Refusal
from referrals.commands import Accept, Ask, Command, ReferAgain, Return, Route
from referrals.district.directory import Priority
from referrals.roles import Role
from referrals.ticket import OPEN_LEGS, LegState, TicketState
from tests.web.stage import BROWSER, OURS, TOKEN, Client, Desk, Page, agency_app, client, leg_view

PATH = f"/agency/{TOKEN}"
EVIL = "\"'><script>alert(1)</script><img-x onerror=alert(1)>{{9091*7}}"
SAID = "Bantuan atap sudah dikirim."


async def shown(page: Client, path: str = PATH, **headers: str) -> Page:
    """Return the page at *path*."""
    answer = await page.get(path, headers={**BROWSER, **headers})
    return Page(await answer.text())


async def test_it_shows_what_the_agency_needs(page: Client) -> None:
    """Service, code in groups, promise, area, answers and history stand on the page."""
    text = (await shown(page)).text
    for told in (
        "Perbaikan Rumah", "4821 0937 9", "Ditanggapi paling lambat", "24 November 2026",
        "Batas waktu selesai", "4 Januari 2027", "Desa Sukamaju", "Bocor",
    ):  # fmt: skip
        assert told in text
    assert "18 November 2026, 05.05 WIB" in text  # the citizen's clock, in the district's zone
    assert "Diteruskan kepada Anda" in text


async def test_it_speaks_english_when_asked(page: Client) -> None:
    """?lang=en, or a browser that prefers English, gets the same page in English."""
    for told in (
        await shown(page, PATH + "?lang=en"),
        await shown(page, **{"Accept-Language": "en-GB,id;q=0.5"}),
    ):
        assert "House repair" in told.text
        assert "Accept this ticket" in told.text
        assert "Bocor" in told.text  # what was said stays as it was said


FORMS: list[tuple[dict[str, str], Command, str]] = [
    ({"action": "accept", "expected": ""}, Accept(leg=2), ""),
    (
        {"action": "accept", "expected": "2026-12-01"},
        Accept(leg=2, expected=date(2026, 12, 1)),
        "",
    ),
    ({"action": "return", "words": SAID, "better": ""}, Return(leg=2), SAID),
    ({"action": "return", "words": SAID, "better": "desa"}, Return(leg=2, better="desa"), SAID),
    ({"action": "ask", "words": SAID}, Ask(leg=2), SAID),
    ({"action": "resolve", "words": SAID}, Resolve(leg=2), SAID),
    (
        {"action": "decline", "reason": "quota", "rule": "Perbup 7 pasal 3", "words": SAID},
        Decline(leg=2, reason="quota"),
        f"{SAID} (Perbup 7 pasal 3)",
    ),
    (
        {"action": "refer", "better": "dinsos", "words": SAID},
        ReferAgain(agency="dinsos", rule="by_hand"),
        SAID,
    ),
]


@pytest.mark.parametrize(("form", "command", "words"), FORMS)
async def test_each_step_is_done_and_confirmed(
    page: Client, desk: Desk, form: dict[str, str], command: Command, words: str
) -> None:
    """A filled form becomes its command; the browser is led back and told what happened."""
    answer = await page.post(PATH, data=form, headers=OURS, allow_redirects=False)
    assert answer.status == 303
    assert desk.done == [(command, words)]
    told = await shown(page, answer.headers["Location"])
    assert "Tercatat" in told.text


async def test_what_hides_in_an_officers_words_goes_no_further(page: Client, desk: Desk) -> None:
    """Control characters, and marks that turn writing round, are left out as of a citizen's."""
    form = {"action": "ask", "words": "\u202e\x00Apa\u2066 betul\u200f?\u200b"}
    await page.post(PATH, data=form, headers=OURS, allow_redirects=False)
    assert desk.done == [(Ask(leg=2), "Apa betul?")]
    answer = await page.post(PATH, data={**form, "words": "\u202e\u200b\u200f"}, headers=OURS)
    assert answer.status == 422


async def test_refer_verifies_what_no_agency_had(page: Client, desk: Desk) -> None:
    """The desk's one step on a new ticket is row 6, on a returned one row 15."""
    desk.view = leg_view(state=TicketState.SUBMITTED, role=Role.VERIFIER, actions=("refer",))
    form = {"action": "refer", "better": "dinsos", "words": SAID}
    await page.post(PATH, data=form, headers=OURS, allow_redirects=False)
    assert desk.done == [(Route(agency="dinsos", rule="by_hand"), SAID)]


async def test_the_desk_reads_what_it_has_to_do(page: Client, desk: Desk) -> None:
    """The desk's page speaks of the desk's turn, not of the agency's that returned it."""
    returned = {"state": TicketState.TRIAGE, "leg_state": LegState.RETURNED}
    desks = {"role": Role.VERIFIER, **returned}
    desk.view = leg_view(**desks, actions=("refer",))
    assert "menunggu sekretariat" in (await shown(page)).text
    desk.view = leg_view(**desks, actions=("hand_over",))
    assert "pimpinan yang memutuskan" in (await shown(page)).text
    desk.view = leg_view(**{**desks, "state": TicketState.REFERRED}, actions=())
    assert "bukan giliran sekretariat" in (await shown(page)).text
    desk.view = leg_view(**desks, unreached=True, actions=("reached",))
    assert "telepon atau datangi" in (await shown(page)).text


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("vault_stays", "laporan rahasia tidak dapat dikembalikan"),
        ("agency_not_allowed", "tidak boleh diteruskan ke kantor itu"),
        ("not_now", "keadaan tiket sudah berubah"),
    ],
)
async def test_a_refusal_says_why(page: Client, desk: Desk, reason: str, told: str) -> None:
    """What is never allowed is said so, and not called a second click."""
    desk.refusal = Refusal(reason)
    answer = await page.post(PATH, data={"action": "return", "words": SAID}, headers=OURS)
    text = await answer.text()
    assert answer.status == 409
    assert told in text.lower()
    assert ("tidak dicatat dua kali" in text.lower()) is (reason == "not_now")


async def test_sending_twice_acts_once(page: Client, desk: Desk) -> None:
    """The second of two equal clicks does nothing and is answered kindly."""
    form = {"action": "resolve", "words": SAID}
    await page.post(PATH, data=form, headers=OURS, allow_redirects=False)
    answer = await page.post(PATH, data=form, headers=OURS, allow_redirects=False)
    assert answer.status == 409
    assert "Tidak dicatat dua kali" in await answer.text()
    assert len(desk.done) == 1


async def test_the_form_itself_is_sent_once(page: Client) -> None:
    """The page brings the script that lets a form go only once."""
    scripts = [s["src"] for s in (await shown(page)).all("script")]
    assert [s for s in scripts if s and s.startswith("/static/once.js")]


FAULTS = [
    ({"action": "accept", "expected": "besok"}, "Tanggal belum terbaca"),
    ({"action": "accept", "expected": "2026-11-19"}, "hari ini atau sesudahnya"),
    ({"action": "accept", "expected": "2206-12-01"}, "hari ini atau sesudahnya"),
    ({"action": "return", "words": ""}, "tulis beberapa kata"),
    ({"action": "return", "words": SAID, "better": "bulan"}, "Pilih satu kantor"),
    ({"action": "ask"}, "tulis beberapa kata"),
    ({"action": "resolve", "words": " \r\n "}, "tulis beberapa kata"),
    ({"action": "resolve", "words": "a" * (LONGEST + 1)}, "terlalu panjang"),
    ({"action": "decline", "words": SAID}, "Pilih satu alasan"),
    ({"action": "decline", "reason": "quota", "words": SAID}, "sebutkan aturannya"),
    (
        {"action": "decline", "reason": "quota", "rule": "a" * 201, "words": SAID},
        "terlalu panjang",
    ),
    ({"action": "decline", "reason": "quota", "rule": "Perbup 7", "words": "x"}, "beberapa kata"),
    ({"action": "refer", "better": "", "words": SAID}, "Pilih satu kantor"),
    ({"action": "close", "words": SAID}, "tidak kami kenal"),
    ({}, "tidak kami kenal"),
]


@pytest.mark.parametrize(("form", "told"), FAULTS)
async def test_a_faulty_form_is_explained(
    page: Client, desk: Desk, form: dict[str, str], told: str
) -> None:
    """Nothing is done, the page says what is missing, and what was typed is still there."""
    answer = await page.post(PATH, data=form or {"x": ""}, headers=OURS)
    text = await answer.text()
    assert answer.status == 422
    assert desk.done == []
    assert told in text
    if SAID in form.values() and form["action"] != "close":
        assert SAID in text


async def test_a_fault_is_tied_to_its_field(page: Client) -> None:
    """The field in question is marked and described for people who hear the page."""
    form = {"action": "decline", "reason": "quota", "rule": "Perbup 7", "words": ""}
    told = Page(await (await page.post(PATH, data=form, headers=OURS)).text())
    (field,) = [f for f in told.all("textarea") if f.get("aria-invalid")]
    assert "decline-words-fault" in (field["aria-describedby"] or "")
    assert "decline-words-fault" in [p.get("id") for p in told.all("p")]
    (opened,) = [d for d in told.all("details") if "open" in d]
    assert "decline" in (opened["class"] or "")


@pytest.mark.parametrize("token", ["x", TOKEN + "x", "a" * 300])
async def test_a_wrong_link_gets_one_constant_page(page: Client, token: str) -> None:
    """Bad, expired and revoked links look alike, and nothing of them is repeated."""
    for answer in (
        await page.get(f"/agency/{token}", headers=BROWSER),
        await page.post(f"/agency/{token}", data={"action": "accept"}, headers=OURS),
    ):
        text = await answer.text()
        assert answer.status == 404
        assert "tidak berlaku lagi" in text
        assert token not in text or token == "x"


async def test_no_text_becomes_markup() -> None:
    """Whatever a row, a citizen, an officer or an address says is shown, never run."""
    view = leg_view(
        agency_name=EVIL, service_label=EVIL, area_path=EVIL, note=EVIL,
        answers=((EVIL, EVIL),), history=((leg_view().opened_at, EVIL),),
        agencies=((EVIL, EVIL),), decline_reasons=((EVIL, EVIL),),
    )  # fmt: skip
    form = {"action": "return", "words": EVIL, "better": "nowhere", EVIL: EVIL}
    async with client(agency_app(Desk(view))) as browser:
        query = {"done": EVIL, "lang": EVIL}
        pages = [
            await browser.get(PATH, params=query, headers=BROWSER),
            await browser.post(PATH, data=form, headers=OURS, params=query),
            await browser.post(PATH, data={**form, "action": EVIL}, headers=OURS),
        ]
        texts = [await answer.text() for answer in pages]
    for text in texts:
        assert Page(text).strange() == []
        assert "63637" not in text  # what looks like a template is text, too
    assert EVIL in Page(texts[0]).text


async def test_only_possible_steps_are_offered(desk: Desk, page: Client) -> None:
    """A step that the lifecycle does not allow now has no form; the likeliest comes first."""
    desk.view = leg_view(actions=("return", "ask", "resolve", "decline"))
    steps = [str(d["class"]).split()[1] for d in (await shown(page)).all("details")]
    assert steps == ["resolve", "ask", "return", "decline"]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("state", TicketState)
async def test_every_state_has_words(
    desk: Desk, page: Client, state: TicketState, language: str
) -> None:
    """Whatever state ticket and leg are in, the page says what that means for the officer."""
    for leg_state in LegState:
        actions = ("accept",) if leg_state in OPEN_LEGS else ()
        desk.view = leg_view(
            state=state, leg_state=leg_state, actions=actions, respond_by=None, resolve_by=None
        )
        answer = await page.get(f"{PATH}?lang={language}", headers=BROWSER)
        assert answer.status == 200


@pytest.mark.parametrize("priority", Priority)
async def test_every_priority_has_words(desk: Desk, page: Client, priority: Priority) -> None:
    """P1 to P4 are said in words."""
    desk.view = leg_view(priority=priority, answers=(), history=(), files=(), area_path="")
    assert (await page.get(PATH, headers=BROWSER)).status == 200


@pytest.mark.parametrize("who", ["tetangga/kerabat", ""])
async def test_it_says_who_filed_it_for_whom(desk: Desk, page: Client, who: str) -> None:
    """Where somebody filed for somebody else, the facts say what they are to each other."""
    desk.view = leg_view(filed_by=who)
    text = (await shown(page)).text
    assert who in text
    assert ("Diajukan oleh" in text) is bool(who)


async def test_a_vault_ticket_is_marked(desk: Desk, page: Client) -> None:
    """A confidential ticket says so, and its confirmation tells nothing more."""
    desk.view = leg_view(vault=True, note="Hubungi jam 9 saja.")
    text = (await shown(page, PATH + "?done=resolve")).text
    assert "Tiket rahasia" in text
    assert "Hubungi jam 9 saja." in text
    assert "tidak dapat dikembalikan" in text
    assert "diteruskan kepada warga" not in text


async def test_it_is_framed_in_the_demo_only(desk: Desk) -> None:
    """Nobody may put the page into a frame, except the demo's own page."""
    for framed, ancestors in ((False, "'none'"), (True, "'self'")):
        async with client(agency_app(desk, framed=framed)) as browser:
            for path in (PATH, "/agency/x"):
                policy = (await browser.get(path)).headers["Content-Security-Policy"]
                assert policy.endswith(f"frame-ancestors {ancestors}")


@pytest.mark.parametrize("ahead", [{"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "preview"}])
async def test_a_program_that_looks_ahead_is_nobody(ahead: dict[str, str]) -> None:
    """A preview or a HEAD reads the page, and leaves the letter on its way; a person has it."""
    desk = Desk()
    async with client(agency_app(desk)) as browser:
        assert (await browser.head(PATH, headers=BROWSER)).status == 200
        assert (await browser.get(PATH, headers=BROWSER | ahead)).status == 200
        assert desk.openings == 0
        assert (await browser.get(PATH, headers=BROWSER)).status == 200
    assert desk.openings == 1
