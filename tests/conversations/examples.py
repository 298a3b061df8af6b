"""One of each state that a conversation can rest in, beside those of forms."""

from datetime import UTC, datetime

from msgspec.structs import replace

from conversations.again import Stuck
from conversations.asleep import Stopping
from conversations.first import AskConsent, Greeting, Without
from conversations.forms.fill import Fill, Summary
from conversations.hearing.answer_words import Verb, Wanted
from conversations.helping import Helped
from conversations.language import AskLanguage
from conversations.menu import Menu
from conversations.messages import Channel, Reply
from conversations.news.case import Case
from conversations.news.shares import Share
from conversations.news.ticket_words import Row
from conversations.personal.linking import Offering, Seeking, Sure
from conversations.personal.rights import AskProof as AskOwnProof
from conversations.personal.rights import AskWhose, Proving, WhichRight
from conversations.personal.rights_done import (
    AskWhoseOwn,
    AskWrong,
    Gathering,
    SureDisagree,
    SureErase,
    Wish,
)
from conversations.personal.sure import TypeCode, TypeTicketCode
from conversations.records.deeds import Withdraw
from conversations.records.own import EraseMe
from conversations.small_talk import Offered
from conversations.status.check_status import AskNik, AskProof, Looking, Next, WhichNumber
from conversations.tickets.answering import AskWhich, AskWhoseAnswer
from conversations.tickets.answering import Finding as Answering
from conversations.tickets.answers import EXPLAINED, AskShare, AskWhy
from conversations.tickets.between import LookBetween, WhichOfTwo
from conversations.tickets.claiming import AskClaim, Claiming, OfferClaim
from conversations.tickets.doubts import AskDecided, AskMeant
from conversations.tickets.rating import AskPoor, AskStars
from conversations.tickets.supplying import AskAnswer, AskMore
from conversations.tickets.track import AskCode, AskProofAgain, Finding, Listing, Shown, Which
from conversations.tickets.track import AskProof as AskTicketProof
from conversations.tickets.track import AskWhose as AskWhoseTicket
from conversations.tickets.unsure import Beside, Unsure
from conversations.tickets.withdrawing import AskWithdraw, Pressed
from conversations.turn import (
    Answered,
    Door,
    Draft,
    Enter,
    State,
)
from conversations.twice import LookFirst, StillOpen
from conversations.wish.accompanying import Called, Passing
from conversations.wish.comfort import Comforted
from conversations.wish.informing import Informed
from conversations.wish.person import AskReason
from conversations.wish.rescue import Rescue
from conversations.wish.wishes import Guessed
from conversations.wordless import Wordless
from referrals.roles import Sensitivity
from registry_client.nik import Nik

CODE = "482109379"
SARI = Nik("9901014107800001")
CASE = Case("Dinas Sosial", "RTLH")
CASES = tuple(Case("Dinas Sosial", "RTLH", each) for each in Sensitivity)
REFUSED = tuple(Share(number, "Dinas Kesehatan", done=False) for number in (2, 3))
SHARED = replace(CASE, shares=(Share(1, "Dinas Sosial", done=True), *REFUSED))
CHOSEN = (Verb.NOT_SOLVED, Verb.APPEAL, Verb.REOPEN)
FILL = Fill(Draft("RTLH", (Answered("danger", "roboh", "Roboh"),)), "nik")
ROWS = (Row(CODE, "4821 0937 9 Rumah"), Row("102938478", "1029 3847 8 Lampu"))
EXAMPLES: tuple[State, ...] = (
    Greeting(),
    AskConsent(),
    AskConsent(Enter(Door.WISH, "cek")),
    Without(),
    Without(read=True),
    Without(read=True),
    Menu(),
    Menu("RTLH"),
    Menu(unseen=True),
    Menu("NO_SUCH_SERVICE"),
    AskLanguage(),
    AskReason(),
    Stuck(),
    Wordless(),
    Wordless(called=True),
    Offered(),
    Informed("RTLH"),
    Guessed(("RTLH", "LAIN", "NO_SUCH_SERVICE"), "rumah saya bocor kalau hujan"),
    Comforted(),
    Comforted(2),
    Called(code=CODE),
    Called(2, CODE),
    Passing(Called(code=CODE), Wanted(Verb.ANSWER, CODE, "gelap semua")),
    Helped(),
    Rescue(("BENCANA", "NO_SUCH_SERVICE"), "rumah kebakaran"),
    Stopping(),
    LookFirst(FILL.draft, FILL, (Reply("Rumah"),)),
    StillOpen(FILL.draft, FILL, (Reply("Rumah"),), CODE, "4821 0937 9 Rumah"),
    StillOpen(FILL.draft, Summary(FILL.draft), (), CODE, "4821 0937 9 Rumah"),
    LookBetween(
        FILL.draft, FILL, (), FILL, "di belakang masjid", datetime(2026, 9, 3, 3, tzinfo=UTC)
    ),
    WhichOfTwo(FILL.draft, FILL, (Reply("Nama?"),), FILL, "di balik bukit", CODE, "Dinas Sosial"),
    Unsure(Wanted(Verb.ANSWER, reason="di belakang masjid"), Menu()),
    Beside(Wanted(Verb.ANSWER, reason="ndak"), AskWithdraw(Wanted(Verb.WITHDRAW, CODE)), "0f"),
    AskDecided(CODE, ("terima", "banding"), "mbah kecewa"),
    AskMeant(Wanted(Verb.ANSWER, CODE, "di belakang masjid"), CASE),
    AskNik(),
    AskNik("0001"),
    WhichNumber(SARI),
    WhichNumber(SARI, "0007"),
    AskProof(SARI),
    Looking(SARI, "0001", CODE),
    Next(SARI, ("DTSEN_USUL", "NO_SUCH_SERVICE")),
    Next(SARI, ()),
    Next(SARI, (), again=""),
    Listing(),
    Listing(proven=True),
    AskWhoseTicket(),
    AskWhoseAnswer(Wanted(Verb.NOT_SOLVED, reason="masih mati")),
    Which(ROWS),
    AskCode(),
    AskTicketProof(CODE),
    AskProofAgain(CODE),
    Finding(CODE),
    Finding(CODE, proven=True),
    Shown(CODE, ("sudah", "belum", "batal")),
    Shown(CODE, ("belum_terima", "buka")),
    AskWhich(Wanted(Verb.NOT_SOLVED), ROWS),
    *(Answering(Wanted(verb, CODE)) for verb in Verb),
    *(AskShare(Wanted(verb, CODE), SHARED) for verb in sorted(CHOSEN)),
    *(AskWhy(Wanted(verb, CODE), CASE) for verb in sorted(EXPLAINED)),
    AskAnswer(CODE, CASE),
    AskMore(CODE),
    AskMore(CODE, vault=True),
    *(AskWithdraw(Wanted(Verb.WITHDRAW, CODE, "sudah beres"), case) for case in CASES),
    Pressed(Wanted(Verb.WITHDRAW, CODE, "sudah beres"), CASES[1]),
    AskClaim(CODE),
    Claiming(CODE),
    OfferClaim(CODE),
    Offering("482913"),
    Offering("482913", "+628110001"),
    Seeking("482913"),
    Sure("482913", Channel.TELEGRAM, ""),
    AskStars(CODE),
    AskPoor(CODE, 1),
    WhichRight(),
    AskWhose(),
    AskWhoseOwn(Wish.SEEN),
    AskOwnProof(SARI),
    Proving(SARI),
    *(Gathering(wish) for wish in (Wish.SEE, Wish.SEEN, Wish.ERASE)),
    SureErase(going=(CODE,) * 7),
    SureErase(),
    SureDisagree(),
    TypeCode("0042", EraseMe(), "Sudah", "Tidak"),
    TypeTicketCode("4821", Withdraw(CODE, "beres"), "Sudah", "Tidak"),
    AskWrong(),
)
