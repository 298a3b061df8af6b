"""Print what each transcript costs by SMS, segment by segment, for who writes the wording.

Run it from the project's root: ``.venv/bin/python -m tests.conversations.segments [NAME …]``.
A named one is printed in full, "|" where a text message ends; else a table of them all.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from conversations.messages import Channel, Reply
from handlers.sms_parts import messages
from tests.conversations.elsewhere import Elsewhere
from tests.conversations.limits import parts, segments
from tests.conversations.rewrite import FOLDER


def main(names: list[str]) -> None:
    """Print the transcripts called *names*, or one line for each of them all."""
    sys.stdout.writelines(f"{line}\n" for line in table(names))


def table(names: list[str]) -> Iterator[str]:
    """Yield a line for each transcript, those called *names* in full, and what a reply costs."""
    costs = []
    for file in sorted(FOLDER.glob("*.txt")):
        if names and file.stem not in names:
            continue
        replies = list(by_sms(file))
        costs += (segments(reply) for reply in replies)
        yield f"{file.stem}: {'+'.join(str(segments(reply)) for reply in replies)}"
        for reply in replies if names else ():
            yield from (f"  {line}" for line in shown(reply))
    yield f"{len(costs)} replies: median {median(costs)}, worst {max(costs)} segments"


def by_sms(file: Path) -> Iterator[Reply]:
    """Yield the replies of the transcript in *file*, played by SMS."""
    return Elsewhere(file.read_text(), Channel.SMS).replies()


def shown(reply: Reply) -> Iterator[str]:
    """Yield *reply* as a telephone shows it, with its cost before it."""
    yield f"[{segments(reply)}]"
    for text in messages(reply):
        yield from "|".join(part.rstrip(" ") for part in parts(text)).split("\n")


if __name__ == "__main__":
    main(sys.argv[1:])
