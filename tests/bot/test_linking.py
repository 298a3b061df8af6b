"""One person on several channels: linked by proof, news where they wrote last, never by itself."""

import re
from itertools import repeat

from bot.sending.reaching import Reaching
from conversations.messages import Address, Channel
from handlers.delivery import Blocked
from referrals import commands
from tests.bot.living import settle
from tests.bot.playing import Citizen, Play
from tests.bot.test_whole_loop import act, file_papers


async def texts(play: Play, number: str = "+6281100000077") -> Citizen:
    """Return somebody on SMS who agreed to the notice."""
    citizen = Citizen(play.house, play.phones, number, Channel.SMS)
    await citizen.say("halo")
    await citizen.say("1")
    return citizen


async def joined(play: Play, chat: Citizen, phone: Citizen) -> None:
    """Have the person who has both link them."""
    code = await offered(phone)
    assert "milik Bapak/Ibu sendiri?" in await chat.say(f"SAMBUNG {code}")
    assert "Sudah tersambung" in await chat.say("YA")


async def offered(citizen: Citizen) -> str:
    """Return the code that *citizen* is shown."""
    return re.sub(r"\D", "", (await citizen.say("SAMBUNG")).partition("Dalam")[0])


async def test_news_go_where_somebody_wrote_last(play: Play) -> None:
    """After linking, news of a ticket follows its person; before it, it stays where it was."""
    chat, code = await file_papers(play)
    phone = await texts(play)
    await act(play, commands.Accept(leg=1))
    await settle(play)
    before = len(chat.heard), len(phone.heard)
    assert code[:4] in chat.last

    await joined(play, chat, phone)
    play.clock.move(minutes=1)
    await phone.say("menu")
    heard = len(chat.heard)
    await act(play, commands.Resolve(leg=1), "KTP sudah dicetak")
    await settle(play)
    await play.phones.wait_until(lambda: "KTP sudah dicetak" in phone.last)
    assert len(chat.heard) == heard
    assert len(phone.heard) > before[1]

    play.clock.move(minutes=1)
    told = await chat.say(f"BELUM {code} belum saya terima")
    assert "Maaf belum tuntas" in told
    assert "Kode Bapak/Ibu" not in told


async def test_what_does_not_arrive_goes_to_the_next(play: Play) -> None:
    """A chat that blocks us does not keep its person from hearing; a stranger's never gets it."""
    chat, _ = await file_papers(play)
    phone, stranger = await texts(play), await texts(play, "+6281100000078")
    await joined(play, chat, phone)
    play.clock.move(minutes=1)
    await chat.say("menu")
    play.phones.faults[chat.address] = repeat(Blocked())
    silent = len(stranger.heard)
    await act(play, commands.Accept(leg=1))
    await settle(play)
    assert "mulai diproses" in phone.last
    assert len(stranger.heard) == silent


async def test_putus_undoes_it(play: Play) -> None:
    """From then on news goes to the ticket's own address again."""
    chat, _ = await file_papers(play)
    phone = await texts(play)
    await joined(play, chat, phone)
    assert "diputus" in await phone.say("PUTUS")
    heard = len(phone.heard)
    await act(play, commands.Accept(leg=1))
    await settle(play)
    assert len(phone.heard) == heard


async def test_a_code_is_guessed_at_five_times_a_day(play: Play) -> None:
    """Then nobody looks at it any more, and the answer is the same as for a wrong one."""
    chat, _ = await file_papers(play)
    phone = await texts(play)
    code = await offered(phone)
    wrong = [await chat.say(f"SAMBUNG {n:08}") for n in range(5)]
    assert {"cocok" in said for said in wrong} == {True}
    assert "cocok" in await chat.say(f"SAMBUNG {code}")
    play.clock.move(days=1)
    assert "cocok" in await chat.say(f"SAMBUNG {code}")  # a quarter of an hour is long over


async def test_somebody_who_says_no_is_not_linked(play: Play) -> None:
    """Who was talked into typing somebody else's code can still say that it is not theirs."""
    chat, _ = await file_papers(play)
    phone = await texts(play)
    code = await offered(phone)
    await chat.say(f"SAMBUNG {code}")
    assert "tidak kami sambungkan" in await chat.say("bukan")
    assert await play.house.store.linked_to(phone.address) == ()
    await chat.say(f"SAMBUNG {code}")
    play.clock.move(minutes=16)
    assert "lewat 15 menit" in await chat.say("ya")
    assert await play.house.store.linked_to(phone.address) == ()


async def test_who_only_pretends_to_send_an_sms_links_nothing(play: Play) -> None:
    """A made-up sender gets a code by SMS, which only the number's owner can read and type."""
    chat, phone = await play.known(), await texts(play)
    told = await phone.say(f"SAMBUNG {await offered(chat)}")
    assert "bukan lewat SMS" in told
    await phone.say("YA")
    assert await play.house.store.linked_to(chat.address) == ()


async def test_a_number_given_to_somebody_else_leaves_its_old_owner(play: Play) -> None:
    """Who links a number that somebody had before gets nothing of the other's chats."""
    before, anew, phone = await play.known(), await play.known(), await texts(play)
    await joined(play, before, phone)
    await joined(play, anew, phone)
    assert await play.house.store.linked_to(anew.address) == (phone.address,)
    assert await play.house.store.linked_to(before.address) == ()


async def test_tickets_are_the_persons_wherever_they_write(play: Play) -> None:
    """LACAK and an answer with a code work from each of their own addresses, and no stranger's."""
    chat, code = await file_papers(play)
    phone, stranger = await texts(play), await texts(play, "+6281100000078")
    await joined(play, chat, phone)
    await act(play, commands.Accept(leg=1))
    await settle(play)
    assert code[:4] in await phone.say("LACAK")
    assert "4 angka terakhir" in await stranger.say(f"STATUS {code}")
    assert "4 angka terakhir" not in await phone.say(f"STATUS {code}")


async def test_the_next_owner_of_a_number_draws_no_news_to_it(play: Play) -> None:
    """Two months after its proof a number says nothing of its person's; linked anew it does."""
    reaching = Reaching(play.house.store, set(Channel))
    reaching.meet(play.house.turns)
    chat, phone = await play.known(), await texts(play)

    async def read_at() -> Address:
        await chat.say("menu")
        play.clock.move(minutes=1)
        await phone.say("menu")
        return await reaching.best(chat.address)

    await joined(play, chat, phone)
    assert await read_at() == phone.address
    play.clock.move(days=61)
    assert await read_at() == chat.address
    assert await reaching.best(phone.address) == chat.address
    await joined(play, chat, phone)
    assert await read_at() == phone.address


async def test_linking_another_chat_proves_no_number_again(play: Play) -> None:
    """Only what was shown and typed counts from now; the rest from its own proof."""
    chat, other, phone = await play.known(), await play.known(), await texts(play)
    await joined(play, chat, phone)
    since = await play.house.store.linked_since(phone.address)
    play.clock.move(days=61)
    await joined(play, other, chat)
    assert set(await play.house.store.linked_to(other.address)) == {chat.address, phone.address}
    assert await play.house.store.linked_since(phone.address) == since
    assert await play.house.store.linked_since(other.address) != since
    assert await play.house.store.linked_since(Address(Channel.SMS, "+6281100000079")) is None


async def test_whoever_has_the_number_later_sees_none_of_the_chat_s(play: Play) -> None:
    """Sixty days after it was linked a number shows nothing of the chat; linked anew it does."""
    chat, code = await file_papers(play)
    phone = await texts(play)
    await joined(play, chat, phone)
    assert code in re.sub(r"\D", "", await phone.say("LACAK"))
    play.clock.move(days=61)
    assert code not in re.sub(r"\D", "", await phone.say("LACAK"))
    assert "Adminduk" not in await phone.say(f"LACAK {code}")
    assert code in re.sub(r"\D", "", await chat.say("LACAK"))
    await joined(play, chat, phone)
    assert code in re.sub(r"\D", "", await phone.say("LACAK"))


async def test_a_ticket_s_number_stays_with_who_filed_it(play: Play) -> None:
    """A number's next owner files by SMS: the answer is theirs, not that of the chat before."""
    chat, phone = await play.known(), await texts(play)
    await joined(play, chat, phone)
    play.clock.move(days=61)
    await chat.say("menu")
    heard = len(chat.heard)
    await phone.say("PETUGAS")
    assert "Nomor tiket" in await phone.say("Saya mau tanya soal tanah warisan keluarga")
    assert len(chat.heard) == heard


async def test_news_sent_on_by_sms_is_short_and_names_no_service(play: Play) -> None:
    """What goes to a linked number says the code in few letters: others may read it."""
    chat, code = await file_papers(play)
    phone = await texts(play)
    await joined(play, chat, phone)
    await act(play, commands.Accept(leg=1))
    await settle(play)
    long = chat.last
    play.clock.move(minutes=1)
    await phone.say("menu")
    await act(play, commands.Resolve(leg=1), "sudah dicetak")
    await play.phones.wait_until(lambda: "sudah dicetak" in phone.last)
    assert code in re.sub(r"\D", "", phone.last)
    assert "(KTP/KK" in long
    assert "KTP/KK" not in phone.last
