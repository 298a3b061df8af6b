"""Prove the audit and the tickets' logs, and print what to keep outside the house."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import click

from bot.keys import open_store
from bot.settings import Settings
from storage.audit.proving import Proven
from storage.audit.reading import End
from storage.cases.broken import Broken
from storage.cases.census import Counting
from storage.store import Store

MOST = 20  # broken links told; the first is the one that matters


class Verified:
    """What a proof went through, and what it found broken."""

    def __init__(self) -> None:
        self.audit = Proven()
        self.tickets = 0
        self.entries = 0


def heads(settings: Settings) -> None:
    """Print where each chain of the audit ends, to be kept where nobody here can change it."""
    asyncio.run(_heads(settings))


def verify(settings: Settings, kept: Path | None) -> int:
    """Prove everything, print the broken links, and return 1 if there are any.

    *kept* is a file that `heads` printed into: what it tells must still be there.
    """
    return asyncio.run(_verify(settings, ends_in(kept.read_text()) if kept else {}))


def ends_in(text: str) -> dict[str, End]:
    """Return the ends that `heads` printed as *text*. Raises click.ClickException."""
    try:
        rows = [line.split("\t") for line in text.splitlines() if line.strip()]
        return {chain: End(int(seq), last) for chain, seq, last in rows}
    except ValueError:
        raise click.ClickException("that is no file that satupintu audit heads printed") from None


async def broken_links(
    store: Store, verified: Verified, kept: Mapping[str, End]
) -> AsyncIterator[Broken]:
    """Yield every link that does not hold, of the audit and of every ticket's log."""
    async for broken in store.broken_audit(verified.audit, kept):
        yield broken
    counting = Counting(store.sealer, verified.audit.censuses)
    async for told in store.ledger():
        verified.tickets += 1
        verified.entries += len(told.entries)
        if told.entries:
            counting.saw(told.code, told.entries)
        if one := await store.broken_ticket(told):
            yield one
    for code in await store.logs_without_tickets():
        yield Broken(f"ticket {code}", "there is a log, and no ticket")
    for wrong in counting.broken():
        yield wrong


async def _verify(settings: Settings, kept: Mapping[str, End]) -> int:
    store = await open_store(settings, "operator")
    verified, found = Verified(), 0
    try:
        async for broken in broken_links(store, verified, kept):
            click.echo(f"BROKEN {broken.where}: {broken.why}")
            found += 1
            if found == MOST:
                click.echo("and perhaps more")
                break
    finally:
        await store.close()
    click.echo(
        f"{verified.audit.lines} lines of the audit, {verified.tickets} tickets with"
        f" {verified.entries} entries: {'BROKEN' if found else 'unbroken'}"
    )
    return min(found, 1)


async def _heads(settings: Settings) -> None:
    store = await open_store(settings, "operator")
    try:
        for chain, end in sorted((await store.audit_ends()).items()):
            click.echo(f"{chain}\t{end.seq}\t{end.hash}")
    finally:
        await store.close()
