"""A kabupaten's rows: services, agencies, areas, hotlines. Open Referral HSDS has the names."""

from datetime import date
from enum import StrEnum

from msgspec import Struct, field

from referrals.district.alarms import Alarms, Danger
from referrals.district.replies import Canned
from referrals.district.staffing import StaffRole
from referrals.district.statuses import Updates
from referrals.district.ways import OnCall, Way
from referrals.district.words import Words
from referrals.district.working_days import WorkCalendar
from referrals.roles import Sensitivity


class Level(StrEnum):
    """Where a service's first leg goes."""

    VILLAGE = "village"
    DISTRICT = "district"
    DIRECT = "direct"


class Priority(StrEnum):
    """How urgent: P1 counts in hours, the others in working days."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"


class Privacy(StrEnum):
    """From whom the citizen is hidden (lifecycle, overlays)."""

    NAMED = "named"
    ANONIM = "anonim"  # neither the agency nor the public learns who it is
    RAHASIA = "rahasia"  # the public does not: nothing they say goes where anybody can read


class FieldKind(StrEnum):
    """What a question of a service's form asks for."""

    NIK = "nik"
    KK = "kk"
    CHOICE = "choice"
    NAME = "name"
    WORDS = "words"  # a short free answer
    NUMBER = "number"
    DIGITS = "digits"  # a number printed on a card or a meter, kept as it stands
    PHONE = "phone"
    AREA = "area"  # kecamatan, then desa
    STORY = "story"
    PHOTO = "photo"  # photo or document
    PLACE = "place"  # location on the map, or described in words
    WHOM = "whom"  # whom the form is for: oneself, or another and what one is to them


PRIVACY = "privacy"  # key of the choice that asks how much may be known of the citizen


class SafeTime(Struct, frozen=True, kw_only=True):
    """When contact is safe: hours of every day, local time, or so many minutes after filing."""

    since: str = field(name="from", default="")
    until: str = field(name="to", default="")
    minutes: int = 0


class Option(Struct, frozen=True):
    """One answer of a choice field."""

    value: str
    label: Words  # at most 24 characters
    priority: Priority | None = None  # picking it makes the ticket this urgent
    safe: SafeTime | None = None  # who picks it may be contacted then, and at no other time
    keeps_out: tuple[str, ...] = ()  # roles whose agencies never get the ticket of who picks it
    also: tuple[str, ...] = ()  # other words for it, which may stand among others


class OnlyIf(Struct, frozen=True):
    """When a question is asked: the choice *key* ahead of it got one of *values*, or no answer."""

    key: str
    values: tuple[str, ...]


class Field(Struct, frozen=True, kw_only=True):
    """One question of a service's form."""

    key: str
    kind: FieldKind
    ask: Words
    label: Words  # what the summary calls it
    required: bool = True
    options: tuple[Option, ...] = ()
    minimum: int = 0  # smallest number, for NUMBER; fewest digits, for DIGITS and WORDS
    lettered: bool = False  # a bare number answers nothing, for WORDS
    maximum: int = 0  # largest number, for NUMBER; most digits, for DIGITS; 0 is none
    shared: bool = True  # the agency needs to see it
    thing: bool = False  # a PHOTO of a place or thing, and no paper that tells who somebody is
    only_if: OnlyIf | None = None  # asked always where there is none
    ask_other: Words | None = None  # how it is asked where the form is for somebody else


class Group(Struct, frozen=True):
    """A shelf of the menu, at most eight."""

    id: str
    label: Words


class Service(Struct, frozen=True, kw_only=True):
    """Something a citizen can ask for or complain about (HSDS service)."""

    code: str
    group: str
    kind: str  # information, need or complaint
    label: Words  # at most 24 characters
    description: Words  # at most 72 characters
    level: Level
    priority: Priority
    respond_days: int  # working days, hours for P1
    resolve_days: int
    roles: tuple[str, ...]  # the agencies' roles, the first owner first
    fields: tuple[Field, ...] = ()
    documents: tuple[Words, ...] = ()
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    core: bool = True
    listed: bool = True  # shown in the menu
    emergency: bool = False  # the hotline card comes before any question
    danger: Danger = Danger.EMERGENCY  # which numbers stand on it
    safe_path: bool = False  # violence: no story in the chat
    confidential: bool = False  # the village and whoever is complained about never see the citizen
    confirm_twice: bool = False
    cooling_hours: int = 0  # after filing it can be taken back before any agency has it
    proof: bool = True  # done counts only with a photo or document of the work
    note: Words | None = None  # an honest word with the summary: what happens, what it costs
    keywords: tuple[str, ...] = ()  # plain words that point at this service
    mentions: tuple[str, ...] = ()  # words that point at it half as much: said in passing as well

    @property
    def leaves_no_trace(self) -> bool:
        """Whether nothing of it may stay where others could find it, as in a browser."""
        return self.safe_path or self.sensitivity is Sensitivity.VAULT


class Agency(Struct, frozen=True, kw_only=True):
    """An office that answers referrals (HSDS organization)."""

    code: str
    name: Words
    roles: tuple[str, ...]
    level: Level = Level.DIRECT
    areas: tuple[str, ...] = ()  # area codes it serves with all below them; empty is everywhere
    phone: str = ""
    office: Words | None = None  # where it sits and when it is open
    vault: bool = False
    ways: tuple[Way, ...] = ()  # how it is reached, the first that works; none: a printed letter
    head: tuple[Way, ...] = ()  # how its head is reached when it is overdue
    on_call: tuple[OnCall, ...] = ()  # who is rung at once when lives are at stake
    updates: Updates | None = None  # how its own program tells us what became of its legs


class Area(Struct, frozen=True, kw_only=True):
    """A kecamatan or desa, by its Kemendagri code (99.01, 99.01.01.2001 without the province)."""

    code: str
    name: str
    kind: str  # kecamatan, desa or kelurahan
    parent: str = ""
    aliases: tuple[str, ...] = ()


class Hotline(Struct, frozen=True, kw_only=True):
    """A number to call. Only active ones are ever shown."""

    number: str
    label: Words
    purpose: tuple[str, ...]  # emergency, violence, health, despair, …
    active: bool
    verified_on: date


class Mending(Struct, frozen=True):
    """The service for whom one programme stopped."""

    programme: str  # its code in the registry
    service: str


class Decider(StrEnum):
    """Who decides about a step, and so which days of the month count while it is ahead."""

    VILLAGE = "village"  # its operator and its meeting
    DISTRICT = "district"  # the offices and the bupati
    CENTRE = "centre"  # central government: our offices can only wait


class Milestone(Struct, frozen=True):
    """A step on a way that others than our agencies decide about."""

    code: str
    label: Words  # at most 24 characters, read in the midst of a sentence
    by: Decider = Decider.VILLAGE


class Usul(Struct, frozen=True, kw_only=True):
    """How a family is proposed for the registry: the days of each month, and the whole way."""

    services: tuple[str, ...]  # codes of the services that go this way
    proposals_until: int  # day of the month, at most 28, as all of these
    meeting_until: int
    approval_from: int
    approval_until: int
    milestones: tuple[Milestone, ...]  # from the village to central government
    editions: tuple[int, ...] = ()  # months at whose end a new national edition comes out
    meeting: str = ""  # code of the milestone that the village meeting reaches
    discussed: tuple[str, ...] = ()  # codes of services that it decides about besides


class DecentHours(Struct, frozen=True):
    """When citizens may be written to unasked: local time, on every day of the week."""

    since: str = field(name="from", default="07:00")
    until: str = field(name="to", default="20:00")


class Escalation(Struct, frozen=True):
    """Which agencies hear of a breach after the head of the one that is late; "" is the desk."""

    level_2: str = ""
    level_3: str = ""


class Retention(Struct, frozen=True, kw_only=True):
    """How long each kind of data is kept; then it is erased, never of an open ticket."""

    chat_days: int = 90  # what was said in conversations, and replies that could not be sent
    media_days: int = 30  # photos and documents, after their ticket was closed
    letter_days: int = 365  # letters to offices, after their ticket was closed
    ticket_years: int = 5  # whose a ticket was and what was said, after it was closed
    vault_years: int = 10  # the same of violence tickets, and their files: cases come back late
    lookup_days: int = 365  # who looked whom up; that somebody looked stays
    consent_years: int = 5  # after the last conversation and ticket
    registry_days: int = 90  # people whom a newer edition of the registry no longer has


class Texting(Struct, frozen=True, kw_only=True):
    """Whom we answer by SMS, and how much: each segment costs the kabupaten money."""

    countries: tuple[str, ...] = ()  # calling codes, "60", besides our own: their mobile numbers
    a_day: int = 60  # segments in answer to one number; who is in danger has some more
    an_hour: int = 1000  # segments to everybody, beyond which the operator is warned


class District(Struct, frozen=True, kw_only=True, eq=False):
    """Everything that makes this kabupaten different from the next. Known by identity."""

    code: str  # Kemendagri code
    name: str
    service_name: str  # what the citizens call us
    office: Words  # where a person can come, and when
    desk: str  # code of the agency that gets what fits nowhere: mandatory
    person_service: str  # code of the service behind PETUGAS
    status_service: str  # code of the service behind "check my status"
    propose_service: str  # usul: for families on the list within the programmes' desil
    correct_service: str  # perbaikan data: not on the list, or the data is wrong
    papers_service: str  # for who must be known to the civil registry first
    stopped_service: str  # for whom a programme stopped paying
    stopped_services: tuple[Mending, ...]  # the same for single programmes
    consent_version: str
    programme_desil: int  # the highest desil the main programmes reach
    groups: tuple[Group, ...]
    services: dict[str, Service]
    agencies: dict[str, Agency]
    areas: dict[str, Area]
    hotlines: tuple[Hotline, ...]
    alarms: Alarms
    calendar: WorkCalendar
    retention: Retention = Retention()
    usul: Usul | None = None  # None where no service goes this way
    appeals: tuple[str, ...] = ()  # agencies that hear appeals, the first that had no part in it
    hand_over_to: tuple[str, ...] = ()  # where a case can go on under a number of theirs
    data_protection: str = ""  # the agency that must agree before a ticket is struck out
    decent_hours: DecentHours = DecentHours()
    escalation: Escalation = Escalation()
    ring_every: int = 10  # minutes between calls to who is on call, until somebody accepts a P1
    staff_roles: dict[str, StaffRole] = {}  # who works in the console, by code; {} is nobody
    replies: tuple[Canned, ...] = ()  # texts that officers begin messages with
    looks_a_day: int = 150  # people whom one account of the console may look up
    lease_hours: int = 8  # of office time: a case that nobody touches is anybody's again
    most_open: int = 12  # tickets open at once from one telephone; then a person looks first
    sms: Texting = Texting()
