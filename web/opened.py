"""A photo or document of a ticket, given to a browser so that it is looked at and nothing else."""

from aiohttp import web

from casework.files.cleaning import PDF
from casework.ticket.views import Opened
from referrals.choosing import Refusal
from web.pages import PAGES

BOXED = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
STATUSES = {"file_later": 503, "file_gone": 410}  # others cannot be shown as they are: 415
EXPLAINED = frozenset({"file_later", "file_gone"})


def file_answer(request: web.Request, opened: Opened | Refusal) -> web.Response:
    """Return the file, or a page that says why it cannot be shown.

    A photo is shown, a document is saved: browsers run what is in one.
    """
    if isinstance(opened, Refusal):
        kind = opened.reason if opened.reason in EXPLAINED else "file_unfit"
        status = STATUSES.get(opened.reason, 415)
        return request.app[PAGES].page(request, "file_gone.html", status, kind=kind)
    how = "attachment" if opened.kind == PDF else "inline"
    headers = {
        "Content-Disposition": f'{how}; filename="{opened.name}"',
        "Content-Security-Policy": BOXED,
        "Cross-Origin-Resource-Policy": "same-origin",
    }  # nosniff and no-store come with every answer
    return web.Response(body=opened.content, content_type=opened.kind, headers=headers)
