"""How fast we read, render and send: .venv/bin/python benchmarks/wire.py.

The server that answers runs in a process of its own; figures of CPU are this process's alone.
"""

import argparse
import asyncio
import subprocess
import sys
import time
import timeit
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import httptools
import uvloop

from conversations.messages import Choice, Reply
from handlers.telegram import read, render
from handlers.wire import Wire

PAYLOADS = Path(__file__).parents[1] / "tests" / "handlers" / "telegram"
ANSWER = (
    b"HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: application/json\r\n"
    b"Content-Length: 31\r\nConnection: keep-alive\r\n\r\n"
    b'{"ok":true,"result":{"a":"bcd"}'
)
REPLY = Reply(
    "Apa yang ingin Anda lakukan? Silakan pilih salah satu di bawah ini, Bapak/Ibu.",
    (Choice("menu:cek", "Cek status bantuan"), Choice("menu:usul", "Ajukan kebutuhan")),
)
NOW = datetime(2026, 1, 1, tzinfo=UTC)


class Sink(asyncio.Protocol):
    """Answers every request with the same bytes."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.parser = httptools.HttpRequestParser(self)

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)

    def on_message_complete(self) -> None:
        """Answer."""
        self.transport.write(ANSWER)  # type: ignore[attr-defined]  # asyncio hands a plain transport in


async def serve() -> None:
    """Serve on a free port, which is printed."""
    server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


async def calls(port: int, number: int, users: int) -> None:
    """Measure the lean client, then aiohttp's, with *users* calls always under way."""
    url, body = f"http://127.0.0.1:{port}", render(REPLY, "700001")[0]
    wire = Wire(url)
    head = wire.head("/bot1:X/sendMessage")
    await measure("wire", number, users, lambda: wire.post(head, body))
    await wire.close()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=users)) as session:

        async def post() -> None:
            async with session.post(f"{url}/bot1:X/sendMessage", data=body) as answer:
                await answer.read()

        await measure("aiohttp", number // 5, users, post)


async def measure(name: str, number: int, users: int, call) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - any call
    """Print the rate of *call* and the CPU it costs us."""

    async def user(times: int) -> None:
        for _ in range(times):
            await call()

    await asyncio.gather(*(user(5) for _ in range(users)))
    began, spent = time.perf_counter(), time.process_time()
    await asyncio.gather(*(user(number // users) for _ in range(users)))
    seconds, cpu = time.perf_counter() - began, time.process_time() - spent
    print(f"{name:8} {number / seconds:9,.0f} calls/s  {cpu / number * 1e6:6.1f} us CPU a call")


def small_steps() -> None:
    """Print what reading an update and rendering a reply cost."""
    text = (PAYLOADS / "text__plain.json").read_bytes()
    tap = (PAYLOADS / "tap__button.json").read_bytes()
    steps = {
        "read text": lambda: read(text, NOW),
        "read tap": lambda: read(tap, NOW),
        "render": lambda: render(REPLY, "700001"),
    }
    for name, step in steps.items():
        best = min(timeit.repeat(step, number=20_000, repeat=5)) / 20_000
        print(f"{name:10} {best * 1e6:6.2f} us")


def main() -> None:
    """Measure everything, or serve."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--calls", type=int, default=50_000)
    arguments.add_argument("--users", type=int, default=64)
    arguments.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    chosen = arguments.parse_args()
    if chosen.serve:
        uvloop.run(serve())
        return
    small_steps()
    sink = subprocess.Popen([sys.executable, __file__, "--serve"], stdout=subprocess.PIPE)
    try:
        port = int(sink.stdout.readline())  # type: ignore[union-attr]  # it is a pipe
        uvloop.run(calls(port, chosen.calls, chosen.users))
    finally:
        sink.kill()


if __name__ == "__main__":
    main()
