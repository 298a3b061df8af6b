"""The timeline says whether the answer came by which who filed it has the ticket's number."""

import pytest

from conversations.turn import Draft, OpenTicket
from handlers.arrival import Arrived, Receipt
from handlers.delivery import Blocked
from referrals.codes import code_from
from tests.bot.living import settle
from tests.bot.test_whole_loop import file_papers
from tests.web.console.board import case_of
from tests.web.console.calling import agent, answers
from tests.web.console.conftest import Console

RECEIPT = "Tanda terima dengan nomor tiket"


async def test_the_receipt_of_filing_stands_on_the_case(console_on_both: Console) -> None:
    """A channel that vouches took it; the page says so under the event by which it was filed."""
    console = console_on_both
    _, code = await file_papers(console.play)
    text = await case_of(await console.sign_in("verifier"), code)
    assert text.count(RECEIPT) == 1
    filed = text.partition("Warga mengajukan")[2].partition("</li>")[0]
    assert f"{RECEIPT}: terkirim." in filed


@pytest.mark.parametrize(
    ("state", "shown"), [(Arrived.DELIVERED, "sudah sampai"), (Arrived.FAILED, "tidak sampai")]
)
async def test_a_receipt_that_came_or_did_not_is_told(
    console: Console, state: Arrived, shown: str
) -> None:
    """What the channel tells later of the answer stands on the page."""
    play, phones = console.play, console.play.phones
    phones.vouches, phones.parts = False, 1
    citizen, code = await file_papers(play)
    await settle(play)
    number, now = phones.numbers[citizen.address][-1], play.clock.now()
    error = Blocked() if state is Arrived.FAILED else None
    heard = Receipt(citizen.address.channel, f"{number}.0", state, now, error)
    assert await play.house.receipts.take(heard) == 200
    text = await case_of(await console.sign_in("verifier"), code)
    assert f"{RECEIPT}: {shown}." in text


@pytest.mark.parametrize(("texts", "count"), [("on", 1), ("", 0)])
async def test_a_call_has_a_receipt_where_a_text_went_out(
    console: Console, texts: str, count: int
) -> None:
    """Whoever wants none heard the number read aloud, and no page says that one was sent."""
    console.play.phones.vouches, console.play.phones.parts = False, 1
    at_work = await agent(console)
    await at_work.open("LAIN")
    await at_work.review(**answers(console.district.services["LAIN"]))
    code = await at_work.file(texts=texts)
    await settle(console.play)
    text = await case_of(await console.sign_in("verifier"), code)
    assert text.count(RECEIPT) == count


def test_of_a_vault_nothing_is_noted(console: Console) -> None:
    """The answer to who reports violence bears no ticket's number where replies are kept."""
    records = console.play.house.turns._records
    told = [
        records.about([OpenTicket(code_from("1"), Draft(service, ()), "id", "")])
        for service in ("PPA", "LAIN")
    ]
    assert told == ["", f"{code_from('1')}."]
