"""Pages for browsers: templates, wording, error pages, and what holds for each of them."""

from pathlib import Path

import jinja2
from aiohttp import web
from aiohttp.typedefs import Handler

from storage.database.errors import StoreUnavailable
from storage.database.sealing import VaultClosed
from web.files import Files
from web.headers import add_headers
from web.maps import on_map
from web.voice import Voice, load_voices

TEMPLATES = Path(__file__).with_name("templates")
TONGUE = "lang"  # the console's cookie that remembers which language was picked
EXPLAINED = frozenset({400, 403, 404, 405, 413, 415, 423, 429, 503})


class Pages:
    """Renders the templates in the language that a browser asks for."""

    def __init__(self, files: Files, zone: str) -> None:
        self.files = files
        self._voices = load_voices(zone)
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._templates.globals |= {"file": files.address, "on_map": on_map}

    def voice(self, request: web.Request) -> Voice:
        """Return the voice for ?lang=, what was picked before, the browser's, else Indonesian."""
        picked = request.query.get("lang", "") or request.cookies.get(TONGUE, "")
        asked = picked or request.headers.get("Accept-Language", "")
        return self._voices["en" if asked[:2].lower() == "en" else "id"]

    def page(
        self, request: web.Request, template: str, status: int = 200, **values: object
    ) -> web.Response:
        """Return *template* rendered with *values*; everything in them is escaped."""
        say = self.voice(request)
        text = self._templates.get_template(template).render(say=say, **values)
        return web.Response(text=text, status=status, content_type="text/html")

    def error(self, request: web.Request, status: int) -> web.Response:
        """Return the constant page for *status*, or one line for whoever reads no pages."""
        kind = status if status in EXPLAINED else 400
        if "text/html" not in request.headers.get("Accept", ""):
            return web.Response(text=f"{status}\n", status=status)
        return self.page(request, "error.html", status, kind=kind)


PAGES = web.AppKey("pages", Pages)


def add_pages(app: web.Application, zone: str) -> Pages:
    """Let *app* show pages, with their headers on every answer. *zone* is an IANA name."""
    files = Files(app)
    files.add("style.css", "once.js", "door.svg")
    app[PAGES] = pages = Pages(files, zone)
    app.middlewares.append(kind_errors)
    app.on_response_prepare.append(add_headers)
    return pages


@web.middleware
async def kind_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn an HTTP error into its constant page."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < 400:  # noqa: PLR2004 - a redirect is no error
            raise
        answer = request.app[PAGES].error(request, error.status)
        if "Allow" in error.headers:
            answer.headers["Allow"] = error.headers["Allow"]
        return answer
    except StoreUnavailable:
        return request.app[PAGES].error(request, 503)
    except VaultClosed:
        return request.app[PAGES].error(request, 423)
