"""What a ticket remembers of what happened to it."""

from referrals import commands as c
from referrals.statuses import Means, OfficeStatus, status_named
from referrals.ticket import Actor, Role
from referrals.ways import InboxWay, LetterWay, kind_of
from tests.referrals.samples import WORDS
from tests.referrals.test_lifecycle import CITIZEN, RESOLVED, SENT, played


def test_the_notice_that_is_waited_for_is_the_answers() -> None:
    """A receipt names the entry of the log by which the agency answered: here the fourth."""
    ticket = played(*RESOLVED)
    notice = ticket.awaited
    assert notice
    assert notice.of == ticket.events == 4


def test_every_officer_who_decided_is_remembered() -> None:
    """Who hears an appeal is neither the first nor the second who decided before."""
    officers = [Actor(Role.VERIFIER, name) for name in ("v-1", "v-2")]
    steps = [(c.Ask(0, words=WORDS), one) for one in officers]
    answer = (c.AnswerAsk(words=WORDS), CITIZEN)
    ticket = played(SENT[0], steps[0], answer, steps[1])
    assert ticket.handled == ("v-1", "v-2")


def test_an_offices_word_names_its_status() -> None:
    """Large and small letters and spaces around make no other word of it."""
    done = OfficeStatus(says="Selesai ", means=Means.RESOLVE)
    assert status_named((done,), " SELESAI") is done
    assert status_named((done,), "batal") is None


def test_a_way_is_known_by_one_word() -> None:
    """The word that a row chooses a way by."""
    assert kind_of(InboxWay()) == "inbox"
    assert kind_of(LetterWay()) == "letter"
