"""Our own style sheets and scripts: read once, named after their contents, kept by browsers."""

import hashlib
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

STATIC = Path(__file__).with_name("static")
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
KEEP = "public, max-age=31536000, immutable"  # the address changes with the contents


class Files:
    """The files of one application; only those that were added are served."""

    def __init__(self, app: web.Application) -> None:
        self._app = app
        self._addresses: dict[str, str] = {}

    def add(self, *names: str) -> None:
        """Serve the files *names* of web/static."""
        for name in names:
            body = (STATIC / name).read_bytes()
            self._addresses[name] = f"/static/{name}?{hashlib.sha256(body).hexdigest()[:12]}"
            self._app.router.add_get(f"/static/{name}", _serve(body, KINDS[Path(name).suffix]))

    def address(self, name: str) -> str:
        """Return where *name* is served; KeyError for a file that was not added."""
        return self._addresses[name]


def _serve(body: bytes, kind: str) -> Handler:
    async def serve(_request: web.Request) -> web.Response:
        headers = {"Cache-Control": KEEP}
        return web.Response(body=body, content_type=kind, charset="utf-8", headers=headers)

    return serve
