"""Whatever anybody sends, wherever they are in a form, they get an answer."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conversations.forms.another import AskHow, AskPaper, AskReach, AskWitness
from conversations.forms.choose import ChooseGroup, ChooseService
from conversations.forms.dropping import Dropping
from conversations.forms.fields.areas import AskDesa, AskRightArea, AskWhichArea
from conversations.forms.fields.numbers import AskWhichNumber
from conversations.forms.fields.photos import AskMorePhotos
from conversations.forms.fill import Fill, Summary, Sure, WhichAnswer, Whose, start
from conversations.forms.safe import SafeSend
from conversations.forms.whose import AskOwner
from conversations.messages import Attachment, Channel, Place
from conversations.records.parties import Another, Method, Relation
from conversations.turn import Answered, Draft, State, ask
from tests.conversations.forms.citizens import DISTRICT, VOICES, Citizen

EVERYTHING = st.characters(codec=None)  # half characters too: some telephones send them
TAPS = (
    *("fill.area:ya", "fill.area:>", "fill.area:99.01.01", "fill.photo:cukup", "fill.nik:nik"),
    *("summary.next:send", "summary.correct:nik", "group:data", "service:RTLH", "safe.send:send"),
)
SHORT = [
    *("1", "0", "99", "ya", "tidak", "lewati", "sama", "cukup", "berikutnya", "desa", "kec"),
    *("9901014107800001", "081234567890", "karanganyar", "dua puluh", "/menu", "\x00", "{x}"),
]
TEXTS = st.one_of(st.sampled_from(SHORT), st.text(EVERYTHING, max_size=60), st.text(max_size=20))
MESSAGES = st.fixed_dictionaries(
    {"text": TEXTS},
    optional={
        "picked": st.one_of(st.sampled_from(TAPS), st.text(max_size=8)),
        "attachments": st.lists(
            st.builds(Attachment, kind=st.sampled_from(["photo", "document"]), ref=st.just("a")),
            max_size=5,
        ).map(tuple),
        "place": st.builds(Place, st.floats(-90, 90), st.floats(-180, 180)),
        "phone": st.sampled_from(["+6281234567890", "12", "salah"]),
        "unreadable": st.sampled_from(["sticker", "voice"]),
    },
)


def _states() -> list[State]:
    """Return every question of every service, what questions lead to, and the ends of forms."""
    nik = Answered("nik", "9901014107800001", "...0001")
    forms = [Draft(code, (nik,)) for code in DISTRICT.services]
    asked = [
        Fill(draft, field.key)
        for draft in forms
        for field in DISTRICT.services[draft.service].fields
    ]
    inner = [
        Fill(Draft("PBI_USUL"), "nik", AskWhichNumber("9901010101150007")),
        Fill(Draft("RTLH"), "photo", AskMorePhotos()),
        Fill(Draft("RTLH"), "area", AskDesa("99.01.01")),
        Fill(Draft("RTLH"), "area", AskRightArea("99.01.01.2001")),
        Fill(Draft("RTLH"), "area", AskWhichArea(("99.01.02.2004", "99.01.04.2003"), sure=True)),
    ]
    ends = [Summary(forms[0]), WhichAnswer(forms[0]), Sure(forms[0]), SafeSend(Draft("PPA"))]
    ends.append(Dropping(forms[0]))
    draft, kin = forms[0], Relation.NEIGHBOUR
    owner = AskOwner(kin, "NIK ...0001")
    ends += [Whose(draft), Whose(draft, owner), Whose(draft, owner, summed=True)]
    ends += [AskReach(draft, kin), AskWitness(draft, kin)]
    ends += [AskHow(draft, kin, "Sri, kader"), AskPaper(draft, Another(kin, Method.THUMB))]
    shelves = [ChooseGroup(kind) for kind in ("", "need", "complaint")]
    begun = [start(code, VOICES["id"]).state for code in DISTRICT.services]
    return [*asked, *inner, *ends, *shelves, ChooseService("need", "data"), *begun]


STATES = _states()


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    state=st.sampled_from(STATES),
    messages=st.lists(MESSAGES, min_size=1, max_size=3),
    language=st.sampled_from(sorted(VOICES)),
    channel=st.sampled_from(list(Channel)),
)
def test_whatever_is_sent_is_answered(
    state: State, messages: list[dict[str, object]], language: str, channel: Channel
) -> None:
    """Any message in any state of a form gets one answer, and the state survives storage."""
    voice = VOICES[language]
    citizen = Citizen(voice, ask(state, voice), channel)
    for message in messages:
        citizen.sends(**message)


def test_four_thousand_emoji_everywhere() -> None:
    """Four thousand emoji break nothing, wherever they are sent."""
    for state in STATES:
        Citizen(VOICES["id"], ask(state, VOICES["id"])).says("\U0001f64f" * 4000)


def test_every_state_explains_itself() -> None:
    """Every state has a question, a hint, and a way back that has a question too."""
    voice = VOICES["id"]
    for state in STATES:
        assert state.prompt(voice).text
        assert state.hint(voice) or state.safe  # who may be watched is coached in nothing
        back = state.before()
        assert back is None or back.prompt(voice).text
