"""Each step of the agency's page: its form, its command, and what is missing from it."""

import re
from datetime import date

import pytest
from msgspec.structs import replace

from casework.desk.asked import ASKED
from casework.desk.deeds import Merge, Propose, Spare, Step, Strike
from casework.desk.steps import BY_HAND
from casework.ticket.step_names import StepName
from casework.ticket.views import Family, FileShown, Help, Proposal, Twin
from referrals import commands as c
from referrals.choosing import Refusal
from referrals.roles import Role
from referrals.ticket import ClosedBecause, TicketState
from tests.web.stage import BROWSER, NOW, ONCE, OURS, TOKEN, Client, Desk, Page, leg_view
from web.offices.agency_form import STEP_OF
from web.offices.steps import SAID_WHY

PATH = f"/agency/{TOKEN}"
SAID = "Menunggu blangko dari pusat."
TWIN = Twin("482109999", "KTP", TicketState.REFERRED, NOW, "Puskesos", "place")
FULL = leg_view(
    actions=tuple(StepName),
    role=Role.VERIFIER,
    twins=(TWIN,),
    milestones=(("musdes", "Musyawarah desa"),),
    awaited=7,
    proposal=Proposal("satu-pintu", "Uji coba."),
)

FORMS: list[tuple[dict[str, str], Step]] = [
    (
        {"action": "hold", "review": "2026-12-01", "milestone": "musdes", "words": SAID},
        c.Hold(leg=2, review=date(2026, 12, 1), milestone="musdes"),
    ),
    (
        {"action": "hold", "review": "2026-12-01", "milestone": "", "words": SAID},
        c.Hold(leg=2, review=date(2026, 12, 1)),
    ),
    ({"action": "resume"}, c.Resume(leg=2)),
    ({"action": "milestone", "milestone": "musdes"}, c.ReportMilestone(milestone="musdes")),
    ({"action": "milestone", "words": SAID}, c.ReportMilestone()),
    (
        {"action": "escalate", "better": "perkim-prov", "words": SAID},
        c.Escalate(leg=2, agency="perkim-prov", rule=BY_HAND),
    ),
    (
        {"action": "add", "better": "dinsos", "words": SAID},
        c.AddAgency(agency="dinsos", rule=BY_HAND),
    ),
    ({"action": "out_of_scope", "words": SAID}, c.MarkOutOfScope()),
    ({"action": "merge", "twin": "482109999"}, Merge("482109999")),
    ({"action": "recall", "leg": "2", "words": SAID}, c.Recall(leg=2)),
    (
        {"action": "hand_over", "system": "Ombudsman RI", "number": "77"},
        c.HandOver(system="Ombudsman RI", number="77"),
    ),
    ({"action": "reached", "how": "phone"}, c.Reach(of=7, by_hand=True)),
    ({"action": "reopen", "words": SAID}, c.Reopen()),
    ({"action": "void", "because": "void", "words": SAID}, Propose()),
    ({"action": "void", "because": "abuse", "words": SAID}, Propose(ClosedBecause.ABUSE)),
    ({"action": "overturn", "words": SAID}, c.Overturn()),
    ({"action": "uphold", "words": SAID}, c.Uphold()),
    ({"action": "strike"}, Strike()),
    ({"action": "spare"}, Spare()),
]


@pytest.mark.parametrize(("form", "step"), FORMS)
async def test_each_step_is_done_once_and_confirmed(
    page: Client, desk: Desk, form: dict[str, str], step: Step
) -> None:
    """A filled form becomes its step, under the name of the form; the page says what happened."""
    desk.view = FULL
    answer = await page.post(
        PATH, data={**form, "once": ONCE}, headers=OURS, allow_redirects=False
    )
    assert answer.status == 303
    assert desk.done == [(step, form.get("words", ""))]
    assert desk.names == [f"{ONCE}/{form['action']}"]
    told = Page(await (await page.get(answer.headers["Location"], headers=BROWSER)).text())
    assert "Tercatat" in told.text


FAULTS = [
    ({"action": "hold", "words": SAID}, "hari ini sampai 30 hari"),
    ({"action": "hold", "review": "2026-11-19", "words": SAID}, "hari ini sampai 30 hari"),
    ({"action": "hold", "review": "x", "words": SAID}, "Tanggal belum terbaca"),
    (
        {"action": "hold", "review": "2026-12-01", "milestone": "bulan", "words": SAID},
        "satu tahap",
    ),
    ({"action": "hold", "review": "2026-12-01"}, "beberapa kata"),
    ({"action": "milestone"}, "beberapa kata"),
    ({"action": "escalate", "better": "dinsos", "words": SAID}, "satu kantor"),
    ({"action": "add", "better": "perkim-prov", "words": SAID}, "satu kantor"),
    ({"action": "merge", "twin": "100000009"}, "satu tiket"),
    ({"action": "recall", "leg": "9", "words": SAID}, "satu kantor"),
    ({"action": "hand_over", "system": "Bulan", "number": "7"}, "satu dari daftar"),
    ({"action": "hand_over", "system": "Ombudsman RI", "number": ""}, "nomornya"),
    ({"action": "reached", "how": "mimpi"}, "satu cara"),
    ({"action": "uphold", "words": ""}, "beberapa kata"),
    ({"action": "void", "words": SAID}, "Pilih satu alasan"),
    ({"action": "void", "because": "abuse", "words": "x"}, "beberapa kata"),
]


@pytest.mark.parametrize(("form", "told"), FAULTS)
async def test_a_faulty_form_is_explained(
    page: Client, desk: Desk, form: dict[str, str], told: str
) -> None:
    """Nothing is done, what is missing is said, and the step stands open again."""
    desk.view = FULL
    answer = await page.post(PATH, data=form, headers=OURS)
    text = Page(await answer.text())
    assert answer.status == 422
    assert desk.done == []
    assert told in text.text
    (opened,) = [d for d in text.all("details") if "open" in d]
    assert form["action"] in str(opened["class"])


def test_every_step_has_a_form_and_a_place() -> None:
    """What the lifecycle can offer, the page can show, fill in and confirm."""
    assert set(StepName) == set(ASKED) == set(STEP_OF)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("role", [Role.AGENCY, Role.VERIFIER, Role.SUPERVISOR,
                                  Role.APPEAL_OFFICER, Role.DATA_PROTECTION])  # fmt: skip
async def test_every_role_has_its_page(
    desk: Desk, page: Client, role: Role, language: str
) -> None:
    """Whoever holds a link reads whose page it is, and what waits; each form has a name."""
    for actions in (tuple(StepName), ()):
        desk.view = leg_view(
            role=role,
            actions=actions,
            state=TicketState.APPEAL,
            twins=(TWIN,),
            family=Family(
                (TWIN,), (Help("PKH", active=True, period="2026"),), "2026-T4", unproven=True
            ),
            milestones=(("musdes", "Musyawarah desa"),),
            files=(FileShown(1, 1, NOW, proof=False), FileShown(4, 1, NOW, proof=True)),
            telephone="+628120000002",
            awaited=7,
            proposal=Proposal("satu-pintu", "Uji coba."),
        )
        answer = await page.get(f"{PATH}?lang={language}", headers=BROWSER)
        shown = Page(await answer.text())
        assert answer.status == 200
        assert len(shown.all("form")) == len(actions)
        assert {"id": "NIK di tiket ini belum dibuktikan", "en": "is not proven"}[
            language
        ] in shown.text
        names = [i["value"] for i in shown.all("input") if i.get("name") == "once"]
        assert names == [ONCE] * len(actions)
        assert f"{PATH}/files/4-1" in [a.get("href") for a in shown.all("a")]


async def test_fields_are_required_where_they_are(desk: Desk, page: Client) -> None:
    """A browser asks for what is needed before it sends, and for nothing else."""
    desk.view = leg_view(actions=("return", "resolve", "hold"))
    shown = Page(await (await page.get(PATH, headers=BROWSER)).text())
    needed = {f["id"]: "required" in f for kind in ("textarea", "select", "input")
              for f in shown.all(kind) if "id" in f}  # fmt: skip
    assert needed == {
        "return-words": True,
        "return-better": False,
        "resolve-words": True,
        "resolve-files": True,
        "hold-review": True,
        "hold-words": True,
    }
    (upload,) = [f for f in shown.all("form") if f.get("enctype")]
    assert upload["enctype"] == "multipart/form-data"


@pytest.mark.parametrize("reason", sorted(SAID_WHY))
async def test_every_refusal_has_words(page: Client, desk: Desk, reason: str) -> None:
    """What can be refused for a reason of its own says so in both languages."""
    desk.refusal = Refusal(reason)
    for language in ("id", "en"):
        answer = await page.post(
            f"{PATH}?lang={language}", data={"action": "ask", "words": SAID}, headers=OURS
        )
        assert answer.status == 409


async def test_a_step_that_needs_a_photo_says_so_at_once(page: Client, desk: Desk) -> None:
    """Who solves something reads of the photo before they open the step, where one is needed."""
    for proof, label in ((True, "Selesai (perlu foto)"), (False, "Selesai")):
        desk.view = replace(leg_view(actions=("resolve",)), proof=proof)
        assert (
            f'<span class="do">{label}</span>'
            in await (await page.get(PATH, headers=BROWSER)).text()
        )


async def test_the_citizen_reads_the_reason_and_officers_know_it(page: Client) -> None:
    """The form says that a reason for returning or refusing is shown to the citizen."""
    text = Page(await (await page.get(PATH, headers=BROWSER)).text()).text
    assert "Warga membaca alasan Anda" in text
    assert "Warga membaca alasan, aturan dan penjelasan ini" in text
    assert not re.search(r"Wilayah\s*-", text)
