"""Signs of life: true, and each says whose turn it is and what comes next."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from conversations.messages import Reply
from conversations.news.notices import notice
from conversations.say import Say
from referrals import events
from referrals.clocks import Clock, Pause, Running
from referrals.ticket import Leg, LegState, Ticket, TicketState
from tests.conversations import limits
from tests.conversations.spoken_records import ticket
from tests.conversations.town import DISTRICT, VOICES

SINCE = datetime(2026, 9, 3, 3, tzinfo=UTC)  # a Thursday
LATER = SINCE + timedelta(days=13)
HOUSE = replace(ticket("482109379 RTLH in_progress dinas-perkim 2026-08-20"), since=SINCE)
LEG = Leg(number=1, agency="dinas-perkim", state=LegState.WORKING, since=SINCE)
STATES = (  # state, its leg, the clock that runs, and what the citizen must read
    (TicketState.SUBMITTED, None, Clock.C1, "masih kami periksa"),
    (TicketState.TRIAGE, LegState.RETURNED, Clock.C7, "carikan instansi"),
    (TicketState.REFERRED, LegState.SENT, Clock.C2, "menunggu tanggapan Dinas Perumahan"),
    (TicketState.IN_PROGRESS, LegState.WORKING, Clock.C4, "dikerjakan Dinas Perumahan"),
    (TicketState.NEEDS_INFO, LegState.WORKING, Clock.C6, "menunggu jawaban Bapak/Ibu"),
    (TicketState.RESOLVED, LegState.DONE, Clock.C5, "Kami masih menunggu kabar Bapak/Ibu"),
    (TicketState.DECLINED, LegState.NOT_DONE, Clock.C5, "Kami masih menunggu pilihan"),
    (TicketState.APPEAL, LegState.NOT_DONE, Clock.C10, "diperiksa petugas lain"),
)


def waiting(state: TicketState, leg: LegState | None, clock: Clock | None) -> Ticket:
    """Return a ticket in *state*, whose *clock* runs since it came there."""
    legs = (replace(LEG, state=leg),) if leg else ()
    number = 1 if clock in {Clock.C2, Clock.C4} else 0
    clocks = (Running(clock, SINCE, number),) if clock else ()
    return replace(HOUSE, state=state, legs=legs, clocks=clocks, asking=1)


def told(ticket: Ticket, say: Say = VOICES["id"], at: datetime = LATER) -> Reply:
    """Return the sign of life that the citizen of *ticket* gets *at* then."""
    reply = notice(events.StillWaiting(at=at), ticket, "", say)
    assert isinstance(reply, Reply)
    limits.check(reply)
    return reply


@pytest.mark.parametrize("language", VOICES)
@pytest.mark.parametrize(("state", "leg", "clock", "words"), STATES)
def test_every_state_has_its_reason(
    state: TicketState, leg: LegState | None, clock: Clock, words: str, language: str
) -> None:
    """Where it stands, since when, and the date that comes next."""
    reply = told(waiting(state, leg, clock), VOICES[language])
    assert "3 Sep" in reply.text
    if language == "id":
        assert words in reply.text
        assert "Batas" in reply.text


def test_what_is_late_is_called_late() -> None:
    """A limit that has passed is no limit ahead."""
    early, late = SINCE + timedelta(hours=1), SINCE + timedelta(days=20)
    here = waiting(TicketState.REFERRED, LegState.SENT, Clock.C2)
    assert "Batas berikutnya 7 September 2026" in told(here, at=early).text
    assert "Batasnya 7 September 2026 sudah lewat" in told(here, at=late).text


def test_without_a_date_none_is_told() -> None:
    """Nothing runs, or no calendar knows the year: no date is made up."""
    bare = waiting(TicketState.RESOLVED, LegState.DONE, None)
    far = replace(
        waiting(TicketState.REFERRED, LegState.SENT, None),
        clocks=(Running(Clock.C2, datetime(2031, 1, 1, tzinfo=UTC), 1),),
    )
    assert "Batas" not in told(bare).text
    assert "Batas" not in told(far).text


def test_the_waiting_list_has_its_own_date() -> None:
    """On a waiting list it is the day of the review that counts."""
    leg = replace(LEG, state=LegState.WAITLISTED, review=date(2026, 9, 30))
    here = replace(waiting(TicketState.ON_HOLD, LegState.WAITLISTED, None), legs=(leg,))
    assert "Diperiksa lagi paling lambat 30 September 2026" in told(here).text


def test_what_is_asked_can_be_answered() -> None:
    """Where it is the citizen's turn, the sign of life offers their answers."""
    here = waiting(TicketState.RESOLVED, LegState.DONE, Clock.C5)
    assert [choice.label for choice in told(here).choices] == ["Sudah selesai", "Belum selesai"]


def test_a_proposal_waits_for_its_round() -> None:
    """No office can hasten the monthly round: its days are told, and no limit of ours."""
    here = replace(
        waiting(TicketState.IN_PROGRESS, LegState.WORKING, Clock.C4),
        service="DTSEN_USUL",
        opened_at=SINCE,
    )
    text = told(here).text
    assert "11 Oktober 2026" not in text
    assert "Usul sampai 11 September 2026" in text
    assert "17 September 2026" in text
    assert "paling cepat 31 Oktober 2026" in text
    late = told(here, at=SINCE + timedelta(days=20)).text
    assert "Usul sampai 11 Oktober 2026" in late


def proposal(milestone: str = "", **leg: object) -> Ticket:
    """Return a proposal so far on its way, whose leg is known by *leg*."""
    here = waiting(TicketState.IN_PROGRESS, LegState.WORKING, Clock.C4)
    legs = (replace(LEG, **leg),)
    known = {"service": "DTSEN_USUL", "opened_at": SINCE, "milestone": milestone, "legs": legs}
    return replace(here, **known)


@pytest.mark.parametrize("language", VOICES)
def test_a_proposal_that_left_the_village_waits_for_the_district(language: str) -> None:
    """After the village meeting no other round is told: the next approval, this month's or not."""
    for milestone in ("musdes", "dinsos"):
        text = told(proposal(milestone), VOICES[language]).text
        assert "17 Sep" in text
        assert "11 " not in text
    if language == "id":
        late = told(proposal("dinsos"), at=SINCE + timedelta(days=20)).text
        assert "disahkan kabupaten sampai 17 Oktober 2026" in late
        assert "paling cepat 31 Oktober 2026" in late


@pytest.mark.parametrize("language", VOICES)
def test_a_proposal_waits_for_central_government(language: str) -> None:
    """Approved, it is nobody's turn here: since when, who decides, and no result before then."""
    away = proposal("bupati", with_centre=SINCE)
    text = told(away, VOICES[language]).text
    assert "3 Sep" in text
    assert "31 Oct" in text or "31 Okt" in text
    if language == "id":
        assert "Sejak 3 September 2026 menunggu keputusan pemerintah pusat" in text
        assert "musyawarah" not in text
        assert "Batas" not in text
        over = told(away, at=datetime(2026, 11, 3, 3, tzinfo=UTC)).text
        assert "keluar 31 Oktober 2026; kami tanyakan ke Dinas Perumahan" in over


def test_behind_the_last_step_our_own_limit_counts_again() -> None:
    """Central government decided: what is left is an office's, with its date."""
    assert "Batas" in told(proposal("pusat")).text


def test_a_waiting_list_says_what_it_waits_for() -> None:
    """The step, its days, and when the list is looked at again; an unknown one is not named."""
    listed = {"state": LegState.WAITLISTED, "review": date(2026, 9, 30)}
    here = replace(proposal(stage="dinsos", **listed), state=TicketState.ON_HOLD)
    text = told(here).text
    assert "di daftar tunggu Dinas Perumahan dan Permukiman, menunggu validasi Dinas" in text
    assert "disahkan kabupaten sampai 17 September 2026" in text
    assert "Diperiksa lagi paling lambat 30 September 2026" in text
    gone = replace(proposal(stage="gone", **listed), state=TicketState.ON_HOLD)
    assert "menunggu" not in told(gone).text


@pytest.mark.parametrize("language", VOICES)
@pytest.mark.parametrize("stage", ["musdes", "pusat", ""])
def test_the_notice_of_a_waiting_list_names_step_and_day(stage: str, language: str) -> None:
    """Which step it waits for, where it is one, and until when; it was not reached."""
    event = events.PutOnHold(at=LATER, leg=1, review=date(2026, 9, 30), milestone=stage)
    reply = notice(event, proposal(), "", VOICES[language])
    assert isinstance(reply, Reply)
    limits.check(reply)
    assert "30 Sep" in reply.text
    assert DISTRICT.usul
    for step in DISTRICT.usul.milestones:
        assert (step.label.in_language(language) in reply.text) is (step.code == stage)


def test_of_several_offices_the_one_at_work_is_named_and_the_others_too() -> None:
    """Who is on a waiting list does not work; whose time stands still is no limit."""
    listed = replace(
        LEG, number=2, agency="baznas", state=LegState.WAITLISTED, review=date(2026, 9, 30)
    )
    sent = replace(LEG, number=3, agency="dinkes", state=LegState.SENT)
    working = replace(LEG, number=4, agency="disdukcapil", since=SINCE - timedelta(days=9))
    here = waiting(TicketState.IN_PROGRESS, LegState.WORKING, Clock.C4)
    stopped = Running(Clock.C4, SINCE - timedelta(days=9), 2, pauses=(Pause(SINCE),))
    legs, clocks = (LEG, listed, sent), (*here.clocks, stopped)
    text = told(replace(here, legs=legs, clocks=clocks)).text
    assert "Sejak 3 September 2026 dikerjakan Dinas Perumahan dan Permukiman." in text
    assert "Baznas Kabupaten Contoh (daftar tunggu sampai 30 September 2026)" in text
    assert "Dinas Kesehatan (belum menanggapi)" in text
    assert f"Batas berikutnya {told(here).text.partition('Batas berikutnya ')[2]}" in text
    both = told(replace(here, legs=(LEG, working))).text
    assert "Sejak 25 Agustus 2026 dikerjakan Dinas Dukcapil." in both
    assert "Dinas Perumahan dan Permukiman (sedang dikerjakan)" in both
    looking = replace(here, clocks=(*here.clocks, Running(Clock.C7, SINCE, 2)))
    assert "Satu bagian masih kami carikan instansi" in told(looking).text


def test_a_district_without_editions_promises_no_date() -> None:
    """Where no row says when the registry comes out, none is told."""
    assert DISTRICT.usul
    bare = replace(DISTRICT, usul=replace(DISTRICT.usul, editions=()))
    say = Say("id", VOICES["id"]._texts, bare)
    here = replace(
        waiting(TicketState.IN_PROGRESS, LegState.WORKING, Clock.C4), service="DTSEN_USUL"
    )
    assert "paling cepat" not in told(here, say).text
    assert "paling cepat" not in told(proposal("bupati", with_centre=SINCE), say).text


@pytest.mark.parametrize("language", VOICES)
def test_milestones(language: str) -> None:
    """Which step was reached, and which comes next; words alone for a step that no row has."""

    def said(milestone: str, say: Say = VOICES[language]) -> str:
        event = events.MilestoneReached(at=LATER, leg=1, milestone=milestone)
        here = replace(HOUSE, legs=(LEG,), service="DTSEN_USUL")
        reply = notice(event, here, "", say)
        assert isinstance(reply, Reply)
        limits.check(reply)
        return reply.text

    assert DISTRICT.usul
    labels = [step.label.in_language(language) for step in DISTRICT.usul.milestones]
    assert labels[1] in said("musdes")
    assert labels[2] in said("musdes")
    assert labels[-1] in said("pusat")
    agency = DISTRICT.agencies["dinas-perkim"].name.in_language(language)
    assert agency in said("gone")
    assert agency in said("", Say(language, VOICES[language]._texts, replace(DISTRICT, usul=None)))


@pytest.mark.parametrize("level", [1, 2, 3])
def test_who_was_told_of_a_breach(level: int) -> None:
    """The citizen reads who heard of it; at last, where else they can turn."""
    for leg in (0, 1):
        event = events.Breached(at=LATER, clock=Clock.C4, leg=leg, level=level, due=SINCE)
        reply = notice(event, replace(HOUSE, legs=(LEG,)), "", VOICES["id"])
        assert isinstance(reply, Reply)
        who = ("pimpinannya", "Sekretaris Daerah", "Inspektorat")[level - 1]
        assert who in reply.text
        assert ("Ombudsman 137" in reply.text) is (level == 3)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_share_that_came_back_is_the_desks_delay(level: int) -> None:
    """Who handed it back is not blamed for the days in which nobody finds another office."""
    back = replace(HOUSE, legs=(replace(LEG, state=LegState.RETURNED),))
    event = events.Breached(at=LATER, clock=Clock.C7, leg=1, level=level, due=SINCE)
    reply = notice(event, back, "", VOICES["id"])
    assert isinstance(reply, Reply)
    assert "Dinas Perumahan" not in reply.text


@pytest.mark.parametrize("level", [1, 2, 3])
def test_news_that_did_not_arrive_is_the_desks_delay(level: int) -> None:
    """Nobody reads that the office is late which has answered long ago."""
    answered = replace(
        HOUSE, state=TicketState.RESOLVED, legs=(replace(LEG, state=LegState.DONE),)
    )
    event = events.Breached(at=LATER, clock=Clock.C11, leg=0, level=level, due=SINCE)
    reply = notice(event, answered, "", VOICES["id"])
    assert isinstance(reply, Reply)
    assert "sampai ke Bapak/Ibu" in reply.text
    assert "Dinas Perumahan" not in reply.text


def test_without_numbers_none_are_told() -> None:
    """A district that lists nobody to complain to names none."""
    say = Say("id", VOICES["id"]._texts, replace(DISTRICT, hotlines=()))
    event = events.Breached(at=LATER, clock=Clock.C4, leg=0, level=3, due=SINCE)
    reply = notice(event, HOUSE, "", say)
    assert isinstance(reply, Reply)
    assert "mengadu" not in reply.text


def test_the_last_reminder_says_what_follows() -> None:
    """The third one names the day; of a question about a leg, its office asks."""
    here = waiting(TicketState.NEEDS_INFO, LegState.WORKING, Clock.C6)
    for number in (1, 2, 3):
        event = events.Reminded(at=LATER, clock=Clock.C6, number=number)
        reply = notice(event, here, "", VOICES["id"])
        assert isinstance(reply, Reply)
        assert "Dinas Perumahan" in reply.text
        assert ("tiket kami tutup dulu" in reply.text) is (number == 3)
    unknown = replace(here, clocks=())
    reply = notice(event, unknown, "", VOICES["id"])
    assert isinstance(reply, Reply)
    assert "tutup" not in reply.text
