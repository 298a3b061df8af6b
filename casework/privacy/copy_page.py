"""A copy of somebody's data as a page that can be read and printed."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

import msgspec

from casework.privacy.copies import Copy

STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:45rem;margin:2rem auto;padding:0 1rem}"
    "dl{margin:.25rem 0 .75rem 1rem}dt{font-weight:600}dd{margin:0 0 .25rem 1rem}"
    "ol{padding-left:1.5rem}"
)


def as_json(copy: Copy) -> bytes:
    """Return *copy* for machines: indented JSON, times in ISO 8601."""
    return msgspec.json.format(msgspec.json.encode(copy), indent=2)


def as_page(copy: Copy, title: str) -> str:
    """Return *copy* as one HTML page that needs nothing else."""
    body = "".join(_told(msgspec.to_builtins(copy)))
    return (
        f'<!doctype html><html lang="id"><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style><h1>{escape(title)}</h1>{body}</html>\n"
    )


def _told(value: Any) -> Iterator[str]:  # noqa: ANN401 - whatever JSON can hold
    """Yield *value* as HTML: mappings as terms, lists as numbered points, the rest as text."""
    match value:
        case Mapping():
            yield "<dl>"
            for key, one in value.items():
                yield f"<dt>{escape(str(key).replace('_', ' '))}</dt><dd>"
                yield from _told(one)
                yield "</dd>"
            yield "</dl>"
        case list() | tuple():
            yield "<ol>" if value else "-"
            for one in value:
                yield "<li>"
                yield from _told(one)
                yield "</li>"
            yield "</ol>" if value else ""
        case None | "":
            yield "-"
        case _:
            yield escape(str(value))
