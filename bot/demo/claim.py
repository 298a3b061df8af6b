"""The demo keeps to databases of its own, and the server away from them.

Its invented people, and its accounts whose pass phrase everybody may read, have no business where
citizens come; one setting too many in an operator's environment would bring them there.
"""

from bot.demo.staff import account_of, demo_staff
from storage.store import Store

MARK = "demo"  # the note that says whose database it is


async def claim(store: Store) -> bool:
    """Mark the database as the demo's, where it is new; False where it is somebody's own."""
    if await is_demos(store):
        return True
    if await store.people_count() or await store.accounts() or await store.codes_after("", 1):
        return False
    unit = store.unit()
    unit.keep_note(MARK, "yes")
    await store.commit(unit)
    return True


async def is_demos(store: Store) -> bool:
    """Tell whether the demo was here: it left its mark, or one of its accounts."""
    if await store.kept_note(MARK):
        return True
    known = {account_of(one.role) for one in demo_staff()}
    return any(account.id in known for account in await store.accounts())
