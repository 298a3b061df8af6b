"""The process in which one file is cleaned: it reads a file on its input and answers it clean."""

import resource
import sys

import msgspec

from casework.files.cleaning import cleaned

SECONDS = 6  # of processor time; a telephone's largest photo takes one
MEMORY = 640 * 1024 * 1024  # bytes of address space, a fifth of it the interpreter's


def main() -> None:
    """Clean what comes in, and write what became of it; nothing where it takes too much."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.buffer.write(msgspec.msgpack.encode(cleaned(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
