"""A real S3-compatible server on localhost (moto), which can be away, slow, shut or cut short."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from http.client import HTTPConnection
from typing import Any, Literal, Self

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

Mood = Literal["fine", "away", "shut", "slow", "cut", "changed"]
Environ = dict[str, Any]
Start = Callable[..., Any]

KEY, SECRET = "AKIAEXAMPLE", "example-secret-of-tests"
SIGNED = {"Authorization": f"AWS4-HMAC-SHA256 Credential={KEY}/20260701/us-east-1/s3/aws4_request"}
DENIED = b"<Error><Code>AccessDenied</Code><Message>no</Message></Error>"


class BucketServer:
    """Serves buckets; *mood* is how it answers from now on, *asked* what it was asked."""

    def __init__(self) -> None:
        self._app = DomainDispatcherApplication(create_backend_app)
        self._server = make_server("127.0.0.1", 0, self._answer, threaded=True)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self.mood: Mood = "fine"
        self.asked: list[str] = []

    @property
    def endpoint(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def make(self, bucket: str) -> None:
        """Make an empty *bucket*."""
        self._ask("PUT", f"/{bucket}")

    def holds(self, path: str) -> bytes | None:
        """Return the object at *path*, "bucket/key", as it lies there; None where none does."""
        return self._ask("GET", f"/{path}")

    def _ask(self, method: str, path: str) -> bytes | None:
        asking = HTTPConnection("127.0.0.1", self._server.server_port)
        asking.request(method, path, headers=SIGNED)
        answer = asking.getresponse()
        body = answer.read()
        asking.close()
        return body if answer.status == 200 else None

    def _answer(self, environ: Environ, start: Start) -> Iterable[bytes]:
        self.asked.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
        match self.mood:
            case "away":
                return _refuse(start, "503 Service Unavailable", b"")
            case "shut":
                return _refuse(start, "403 Forbidden", DENIED)
            case "slow":
                time.sleep(1.5)
            case _:
                pass
        whole = self._app(environ, start)
        return _altered(whole, self.mood) if self.mood in ("cut", "changed") else whole


def _refuse(start: Start, status: str, body: bytes) -> Iterable[bytes]:
    start(status, [("Content-Length", str(len(body))), ("Content-Type", "application/xml")])
    return (body,)


def _altered(whole: Iterable[bytes], mood: Mood) -> Iterator[bytes]:
    """Yield half of *whole* where it is cut short, else as many other bytes."""
    content = b"".join(whole)
    yield content[: len(content) // 2] if mood == "cut" else bytes(len(content))
