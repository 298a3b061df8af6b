"""An HTTP server on 127.0.0.1 whose every answer is written out byte by byte by the test."""

import asyncio
import ssl
from collections import deque

CUT = b""  # instead of an answer: close the connection


class ScriptedHttp:
    """Answers the requests in order with *answers*, each in pieces; remembers the requests.

    A piece that is CUT closes the connection; without an answer left the server stays silent.
    """

    def __init__(self) -> None:
        self.answers: deque[tuple[bytes, ...]] = deque()
        self.requests: list[bytes] = []
        self.connections = 0
        self._open: set[asyncio.StreamWriter] = set()

    async def start(self, tls: ssl.SSLContext | None = None) -> None:
        """Start on a free port; *url* is then the server's."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=tls)
        port = self._server.sockets[0].getsockname()[1]
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{port}"

    async def close(self) -> None:
        """Stop, and cut every connection."""
        self._server.close()
        self.cut()
        await self._server.wait_closed()
        await asyncio.sleep(0.01)

    def cut(self) -> None:
        """Close every open connection, as a server does with idle ones."""
        for writer in self._open:
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._open.add(writer)
        try:
            while not writer.is_closing():
                head = await reader.readuntil(b"\r\n\r\n")
                size = int(head.lower().partition(b"content-length: ")[2].split()[0])
                self.requests.append(head + await reader.readexactly(size))
                await self._answer(writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self._open.discard(writer)
            writer.close()

    async def _answer(self, writer: asyncio.StreamWriter) -> None:
        for piece in self.answers.popleft() if self.answers else ():
            if piece == CUT:
                writer.close()
                return
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0.005)
