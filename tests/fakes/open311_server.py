"""An office's Open311 GeoReport v2 server on 127.0.0.1, strict where the specification is."""

import itertools
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

JURISDICTION = "kantor.example.go.id"
KEY = "k3y"
OPENED = "2026-11-23T03:00:00+00:00"


@dataclass
class Open311Server:
    """Keeps the requests that were opened; *tokens* answers with tokens first, as slow ones do."""

    tokens: bool = False
    numeric: bool = False  # ids as bare numbers, against the specification
    codes: tuple[str, ...] = ("12", "99")
    forms: list[dict[str, str]] = field(default_factory=list)
    requests: dict[str, dict[str, Any]] = field(default_factory=dict)
    waiting: dict[str, str | None] = field(default_factory=dict)  # token to number
    answered: list[tuple[str, Any]] = field(default_factory=list)  # path and body of each answer
    photos: dict[str, bytes] = field(default_factory=dict)  # what it shows of its work, by name
    status: int = 0  # answer this to everything
    headers: dict[str, str] = field(default_factory=dict)

    async def start(self) -> None:
        """Listen on a free port; *url* is then the base of the service."""
        app = web.Application(middlewares=[self._strict])
        base = "/open311/v2"
        app.add_routes(
            [
                web.post(f"{base}/requests.json", self._open),
                web.get(f"{base}/tokens/{{token}}.json", self._token),
                web.get(f"{base}/requests/{{number}}.json", self._request),
                web.get(f"{base}/photos/{{name}}", self._photo),
            ]
        )
        self._numbers = itertools.count(293_944)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}{base}"

    async def close(self) -> None:
        """Stop."""
        await self._runner.cleanup()

    def change(self, number: str, **news: object) -> None:
        """Have officers over there write *news* into request *number*."""
        self.requests[number].update(news)

    def number(self, token: str) -> str:
        """Give the request behind *token* its number at last."""
        number = self.waiting[token] = self._keep(self.forms[-1])
        return number

    @web.middleware
    async def _strict(self, request: web.Request, handler: Any) -> web.StreamResponse:  # noqa: ANN401 - aiohttp's own type for handlers
        form = dict(await request.post()) if request.method == "POST" else dict(request.query)
        if self.status:
            return web.Response(status=self.status, headers=self.headers)
        if form.get("jurisdiction_id") != JURISDICTION and "/photos/" not in request.path:
            return self._error(404, "jurisdiction_id is not known")
        answer: web.StreamResponse = await handler(request)
        return answer

    async def _open(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.forms.append(form)
        if form.get("api_key") != KEY:
            return self._error(403, "api_key is missing or wrong")
        if form.get("service_code") not in self.codes:
            return self._error(404, "service_code is not known")
        if not form.get("address_string") or len(form.get("description", "")) > 4000:
            return self._error(400, "address_string, or lat and long, are required")
        if self.tokens:
            token = f"t{len(self.forms)}"
            self.waiting[token] = None
            return self._answer(request, [{"token": token, "service_notice": None}])
        return self._answer(request, [{"service_request_id": self._id(self._keep(form))}])

    async def _token(self, request: web.Request) -> web.Response:
        token = request.match_info["token"]
        if token not in self.waiting:
            return self._error(404, "token is not known")
        number = self.waiting[token]
        found = [{"service_request_id": number, "token": token}] if number else []
        return self._answer(request, found)

    async def _request(self, request: web.Request) -> web.Response:
        kept = self.requests.get(request.match_info["number"])
        if kept is None:
            return self._error(404, "service_request_id is not known")
        return self._answer(request, [kept])

    async def _photo(self, request: web.Request) -> web.Response:
        photo = self.photos.get(request.match_info["name"])
        return web.Response(status=404) if photo is None else web.Response(body=photo)

    def _keep(self, form: dict[str, str]) -> str:
        number = str(next(self._numbers))
        self.requests[number] = {
            "service_request_id": number,
            "status": "open",
            "status_notes": None,
            "service_name": "Umum",
            "service_code": form["service_code"],
            "description": form["description"],
            "agency_responsible": None,
            "service_notice": None,
            "requested_datetime": OPENED,
            "updated_datetime": OPENED,
            "expected_datetime": None,
            "address": form["address_string"],
            "address_id": None,
            "zipcode": None,
            "lat": None,
            "long": None,
            "media_url": None,
        }
        return number

    def _id(self, number: str) -> str | int:
        return int(number) if self.numeric else number

    def _answer(self, request: web.Request, body: Any) -> web.Response:  # noqa: ANN401 - JSON of any shape
        self.answered.append((request.path, body))
        return web.json_response(body)

    def _error(self, status: int, why: str) -> web.Response:
        return web.json_response([{"code": status, "description": why}], status=status)
