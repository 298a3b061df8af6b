"""What no committed file holds: one machine's paths, registries' hosts, secrets, other folders."""

import re

from tests.house import tree

# Spelt in pieces, so that this file does not break its own rule.
MACHINE_PATHS = re.compile(r"(?<![\w.~$}/-])/(?:" + "work|root|home|tmp" + r")/\w")
REGISTRIES = re.compile(
    r"(?i)\b[\w.-]*(?:pypi|pythonhosted|npm" + r"js|debian|docker)\.(?:org|com|io)\b"
)
PRIVATE_KEYS = re.compile(r"-----BEGIN [A-Z ]*PRIVATE" + " KEY|" + r"\b\d{8,10}:AA[\w-]{33}\b")
BINARY = (".png", ".jpg", ".ico", ".woff2", ".xlsx")


def found(pattern: re.Pattern[str], paths: tuple[str, ...]) -> list[str]:
    """Return where *pattern* stands in *paths*."""
    return [
        f"{path}:{number}: {line.strip()[:80]}"
        for path in paths
        if not path.endswith(BINARY)
        for number, line in enumerate(tree.text(path).splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_path_of_one_machine() -> None:
    """A clone works wherever it lies: no file names a folder of somebody's machine."""
    assert not found(MACHINE_PATHS, tree.files())


def test_no_registry_is_named() -> None:
    """Where packages come from is the operator's choice, not ours."""
    assert not found(REGISTRIES, tree.files())


def test_no_secret_is_committed() -> None:
    """No private key and nothing shaped like a Telegram token is in the tree."""
    assert not found(PRIVATE_KEYS, tree.files())


def test_the_program_needs_nothing_beside_it() -> None:
    """Only tests that skip without them and benchmarks look outside the project's folder."""
    inside = tuple(f for f in tree.files() if f.split("/")[0] not in {"tests", "benchmarks"})
    assert not found(re.compile(r"(?<!\w)\.\./shared/|\.\./bench"), inside)
