"""What can go wrong with a database: a closed family, each saying whether to try again."""


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
