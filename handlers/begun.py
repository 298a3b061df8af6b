"""Long replies that were cut short: what went before, so that it does not go twice."""

from conversations.messages import Reply

MOST = 10_000  # addresses remembered; of older ones a part may go twice


class Begun:
    """How far the reply to each address came before its channel failed."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Reply, tuple[str, ...]]] = {}

    def keep(self, to: str, reply: Reply, references: tuple[str, ...]) -> None:
        """Remember that the parts of *reply* with these *references* went to *to*."""
        if references:
            self._kept.pop(to, None)
            self._kept[to] = (reply, references)
            if len(self._kept) > MOST:
                del self._kept[next(iter(self._kept))]

    def resume(self, to: str, reply: Reply) -> tuple[str, ...]:
        """Return the references of the parts that went before, and forget them.

        Another reply means that the one cut short was given up: it starts at its beginning.
        """
        if not self._kept:
            return ()
        begun, references = self._kept.pop(to, (reply, ()))
        return references if begun == reply else ()
