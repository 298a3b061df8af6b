"""A case: what its reader may see and do, whom the citizen hears from, and who looked."""

import html

from conversations.messages import Address, Channel
from referrals.ticket import TicketState
from tests.bot.living import settle
from tests.web.console.board import (
    EVENTS,
    NAME,
    NIK,
    PHONE,
    case_of,
    file,
    step,
)
from tests.web.console.calling import phone
from tests.web.console.conftest import Console

WORDS = "Mohon kirim foto rumah dari depan"


async def test_a_case_shows_its_story_and_hides_who_it_is(console_on_both: Console) -> None:
    """The roof leaks for everybody who may read; name and NIK stand masked."""
    console = console_on_both
    code = await file(console)
    for role in ("village_operator", "verifier", "supervisor"):
        text = await case_of(await console.sign_in(role), code)
        assert "Atap bocor" in text
        assert NIK not in text
        assert NAME not in text
        assert f"{NIK[:4]}..." in text
        assert f"...{NIK[-4:]}" not in text  # what proves it is them


async def test_who_somebody_is_opens_for_a_reason_that_is_kept(console_on_both: Console) -> None:
    """The page shows it once; the person later reads that, and the audit who and why."""
    console = console_on_both
    code = await file(console)
    browser = await console.sign_in("verifier")
    status, text = await browser.post(f"/console/cases/{code}/reveal", {"why": "Cocokkan KK"})
    assert status == 200
    assert NIK in text
    assert NAME in text
    store = console.play.house.store
    looks = [line for line in await store.looks_at([code], [NIK]) if line.action == "reveal"]
    assert [line.actor for line in looks] == [f"staff:{browser.account.id}"]
    assert b"Cocokkan KK" in (store.audit_detail(looks[0]) or b"")
    assert NIK not in await case_of(browser, code)


async def test_nothing_opens_without_a_reason(console: Console) -> None:
    """A letter or two is no reason; who lacks the power is refused whatever they write."""
    code = await file(console)
    browser = await console.sign_in("verifier")
    status, text = await browser.post(f"/console/cases/{code}/reveal", {"why": "x"})
    assert status == 422
    assert NIK not in text
    other = await console.sign_in("facilitator")
    refused = await other.post(f"/console/cases/{code}/reveal", {"why": "Ingin tahu saja"})
    assert refused[0] == 403


async def test_every_look_is_noted_under_the_accounts_name(console_on_both: Console) -> None:
    """The audit says who of the office it was, and at whose data."""
    console = console_on_both
    code = await file(console)
    browser = await console.sign_in("village_operator")
    await case_of(browser, code)
    lines = await console.play.house.store.looks_at([code], [NIK])
    assert (f"staff:{browser.account.id}", "page") in {(one.actor, one.action) for one in lines}


async def test_a_step_goes_by_the_lifecycle_and_tells_the_citizen(
    console_on_both: Console,
) -> None:
    """The village asks; the citizen gets the question, and the trail says who asked."""
    console = console_on_both
    play, phone = console.play, Address(Channel.SMS, "+6281234567001")
    code = await file(console, address=phone)
    browser = await console.sign_in("village_operator")
    assert (await step(browser, code, action="accept", once="a"))[0] == 303
    before = len(play.phones.got[phone])
    done = await step(browser, code, action="ask", words=WORDS, once="b")
    assert done == (303, f"/console/cases/{code}?done=ask")
    await play.phones.wait_until(lambda: len(play.phones.got[phone]) > before)
    assert WORDS in play.phones.got[phone][-1].text
    lines = await play.house.store.looks_at([code], [])
    steps = [line.actor for line in lines if line.action == "step"]
    assert steps == 2 * [f"staff:{browser.account.id}"]


async def test_a_page_offers_what_the_role_may_take_now_and_no_more(
    console_on_both: Console,
) -> None:
    """What a page does not offer is refused as well when somebody sends it all the same."""
    console = console_on_both
    code = await file(console)
    village, desk = await console.sign_in("village_operator"), await console.sign_in("verifier")
    offered = {
        role: {
            name
            for name in ("accept", "return", "resolve", "recall", "overturn", "strike")
            if f'name="action" value="{name}"' in await case_of(browser, code)
        }
        for role, browser in (("village", village), ("desk", desk))
    }
    assert offered == {"village": {"accept", "return"}, "desk": {"recall"}}
    for browser, action in ((village, "recall"), (desk, "accept"), (desk, "overturn")):
        status, _ = await step(browser, code, action=action, words=WORDS, leg="1", once="z")
        assert status in {409, 422}, action


async def test_two_people_never_overwrite_each_other(console_on_both: Console) -> None:
    """Who is late sees what happened meanwhile, keeps what was typed, and may then send it."""
    console = console_on_both
    code = await file(console)
    browser = await console.sign_in("village_operator")
    late = EVENTS.search(await case_of(browser, code))
    assert late is not None
    assert (await step(browser, code, action="accept", once="a"))[0] == 303
    form = {"action": "ask", "words": WORDS, "once": "b"}
    status, text = await browser.post(f"/console/cases/{code}", form | {"events": late[1]})
    assert status == 409
    assert "berubah sejak Anda membukanya" in text
    assert f">{WORDS}</textarea>" in text
    fresh = EVENTS.search(text)
    assert fresh is not None
    assert (await browser.post(f"/console/cases/{code}", form | {"events": fresh[1]}))[0] == 303


async def test_a_form_is_done_once(console: Console) -> None:
    """A second click on one form asks nothing twice."""
    code = await file(console)
    browser = await console.sign_in("village_operator")
    await step(browser, code, action="accept", once="a")
    form = {"action": "milestone", "words": WORDS, "once": "b"}
    assert (await step(browser, code, **form))[0] == 303
    status, text = await step(browser, code, **form)
    assert status == 409
    assert text.count(WORDS) >= 1


async def test_a_message_is_seen_before_it_is_sent(console_on_both: Console) -> None:
    """The page shows its words and what they cost by SMS; nothing happened to the case."""
    console = console_on_both
    code = await file(console)
    browser = await console.sign_in("village_operator")
    await step(browser, code, action="accept", once="a")
    status, text = await step(browser, code, action="ask", words=WORDS, preview="1")
    assert status == 200
    assert "Pesan kepada warga" in text
    assert "SMS," in text
    assert html.escape(WORDS) in text
    assert 'name="action" value="ask"' in await case_of(browser, code)


async def test_a_step_that_tells_the_citizen_nothing_says_so(console: Console) -> None:
    """What is only asked of a second person becomes no message, and its page says so."""
    code = await file(console)
    browser = await console.sign_in("verifier")
    text = await case_of(browser, code)
    void = text[text.index('name="action" value="void"') :].partition("</form>")[0]
    assert "Warga tidak dikabari" in void
    assert 'name="preview"' not in void
    recall = text[text.index('name="action" value="recall"') :].partition("</form>")[0]
    assert 'name="preview"' in recall


async def test_canned_texts_fit_step_and_service(console: Console) -> None:
    """A question about a house offers photos of the house; a milestone does not."""
    code = await file(console)
    browser = await console.sign_in("village_operator")
    await step(browser, code, action="accept", once="a")
    text = await case_of(browser, code)
    ask = text[text.index('name="action" value="ask"') :].partition("</form>")[0]
    assert "Mohon kirim 2 foto rumah" in ask
    assert "Menunggu anggaran" not in ask


async def test_a_canned_text_is_put_into_its_field_without_a_script(console: Console) -> None:
    """Below what was typed, for the officer to read: nothing is done, and no citizen hears it."""
    code = await file(console)
    browser = await console.sign_in("village_operator")
    await step(browser, code, action="accept", once="a")
    status, text = await step(browser, code, action="ask", words="Salam.", use="ask_photo_house")
    assert status == 200
    field = text[text.index('id="ask-words"') :].partition("</textarea>")[0]
    assert "Salam.\nMohon kirim 2 foto rumah" in field
    assert 'name="action" value="ask"' in await case_of(browser, code)
    _, text = await step(browser, code, action="ask", words="Salam.", use="elsewhere")
    assert text[text.index('id="ask-words"') :].partition("</textarea>")[0].endswith("Salam.")


async def test_the_desk_works_on_what_its_own_office_has(console_on_both: Console) -> None:
    """What nobody else is for stands in its verifier's first list, who accepts and resolves it."""
    console = console_on_both
    code = await file(console, "LAIN")
    browser = await console.sign_in("verifier")
    _, first = await browser.get("/console/worklist")
    assert f"/console/cases/{code}" in first
    text = await case_of(browser, code)
    assert "Warga menunggu kabar. Mohon diterima" in text
    assert await step(browser, code, action="accept", once="a") == (
        303,
        f"/console/cases/{code}?done=accept",
    )
    text = await case_of(browser, code)
    assert 'name="action" value="resolve"' in text
    assert "bukan giliran sekretariat" not in text
    assert (await step(browser, code, action="ask", words=WORDS, once="b"))[0] == 303
    ticket = (await console.play.house.store.bare_tickets([code]))[0]
    assert ticket.state is TicketState.NEEDS_INFO


async def test_the_timeline_says_what_the_citizen_was_told_and_whether_it_came(
    console_on_both: Console,
) -> None:
    """Each message has its channel and how far it came; each event of a share names its office."""
    console = console_on_both
    code = await file(console)
    village, desk = await console.sign_in("village_operator"), await console.sign_in("verifier")
    assert (await step(village, code, action="accept", once="a"))[0] == 303
    await settle(console.play)
    text = await case_of(desk, code)
    events = text[text.index('class="history events"') :].partition("</ol>")[0]
    newest, _, before = events.partition("</li>")
    assert "mulai menangani" in newest
    assert "Desa Sukamaju" in newest
    assert "Pesan kepada warga lewat SMS" in newest
    assert "Surat" not in newest
    assert "Diterima" in before or "Diteruskan" in before


async def test_a_belum_stands_on_the_case_and_in_the_list(console_on_both: Console) -> None:
    """Who has it reads what its citizen said after the answer, until there is another answer."""
    console = console_on_both
    code = await file(console, "PETUGAS")
    browser = await console.sign_in("verifier")
    words = "Sudah kami jelaskan lewat telepon"
    assert (await step(browser, code, action="accept", once="a"))[0] == 303
    assert (await step(browser, code, action="resolve", words=words, once="b"))[0] == 303
    await settle(console.play)
    await phone(console, PHONE).say(f"BELUM {code} masih ditolak di loket")
    text = await case_of(browser, code)
    assert "Warga menjawab BELUM" in text
    assert "masih ditolak di loket" in text.partition("Warga menjawab BELUM")[2][:400]
    assert "Dibuka lagi" in (await browser.get("/console/worklist"))[1]
