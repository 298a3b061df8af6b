"""The project's own files, as the house rules read them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = (
    "bot", "casework", "conversations", "districts", "handlers", "referrals", "registry_client",
    "storage", "web",
)  # fmt: skip


@cache
def files() -> tuple[str, ...]:
    """Return every file that is or would be committed, relative to the root."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)  # noqa: S603 - git itself
    return tuple(
        sorted(f for f in listed.stdout.decode().split("\0") if f and (ROOT / f).exists())
    )


def python(*folders: str) -> tuple[str, ...]:
    """Return the Python files below *folders*, Alembic's generated shape left out."""
    return tuple(
        f
        for f in files()
        if f.endswith(".py")
        and f.split("/", 1)[0] in folders
        and not f.startswith("storage/migrations/versions/")
    )


@cache
def text(path: str) -> str:
    """Return the text of *path*; bytes that are no UTF-8 are replaced."""
    return (ROOT / path).read_text("utf-8", errors="replace")


@cache
def parsed(path: str) -> ast.Module:
    """Return the syntax tree of *path*."""
    return ast.parse(text(path), path)
