"""Secrets that a district's rows name: they stand in the environment, never in a row."""

import os


def secret(name: str) -> str:
    """Return what the environment holds under *name*, empty where it holds nothing."""
    return os.environ.get(name, "")
