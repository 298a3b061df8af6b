"""What every answer tells the browser: trust nothing but us, keep nothing, pass nothing on."""

from aiohttp import web

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)
ALONE = POLICY.format(ancestors="'none'")
FRAMED = POLICY.format(ancestors="'self'")  # the demo shows an agency's page beside the telephones

HEADERS = {
    "Content-Security-Policy": ALONE,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # an agency's address is a secret
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",  # a file that may be kept says so itself
}


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Add the headers an answer does not carry yet, and do not say what serves it (a signal)."""
    response.headers.pop("Server", None)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


def headed(answer: web.Response, *, framed: bool) -> web.Response:
    """Have *answer* stand in no frame but, where it is *framed*, the demo's own."""
    answer.headers["Content-Security-Policy"] = FRAMED if framed else ALONE
    return answer
