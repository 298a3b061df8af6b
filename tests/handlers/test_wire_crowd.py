"""The lean HTTP client in a crowd of moody servers and impatient callers."""

import asyncio

from handlers.delivery import TryLater
from handlers.wire import Wire


async def test_answers_never_change_hands() -> None:
    """Under cut connections and impatient callers, whoever gets an answer gets their own."""
    server = await asyncio.start_server(moody_echo, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    wire = Wire(f"http://127.0.0.1:{port}", limit=8, timeout=2)
    outcomes = await asyncio.gather(*(impatient(wire, n) for n in range(600)))
    await wire.close()
    server.close()
    await server.wait_closed()
    assert outcomes.count("wrong") == 0
    assert outcomes.count("own") > 300
    assert {"late", "lost"} <= set(outcomes)


async def moody_echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer each request with its body; some never, some slowly, some and hang up."""
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            body = await reader.readexactly(int(head.rpartition(b": ")[2]))
            number = int(body)
            if number % 17 == 3:
                break
            if number % 11 == 5:
                await asyncio.sleep(0.03)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
            if number % 13 == 7:
                break
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def impatient(wire: Wire, number: int) -> str:
    """Say what became of one call; every seventh caller waits only a moment."""
    body = b"%d" % number
    try:
        async with asyncio.timeout(0.02 if number % 7 == 0 else None):
            answer = await wire.post(wire.head("/"), body)
    except TimeoutError:
        return "late"
    except TryLater:
        return "lost"
    return "own" if answer.body == body else "wrong"
