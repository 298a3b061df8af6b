"""A telephone of several people: a session belongs to a number, a ticket to a person."""

from conversations.messages import Channel
from referrals import commands
from tests.bot.living import settle
from tests.bot.playing import Citizen, Play
from tests.bot.test_whole_loop import act

LINE = "LAPOR#pkh belum cair dari bulan lalu, saldo nol#{nik}#Sukamaju"
SARI, BUDI = "9901014107800011", "9901014107800022"


async def filed(citizen: Citizen, nik: str) -> str:
    """Have *citizen* file a complaint about *nik* in one line; return its code as it is told."""
    await citizen.say(LINE.format(nik=nik))
    if "Mau tetap membuat" in await citizen.say("1#2#dua bulan"):
        await citizen.say("1")
    told = await citizen.say("ya")
    return told.partition("Tiket ")[2].partition(".")[0]


async def someone(play: Play) -> Citizen:
    """Return somebody with a telephone that knows only SMS, who agreed to the notice."""
    citizen = play.citizen(Channel.SMS)
    await citizen.say("halo, mau lapor 1 hal")
    await citizen.say("ya")
    return citizen


async def test_nobody_reads_the_others_tickets(play: Play) -> None:
    """With tickets of two people, LACAK tells none before the end of a NIK, then that one's."""
    citizen = await someone(play)
    first = await filed(citizen, SARI)
    assert first in await citizen.say("lacak")
    second = await filed(citizen, BUDI)

    assert "beberapa orang" in await citizen.say("lacak")
    told = await citizen.say(BUDI[-4:])
    assert second in told
    assert first not in told
    assert "beberapa orang" in await citizen.say("lacak")
    assert "Belum ada tiket" in await citizen.say("9999")
    assert first in await citizen.say(first)


async def test_guessing_ends(play: Play) -> None:
    """Ends of NIKs are tried five times a day, like every proof; codes go on working."""
    citizen = await someone(play)
    first = await filed(citizen, SARI)
    await filed(citizen, BUDI)
    await citizen.say("lacak")
    for number in range(5):
        assert "Belum ada tiket" in await citizen.say(f"900{number}")
    assert "Belum ada tiket" in await citizen.say(SARI[-4:])
    assert first in await citizen.say(f"STATUS {first}")


async def house_filed(citizen: Citizen, nik: str) -> str:
    """Have *citizen* file a need that anybody may know of, for *nik*; return its code."""
    await citizen.say(f"BANTU#atap rumah bocor, dinding lapuk#{nik}#Sukamaju")
    if "Mau tetap membuat" in await citizen.say("3#1#1#1#1#1#Sari"):
        await citizen.say("1")
    told = await citizen.say("ya")
    return told.partition("Tiket ")[2].partition(".")[0]


async def test_news_by_sms_is_brief(play: Play) -> None:
    """Who pays by the message hears of each step in few letters, and of what it is about."""
    citizen = await someone(play)
    code = await house_filed(citizen, SARI)
    await act(play, commands.Accept(leg=1))
    await settle(play)
    assert citizen.last.startswith(f"Tiket {code} (RTLH): mulai diproses")


async def test_no_news_on_a_shared_telephone_names_its_subject(play: Play) -> None:
    """Where a number serves several people, news name the ticket by its code alone."""
    citizen = await someone(play)
    await house_filed(citizen, SARI)
    code = await house_filed(citizen, BUDI)
    await act(play, commands.Accept(leg=1))
    await settle(play)
    assert citizen.last.startswith(f"Tiket {code}: mulai diproses")
