"""What taking in one delivery costs before any turn: .venv/bin/python -m benchmarks.front.

The fast lane and aiohttp's own handling, each in a server process of its own before a webhook
that does nothing; CPU is the server's alone.
"""

import argparse
import asyncio
import subprocess
import sys
import time
from pathlib import Path

import psutil
import uvloop
from aiohttp import web

from handlers.wire import Wire
from web.front.front_door import FrontDoor, telegram_lane
from web.hooks.webhooks import MOST_BYTES, TELEGRAM_SECRET, Webhook, add_telegram

PAYLOAD = Path(__file__).parents[1] / "tests" / "handlers" / "telegram" / "text__plain.json"
SECRET = "only-for-this-benchmark"  # noqa: S105 - it opens nothing
OK = 200


class Nothing(Webhook):
    """Takes everything in and does nothing with it."""

    def __init__(self) -> None:
        pass

    async def deliver(self, body: bytes) -> int:
        return OK if body else 400


async def serve(*, fast: bool) -> None:
    """Serve on a free port, which is printed, until the process ends."""
    webhook = Nothing()
    app = web.Application(client_max_size=MOST_BYTES)
    add_telegram(app, webhook, SECRET)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    front = FrontDoor(runner, telegram_lane(webhook, SECRET) if fast else {})
    await front.start("127.0.0.1", 0)
    print(front.port, flush=True)
    await asyncio.Event().wait()


async def measure(
    name: str, server: psutil.Process, port: int, chosen: argparse.Namespace
) -> None:
    """Print the rate at which *server* takes deliveries, and the CPU that each costs it."""
    wire = Wire(f"http://127.0.0.1:{port}")
    head, body = wire.head("/telegram", {TELEGRAM_SECRET: SECRET}), PAYLOAD.read_bytes()

    async def provider(times: int) -> None:
        for _ in range(times):
            answer = await wire.post(head, body)
            if answer.status != OK:
                raise RuntimeError(f"answered {answer.status}")

    await asyncio.gather(*(provider(20) for _ in range(chosen.connections)))
    began, spent = time.perf_counter(), sum(server.cpu_times()[:2])
    each = chosen.calls // chosen.connections
    await asyncio.gather(*(provider(each) for _ in range(chosen.connections)))
    calls, seconds = each * chosen.connections, time.perf_counter() - began
    cpu = (sum(server.cpu_times()[:2]) - spent) / calls * 1e6
    print(f"| {name} | {chosen.connections} | {calls / seconds:,.0f} | {cpu:.0f} |", flush=True)
    await wire.close()


def main() -> None:
    """Measure both, or be the server that is measured."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--calls", type=int, default=40_000)
    arguments.add_argument("--connections", type=int, default=64)
    arguments.add_argument("--serve", choices=("lane", "aiohttp"), help=argparse.SUPPRESS)
    chosen = arguments.parse_args()
    if chosen.serve:
        uvloop.run(serve(fast=chosen.serve == "lane"))
        return
    print("| front | connections | deliveries/s | server's CPU, us |\n| --- | --- | --- | --- |")
    for name in ("aiohttp", "lane"):
        command = [sys.executable, "-m", "benchmarks.front", "--serve", name]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
            try:
                port = int(server.stdout.readline())  # type: ignore[union-attr]  # it is a pipe
                uvloop.run(measure(name, psutil.Process(server.pid), port, chosen))
            finally:
                server.kill()


if __name__ == "__main__":
    main()
