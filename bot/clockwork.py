"""The timers that keep tickets moving, put together."""

from collections.abc import Mapping

from bot.clock import Clock
from bot.running.timers import Work
from bot.sending.outbox import Outbox
from casework.clocks.calling import Calling
from casework.clocks.listing import LISTING_TIMER, Listing
from casework.clocks.rebuilding import Rebuilding
from casework.clocks.replanning import REPLANNING_TIMER, Replanning
from casework.clocks.ringing import Ringing
from casework.clocks.watch import Watch
from casework.telling.letters import Letters
from casework.ticket.appointments import CALL, RING_TIMER, UNROUTED, WAKE
from casework.ticket.receipts import REACHED, UNREACHED
from storage.store import Store

BACKLOG = 256  # tickets woken side by side: the more share a commit, the sooner all are done


async def clockwork(
    store: Store, letters: Letters, outbox: Outbox, clock: Clock
) -> Mapping[str, Work]:
    """Return what each kind of timer does; tickets planned by an older calendar wake soon."""
    watch = Watch(store, letters, clock.now, outbox.hand_over)
    await Rebuilding(store).start()
    replanning = Replanning(store, letters.district, clock.now)
    await replanning.start()
    listing = Listing(store, letters.district, clock.now)
    await listing.start()
    return {
        WAKE: Work(watch.wake, BACKLOG),
        REACHED: Work(watch.note),
        UNREACHED: Work(watch.note),
        UNROUTED: Work(watch.seek_office),
        CALL: Work(Calling(store, letters, clock.now).call),
        RING_TIMER: Work(Ringing(store, letters, clock.now).ring),
        REPLANNING_TIMER: Work(replanning.wake_all, 1),
        LISTING_TIMER: Work(listing.go_on, 1),
    }
