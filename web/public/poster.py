"""The bare address, as it stands on a poster: leads to the page that people come for."""

from aiohttp import web


def add_poster(app: web.Application, path: str) -> None:
    """Lead from / to *path*, a page of ours."""

    async def lead(_request: web.Request) -> web.StreamResponse:
        raise web.HTTPSeeOther(path)

    app.router.add_get("/", lead)
