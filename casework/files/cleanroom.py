"""Where files are cleaned: a process of its own for each, with little time and memory.

A file of some kilobytes can unpack to gigabytes, and a decoder may have a fault. Here both cost
one upload, and never the service. The process gets no secrets, and nothing but the file.
"""

import asyncio
import os
import sys

import msgspec
import structlog

from casework.files.cleaning import Clean, Unfit
from storage.database.errors import FilesUnavailable

FAILED = 1  # how a process ends whose decoder raised what nobody expects
PATIENCE = 20  # seconds that we wait for the process, on a busy machine

log = structlog.get_logger()
_read = msgspec.msgpack.Decoder[Clean | Unfit](Clean | Unfit).decode


async def clean_apart(sent: bytes) -> Clean | Unfit:
    """Return *sent* as it may be kept, or why not; what takes too much is TOO_LARGE.

    Raises FilesUnavailable where the machine was too busy to tell: its own time for the file was
    not used up, and trying again can help.
    """
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "casework.files.bounded",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    try:
        answer, _ = await asyncio.wait_for(child.communicate(sent), PATIENCE)
    except TimeoutError:
        raise FilesUnavailable("the machine is too busy to clean a file") from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode == FAILED:
        return Unfit.BROKEN
    if not answer:
        log.warning("a file took too much to be cleaned", size=len(sent), ended=child.returncode)
        return Unfit.TOO_LARGE
    read: Clean | Unfit = _read(answer)
    return read
