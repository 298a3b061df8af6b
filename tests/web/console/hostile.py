"""Text that tries to become part of a page, and what a page must be without."""

from html.parser import HTMLParser

ELEMENT = "x-hostile"
TEXT = (
    f"<{ELEMENT} onclick=alert(1)>\"><{ELEMENT}>'><{ELEMENT}></textarea><{ELEMENT}></title>"
    f"<{ELEMENT}></script><{ELEMENT}>--><{ELEMENT}>{{{{7*191}}}}&lt;{ELEMENT}&gt; "
    "javascript:alert(1)"
)
MARK = "7*191"  # by which the text is known where it stands, escaped
REACHED = "1337"  # what a template would make of it


class Anatomy(HTMLParser):
    """What a page is made of: its elements with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))


def harms(text: str) -> list[str]:
    """Return what in the page *text* came from a citizen and is more than words."""
    found = []
    for tag, attributes in Anatomy(text).elements:
        if tag == ELEMENT:
            found.append(f"an element <{tag}>")
        if tag == "script" and not attributes.get("src", "").startswith("/static/"):
            found.append("a script that is not ours")
        found += [f"{name} of <{tag}>" for name in attributes if name.startswith(("on", "style"))]
        links = (attributes.get(name, "") for name in ("href", "src", "action", "formaction"))
        found += [f"{link} in <{tag}>" for link in links if link.startswith("javascript:")]
    return [*found, *(["a template was run"] if REACHED in text else [])]
