"""What a ticket remembers of what happened to it."""

from msgspec.structs import replace

from referrals import commands as c
from referrals.chores import CloseUnanswered
from referrals.district.directory import Privacy
from referrals.district.statuses import Means, OfficeStatus, status_named
from referrals.district.ways import InboxWay, LetterWay, kind_of
from referrals.events import AutoConfirmed
from referrals.lifecycle import decide, evolve
from referrals.roles import Role
from referrals.ticket import Actor, Aftercare
from tests.referrals.samples import GOOD, NOW, WORDS, actor
from tests.referrals.story import A_DAY, SYSTEM, Story
from tests.referrals.test_lifecycle import CITIZEN, DESK, RESOLVED, SENT, played


def test_the_notice_that_is_waited_for_is_the_answers() -> None:
    """A receipt names the entry of the log by which the agency answered: here the fourth."""
    ticket = played(*RESOLVED)
    notice = ticket.awaited
    assert notice
    assert notice.of == ticket.events == 4


def test_a_ticket_knows_whether_it_is_for_another() -> None:
    """Who files for somebody else is not whom it is for."""
    assert played((GOOD[c.SubmitForAnother], actor(Role.FACILITATOR))).for_another
    assert not played(SENT[0]).for_another


def test_who_agreed_by_their_own_reply_has_the_ticket_in_their_own_hands() -> None:
    """Consent that somebody witnessed leaves it in the hands of who filed it."""
    for method, own in (("reply", True), ("witness", False)):
        consent = (c.GiveConsent("1", method, words=WORDS), CITIZEN)
        ticket = played((GOOD[c.SubmitForAnother], actor(Role.FACILITATOR)), consent)
        assert ticket.in_own_hands is own


def test_a_ticket_knows_what_its_citizen_wishes_to_hide() -> None:
    """Whoever files as secret or without a name stays so."""
    for kind, role in ((c.Submit, Role.CITIZEN), (c.SubmitForAnother, Role.FACILITATOR)):
        for wished in Privacy:
            hidden = replace(GOOD[kind], privacy=wished)  # type: ignore[call-arg] - both kinds have it
            assert played((hidden, actor(role))).privacy is wished


def test_a_ticket_knows_whom_it_is_about() -> None:
    """Whoever must not get it is kept out from the first event on, whoever filed it."""
    for kind, role in ((c.Submit, Role.CITIZEN), (c.SubmitForAnother, Role.FACILITATOR)):
        about = replace(GOOD[kind], kept_out=("pemdes",))  # type: ignore[call-arg] - both kinds have it
        assert played((about, actor(role))).kept_out == ("pemdes",)


def test_every_officer_who_decided_is_remembered() -> None:
    """Who hears an appeal is neither the first nor the second who decided before."""
    officers = [Actor(Role.VERIFIER, name) for name in ("v-1", "v-2")]
    steps = [(c.Ask(0, words=WORDS), one) for one in officers]
    answer = (c.AnswerAsk(words=WORDS), CITIZEN)
    ticket = played(SENT[0], steps[0], answer, steps[1])
    assert ticket.handled == ("v-1", "v-2")


def test_every_duplicate_is_remembered() -> None:
    """A ticket names all that were joined to it, the first one first."""
    codes = ("111111118", "222222226")
    joins = [(c.Join(code, NOW), DESK) for code in codes]
    assert played(SENT[0], *joins).joined == codes


def test_an_ending_by_silence_says_when_its_notice_arrived() -> None:
    """What was closed without a word names the receipt that made the silence count."""
    story = Story()
    story.resolved()
    story.wait(A_DAY)
    story.reach()
    reached = story.now
    story.wait(9 * A_DAY)
    events = decide(story.ticket, CloseUnanswered(), SYSTEM, story.now + A_DAY)
    assert isinstance(events, tuple)
    assert isinstance(events[0], AutoConfirmed)
    assert events[0].delivered_at == reached


def test_what_is_taken_up_again_has_no_outcome_yet() -> None:
    """Who says that nothing came is asked anew when it is done the next time."""
    done = (c.Confirm(5), CITIZEN)
    ticket = replace(played(*RESOLVED, done), outcome=Aftercare.ASKED)
    events = decide(ticket, c.ReportNotReceived(), CITIZEN, NOW + 29 * A_DAY)
    assert isinstance(events, tuple)
    assert evolve(ticket, events[0]).outcome is None


def test_an_offices_word_names_its_status() -> None:
    """Large and small letters and spaces around make no other word of it."""
    done = OfficeStatus(says="Selesai ", means=Means.RESOLVE)
    assert status_named((done,), " SELESAI") is done
    assert status_named((done,), "batal") is None


def test_a_way_is_known_by_one_word() -> None:
    """The word that a row chooses a way by."""
    assert kind_of(InboxWay()) == "inbox"
    assert kind_of(LetterWay()) == "letter"
