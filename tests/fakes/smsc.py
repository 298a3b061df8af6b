"""An operator's SMSC that speaks SMPP 3.4: a program of its own, so that it can be killed.

It takes what Kannel sends, notes it in a file before it says so, and reports what arrived. Over
HTTP it is told what a citizen's telephone sends, and how to behave. Run with its two ports (SMPP,
HTTP) and the file.
"""

import asyncio
import json
import sys
from collections.abc import Coroutine
from itertools import count
from pathlib import Path
from typing import Any

import smpp34
from aiohttp import web

RECEIPT = 4  # the esm_class of a delivery receipt
WANTED = 1  # the bit of registered_delivery that asks for one
CONCATENATED = 0x40  # the bit of the esm_class that says that a header comes first
REPORT_AFTER = 0.02  # seconds
HOME = "127.0.0.1"


class Smsc:
    """One operator with one line."""

    def __init__(self, port: int, file: Path) -> None:
        self._server = smpp34.Server(HOME, port, system_id="OPERATOR")
        self._file = file
        self._lines: dict[int, smpp34.Esme] = {}
        self._numbers = count(1)
        self._running: set[asyncio.Task[None]] = set()
        self.throttled = 0  # messages that will be refused as too many
        self.unknown = 0  # messages that will be refused, for nobody has such a number
        self.dying = False  # it takes nothing more, and says so to nobody
        self.state = "DELIVRD"  # what is reported; "" for nothing

    async def serve(self) -> None:
        """Take what comes, for ever."""
        await self._server.start()
        while True:
            match await self._server.next():
                case smpp34.Esme() as line:
                    self._lines[line.session_id] = line
                case smpp34.SubmitSmEvent() as sent:
                    self._take(sent)
                case smpp34.Unbound() as gone:
                    self._lines.pop(gone.session_id, None)

    async def say(self, request: web.Request) -> web.Response:
        """Deliver the parts of a citizen's message to whoever holds a line."""
        asked = await request.json()
        line = next((line for line in self._lines.values() if line.can_receive), None)
        if line is None:
            return web.Response(status=503)
        for part in asked["parts"]:
            await line.deliver_sm(
                asked["to"],
                bytes.fromhex(part),
                source_addr=asked["sender"],
                source_addr_ton=asked["ton"],
                data_coding=asked["coding"],
                esm_class=CONCATENATED if asked["header"] else 0,
            )
        return web.Response()

    async def behave(self, request: web.Request) -> web.Response:
        """Do as told from now on."""
        asked = await request.json()
        self.dying = asked.get("dying", self.dying)
        self.throttled = asked.get("throttled", self.throttled)
        self.unknown = asked.get("unknown", self.unknown)
        self.state = asked.get("state", self.state)
        if self.dying:
            await self._answers_are_out()
        return web.Response()

    def _take(self, sent: "smpp34.SubmitSmEvent") -> None:
        if self.dying:
            return
        if self.throttled:
            self.throttled -= 1
            self._note({"throttled": sent.destination_addr})
            sent.reject(smpp34.ESME_RTHROTTLED)
            return
        if self.unknown:
            self.unknown -= 1
            sent.reject(smpp34.ESME_RINVDSTADR)
            return
        number = f"{next(self._numbers):08d}"
        self._note(_noted(sent))
        sent.accept(number)
        if sent.registered_delivery & WANTED and self.state:
            self._start(self._report(sent, number))

    async def _report(self, sent: "smpp34.SubmitSmEvent", number: str) -> None:
        await asyncio.sleep(REPORT_AFTER)
        done = "001" if self.state == "DELIVRD" else "000"
        told = (
            f"id:{number} sub:001 dlvrd:{done} submit date:2611221324 done date:2611221324 "
            f"stat:{self.state} err:000 text:"
        )
        line = next(line for line in self._lines.values() if line.can_receive)
        await line.deliver_sm(
            sent.source_addr,
            told.encode(),
            source_addr=sent.destination_addr,
            esm_class=RECEIPT,
        )

    async def _answers_are_out(self) -> None:
        """Return when every line has read our answers: it answers this report after them.

        Nobody waits for that report. Whoever kills us now does so between two messages.
        """
        told = b"id:00000000 sub:001 dlvrd:001 stat:DELIVRD err:000 text:"
        for line in self._lines.values():
            if line.can_receive:
                await line.deliver_sm("0", told, source_addr="0", esm_class=RECEIPT)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    def _note(self, what: dict[str, object]) -> None:
        with self._file.open("a") as file:
            file.write(json.dumps(what) + "\n")


def _noted(sent: "smpp34.SubmitSmEvent") -> dict[str, object]:
    body = bytes(sent.short_message)
    header = body[: body[0] + 1] if sent.esm_class & CONCATENATED else b""
    return {
        "to": sent.destination_addr,
        "sender": sent.source_addr,
        "coding": sent.data_coding,
        "header": header.hex(),
        "body": body[len(header) :].hex(),
    }


async def run(smpp_port: int, http_port: int, file: Path) -> None:
    """Serve until killed."""
    smsc = Smsc(smpp_port, file)
    app = web.Application()
    app.router.add_post("/say", smsc.say)
    app.router.add_post("/behave", smsc.behave)
    runner = web.AppRunner(app)
    await runner.setup()
    serving = asyncio.create_task(smsc.serve())
    await asyncio.sleep(0)
    await web.TCPSite(runner, HOME, http_port).start()
    await serving


if __name__ == "__main__":
    asyncio.run(run(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])))
