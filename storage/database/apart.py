"""Running a coroutine where a loop may be running already."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def run_apart(work: Coroutine[Any, Any, T]) -> T:
    """Return what *work* gives, run in a loop and a thread of its own; the caller waits."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
