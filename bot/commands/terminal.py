"""The bot in a terminal: the real turn engine, rendered as a channel would."""

import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from bot import settings as reading
from bot.assembly import House, open_house
from bot.clock import SystemClock
from bot.commands import demo
from bot.district.whatsapp_rows import OPENS_A_LIST
from bot.door import Received
from conversations.messages import Address, Channel, Inbound, Reply
from handlers import sms_parts, sms_text, whatsapp_shown
from handlers.delivery import Sent

FOLDER = Path(".demo/chat")
QUIET = 0.05  # seconds without a reply, after which it is the citizen's turn
CITIZENS = {
    Channel.TELEGRAM: "990001",
    Channel.WHATSAPP: "6281100000001",
    Channel.SMS: "+6281100000001",
}


class Paper:
    """A channel that prints."""

    vouches = True

    async def send(self, address: Address, reply: Reply, _number: int = 0, /) -> Sent:
        """Print *reply* as its channel would show it."""
        click.echo(shown_on(address.channel, reply) + "\n")
        return Sent()


def shown_on(channel: Channel, reply: Reply) -> str:
    """Return *reply* as people see it on *channel*."""
    match channel:
        case Channel.SMS:
            return "\n\n".join(map(_counted, sms_parts.messages(reply)))
        case Channel.WHATSAPP:
            return "\n\n".join(whatsapp_shown.messages(reply, OPENS_A_LIST.id))
        case Channel.TELEGRAM | Channel.WEB:
            buttons = (f"  [{n}] {one.label}" for n, one in enumerate(reply.choices, start=1))
            return "\n".join((reply.text, *buttons))


def _counted(text: str) -> str:
    """Return a text message with what it costs beneath."""
    counted = sms_text.segments(text)
    return f"{text}\n    ({counted.encoding}, {counted.count} SMS)"


def run(environment: Mapping[str, str], channel: str) -> None:
    """Talk until the input ends."""
    base = {**demo.defaults(environment), "SATUPINTU_DATA_DIR": str(FOLDER)}
    settings = reading.read({**base, **environment, "SATUPINTU_FLOOD_RATE": "0"})
    asyncio.run(demo.fill(settings))
    asyncio.run(_talk(settings, Channel(channel)))


async def _talk(settings: reading.Settings, channel: Channel) -> None:
    paper = Paper()
    house = await open_house(settings, SystemClock(), dict.fromkeys(Channel, paper))
    citizen = Address(channel, CITIZENS[channel])
    click.echo("Type as a citizen would; Ctrl-D ends. Start with: halo\n")
    try:
        while (line := await _line()) is not None:
            await _say(house, citizen, line)
    finally:
        await house.close()


async def _line() -> str | None:
    click.echo("> ", nl=False)
    line = await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
    return line.rstrip("\n") if line else None


async def _say(house: House, citizen: Address, line: str) -> None:
    now = house.clock.now()
    message = Inbound(sender=citizen, message_id=house.clock.token(), received_at=now, text=line)
    if await house.door.receive(message) is not Received.COMMITTED:
        click.echo("(the database does not answer; try again)")
        return
    while house.outbox.waiting:  # noqa: ASYNC110 - a person reads meanwhile
        await asyncio.sleep(QUIET)
