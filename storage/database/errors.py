"""What can go wrong with a database: a closed family, each saying whether to try again."""

from collections.abc import Callable


class StoreUnavailable(Exception):  # noqa: N818 - it says what is the case, as its callers read it
    """The database cannot be used now: gone, hung, locked or full. Retry later; nobody's fault."""


class InDoubtError(StoreUnavailable):
    """The connection broke while committing: kept or not, nobody knows. Retry, it is safe."""


class ClashError(StoreUnavailable):
    """Two transactions stood in each other's way and this one was undone. Retry, best alone."""


class StatementRefusedError(Exception):
    """The database refused a statement: a bug of ours or an impossible value. Never retry."""


class StoreOutdatedError(Exception):
    """The database's schema is not the one of this version: run ``satupintu migrate``."""


class FilesUnavailable(StoreUnavailable):
    """Where files are kept cannot be used now: gone, slow, full, or it refuses our key."""


class ToldApart:
    """Raises a driver's errors as our own, by *ours*. It has no state: one serves all calls."""

    def __init__(self, ours: Callable[[BaseException], Exception | None]) -> None:
        self._ours = ours

    def __enter__(self) -> None:
        """Begin what the driver does."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Raise what *error* is to us, if it is any of ours."""
        if error is not None and (ours := self._ours(error)) is not None:
            raise ours from error
