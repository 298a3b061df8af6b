"""The supervisors' page and its files, as a browser gets them."""

import csv
import re
import sys
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
from msgspec.structs import replace

from casework.figures.desk import FigureDesk
from casework.figures.looking import Asked
from casework.figures.overview import Overview
from casework.figures.tables import table
from casework.staff.person import Staff
from referrals.codes import code_from
from storage.database.statements import Statement
from storage.figures.counted import Row, Tally
from storage.tables.audit import audit
from tests.web.console.conftest import BROWSER, Console
from web.console.figures.files import Worksheet, as_csv, as_workbook
from web.console.figures.plots import Words, plot

PAGE = "/console/figures"
EXPORTS = Statement(
    lambda _: sa.select(audit.c.actor).where(audit.c.action == "export"), alone=True
)


async def fill(console: Console, *tallies: Tally) -> None:
    """Keep what was counted of some tickets, today."""
    store = console.play.house.store
    await store.keep_figures(
        replace(one, code=code_from(str(n))) for n, one in enumerate(tallies, start=1000)
    )


def filed(console: Console, service: str = "RTLH", area: str = "99.01.01") -> Tally:
    """Return a ticket that was filed today, answered at once by the village, and in time."""
    today, village = console.play.clock.now().date().toordinal(), "desa-9901012001"
    kinds = ("filed", "received", "answered", "solved", "confirmed", "ended")
    rows = tuple(Row(kind, today, village, 1) for kind in kinds)
    return Tally("", 0, service, area, (*rows, Row("first_answer", today, village, 5)))


def tile(page: str, name: str) -> str:
    """Return the large number of the tile *name*."""
    found = re.search(rf'class="tile {name}[^"]*">.*?<strong>(.*?)</strong>', page, re.DOTALL)
    assert found
    return found[1]


async def test_a_supervisor_sees_large_numbers_first(console: Console) -> None:
    """What came in, what is open, and how it went, before any table."""
    await fill(console, *(filed(console) for _ in range(12)))
    boss = await console.sign_in("supervisor")
    status, page = await boss.get(PAGE)
    assert status == 200
    assert tile(page, "filed") == "12"
    assert tile(page, "on_time") == "100%"
    assert tile(page, "village") == "100%"
    assert tile(page, "first_answer") == "5 jam"
    assert page.index('class="tiles"') < page.index("<table")


async def test_figures_are_found_once_until_something_changes(console_on_both: Console) -> None:
    """Who looks again gets what was found before; whatever is counted since is found anew."""
    console = console_on_both
    await fill(console, *(filed(console) for _ in range(12)))
    district, store = console.play.house.district, console.play.house.store
    desk = FigureDesk(store, district, console.play.clock.now)
    boss = Staff(id="b", name="b", role=district.staff_roles["supervisor"], office="satu-pintu")
    found = await desk.see(boss, Asked())
    assert await desk.see(boss, Asked()) is found
    await fill(console, *(filed(console) for _ in range(20)))
    anew = await desk.see(boss, Asked())
    assert isinstance(anew, Overview)
    assert anew.tiles[0].now == 20


async def test_plots_are_drawn_without_style_or_script(console: Console) -> None:
    """Our policy for content would leave them blank; and each has a name for who cannot see it."""
    await fill(console, *(filed(console) for _ in range(12)))
    boss = await console.sign_in("supervisor")
    _, page = await boss.get(PAGE)
    drawings = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(drawings) > 4
    for drawing in drawings:
        assert 'role="img"' in drawing
        assert "aria-label=" in drawing
        assert not re.search(r"style=|<style|<script|\sid=", drawing)


def test_long_names_go_on_below_by_whole_words() -> None:
    """Offices whose names begin alike are told apart in a drawing."""
    names = (
        "Dinas Sosial, bidang perlindungan sosial",
        "Dinas Sosial, bidang rehabilitasi sosial",
    )
    offices = table("agencies", "agency", ("a", "b"), {"confirmed": {"a": 9, "b": 8}})
    drawn = plot(offices, Words("Hasil", names, ("Diakui",)))
    lines = re.findall(r"<tspan[^>]*>(.*?)</tspan>", drawn)
    assert lines == [
        *("Dinas Sosial, bidang", "rehabilitasi sosial"),
        *("Dinas Sosial, bidang", "perlindungan sosial"),
    ]


def test_what_draws_leaves_no_hook_behind() -> None:
    """Whatever is imported after the first drawing is imported as before it."""
    plot(
        table("agencies", "agency", ("a",), {"confirmed": {"a": 9}}),
        Words("Hasil", ("A",), ("B",)),
    )
    assert not [hook for hook in sys.meta_path if type(hook).__module__ == "pygal"]


async def test_fewer_than_five_people_are_a_star(console: Console) -> None:
    """In the large numbers as in the tables."""
    await fill(console, *(filed(console) for _ in range(4)))
    boss = await console.sign_in("supervisor")
    _, page = await boss.get(PAGE)
    assert tile(page, "filed") == "*"
    assert not re.search(r'class="number">[1-4]</td>', page)


async def test_a_filter_picks_nothing_that_the_whole_page_hides(console: Console) -> None:
    """Else the difference of two pages would tell of the few that are left out."""
    many = [filed(console, "RTLH") for _ in range(9)] + [filed(console, "LAIN") for _ in range(6)]
    await fill(console, *many, *(filed(console, "PBI_AKTIF") for _ in range(2)))
    boss = await console.sign_in("supervisor")
    assert tile((await boss.get(PAGE, service="RTLH"))[1], "filed") == "9"
    for service in ("LAIN", "PBI_AKTIF"):
        _, page = await boss.get(PAGE, service=service)
        assert "terlalu kecil" in page
        assert 'class="tiles"' not in page


@pytest.mark.parametrize("kind", ["open", "unheard", "waitlisted", "answered"])
async def test_a_filter_tells_of_no_few_who_are_elsewhere(console: Console, kind: str) -> None:
    """What stands since long ago, and what was answered, is no group of two by a difference."""
    today = console.play.clock.now().date().toordinal()
    row = Row(kind, today, "desa-9901012001", 1)
    here = replace(filed(console), rows=(Row("filed", today, row.agency, 1), row))
    there = Tally("", 0, "RTLH", "99.01.02", (row,))
    boss = await console.sign_in("supervisor")
    await fill(console, *[here] * 6, *[there] * 6)
    assert tile((await boss.get(PAGE, area="99.01.01"))[1], "filed") == "6"
    await fill(console, *[here] * 6, *[there] * 2, *[replace(there, rows=())] * 4)
    for area in ("99.01.01", "99.01.02"):
        _, page = await boss.get(PAGE, area=area)
        assert ('class="tiles"' in page) == (area == "99.01.02"), area


async def test_a_subdistrict_counts_its_own_kecamatan(console: Console) -> None:
    """And is told so where it asks for another."""
    await fill(
        console,
        *(filed(console, area="99.01.01") for _ in range(7)),
        *(filed(console, area="99.01.02") for _ in range(8)),
    )
    officer = await console.sign_in("subdistrict")
    assert tile((await officer.get(PAGE))[1], "filed") == "7"
    _, page = await officer.get(PAGE, area="99.01.02")
    assert "di luar jangkauan" in page
    boss = await console.sign_in("supervisor")
    assert tile((await boss.get(PAGE))[1], "filed") == "15"


@pytest.mark.parametrize("role", ["call_agent", "verifier", "officer", "facilitator", "appeal"])
async def test_who_has_no_such_power_sees_no_figures(console: Console, role: str) -> None:
    """Neither the page nor its files."""
    somebody = await console.sign_in(role)
    for path in (PAGE, f"{PAGE}.xlsx", f"{PAGE}/weeks.csv"):
        assert (await somebody.get(path))[0] == 403


async def test_an_auditor_looks_and_takes_nothing_along(console: Console) -> None:
    """Counts are of nobody; files are for who may export."""
    auditor = await console.sign_in("auditor")
    status, page = await auditor.get(PAGE)
    assert status == 200
    assert ".csv" not in page
    assert (await auditor.get(f"{PAGE}.xlsx"))[0] == 403


async def test_a_table_is_taken_along_and_the_audit_says_by_whom(console: Console) -> None:
    """With the same numbers, and the same hidden."""
    await fill(console, *(filed(console) for _ in range(12)))
    boss = await console.sign_in("supervisor")
    status, text = await boss.get(f"{PAGE}/areas.csv")
    assert status == 200
    lines = list(csv.reader(StringIO(text.lstrip("\ufeff"))))
    assert lines[0][:2] == ["Kecamatan", "Masuk"]
    assert lines[-1][:2] == ["Semua", "12"]
    taken = await console.play.house.store._fetch(EXPORTS)
    assert taken == [(f"staff:{boss.account.id}",)]
    assert (await boss.get(f"{PAGE}/nothing.csv"))[0] == 404


async def test_all_tables_come_as_one_workbook(console: Console) -> None:
    """A real one, whose numbers are numbers and which holds no formula."""
    await fill(console, *(filed(console) for _ in range(12)))
    boss = await console.sign_in("supervisor")
    answer = await boss.client.get(f"{PAGE}.xlsx", headers=BROWSER)
    book = ZipFile(BytesIO(await answer.read()))
    sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) > 5
    assert not any(b"<f>" in book.read(name) for name in sheets)
    assert 'attachment; filename="figures.xlsx"' in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_is_reckoned_with(evil: str) -> None:
    """A name that begins like a formula stays a name, in both kinds of file."""
    sheet = Worksheet("Sheet", evil, (evil,), ((evil, 3),))
    head, line = csv.reader(StringIO(as_csv(sheet).decode("utf-8-sig"), newline=""))
    assert head[0].startswith("'")
    assert line[0].startswith("'")
    assert line[1] == "3"
    book = ZipFile(BytesIO(as_workbook([sheet])))
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


async def test_the_page_speaks_english_too(console: Console) -> None:
    """Every line, column and note has its twin."""
    await fill(console, *(filed(console) for _ in range(12)))
    boss = await console.sign_in("supervisor")
    _, page = await boss.get(PAGE, lang="en")
    assert "Filed and closed by week" in page
    assert tile(page, "first_answer") == "5 hours"
