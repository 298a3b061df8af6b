"""What a browser brings of what it was given before; it may bring whatever it likes."""

from aiohttp import web


def brought(request: web.Request, name: str) -> str:
    """Return the cookie *name*, empty where there is none or it holds what we never write."""
    value = request.cookies.get(name, "")
    return value if value.isascii() else ""
