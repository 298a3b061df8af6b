"""All that agencies meet: their pages and programs, letters to them, and officers on duty."""

from msgspec import Struct

from bot.files import Files
from bot.ground import Ground
from bot.post.couriers import Post
from bot.post.duty import Duty
from bot.post.post_office import PostOffice
from bot.post.posting import Outdoors, from_environment, open_ways, tags_of
from bot.running.timers import Work
from casework.desk.agency_desk import AgencyDesk
from casework.desk.doing import Office
from casework.desk.proof_desk import ProofDesk
from casework.desk.seeing import Seeing
from casework.post.carried import Carried
from casework.post.handing import Handing
from casework.programs.agency_updates import AgencyUpdates
from casework.programs.open311_news import OPEN311_TIMER, Open311News


class Offices(Struct, frozen=True, kw_only=True):
    """The parts that agencies meet."""

    desk: AgencyDesk
    proofs: ProofDesk
    updates: AgencyUpdates
    handing: Handing
    duty: Duty
    post: PostOffice
    news: Open311News
    ground: Ground

    @property
    def work(self) -> dict[str, Work]:
        """What is done when a timer of theirs falls due."""
        now = self.ground.clock.now
        return {**self.post.work, OPEN311_TIMER: Work(lambda due: self.news.look(due, now()))}


def open_offices(ground: Ground, files: Files) -> Offices:
    """Put together all that agencies meet. Raises SettingsError where a way cannot be opened."""
    store, district, clock = ground.store, ground.district, ground.clock
    seeing, say = Seeing(district, ground.voices), ground.voices["id"]
    office = Office(store, ground.links, seeing, ground.letters, files.evidence, files.proofs)
    desk = AgencyDesk(office, ground.outbox.hand_over, clock.token)
    updates = AgencyUpdates(office, desk, district, ground.voices)
    outdoors = Outdoors(ground.senders, from_environment, clock)
    ways = open_ways(ground.settings, say, tags_of(ground.sealer), outdoors)
    carried = Carried(district, ground.letters, say)
    return Offices(
        desk=desk,
        proofs=ProofDesk(office),
        updates=updates,
        handing=Handing(office, desk, carried, ground.outbox.hand_over),
        duty=Duty(store, desk, ground.outbox, say, clock),
        post=PostOffice(
            ways, Post(store, carried, seeing, ways.by_kind, clock, ground.outbox.hand_over)
        ),
        news=Open311News(store, ways.open311, updates, district, ground.voices),
        ground=ground,
    )
