"""January 2026 from the last typed activity to the bonus sheet, in Chromium, on the real worker.

Once with JavaScript and once without. Only what staff had reported before is there at the beginning; the
rest is done by seven people on the pages, and by the job queue. The figures are cases of golden.json.
"""

from io import BytesIO

import openpyxl
import pytest
import time_machine

from activities.models import CatalogItem
from bonuses.models import Line, Run
from bonuses.papers.rows import COLUMNS, SUMMED
from calendars.weeks import Week
from devtools.pytest_browser import DESK, PHONE
from tests.browser import january, steps
from tests.browser.january import LAST_DAY, STORIES, wib

pytestmark = [pytest.mark.long, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REPORTED = {"B02": (19, 3800), "B05": (10, 1320), "B07": (20, 3000), "B16": (20, 1555)}
SUMS = [
    (3, "410"),
    (15, "2.050"),
    (10, "1.484"),
    (5, "1.000"),
    (5, "1.001"),
]  # the supervisor's
SUMS += [(2, "156"), (5, "390"), (5, "385")]  # the head's, of B16
APPROVED = [f"Tersimpan: {rows} kegiatan disetujui, {minutes} menit." for rows, minutes in SUMS]
SCORES = {
    "Kartika Kepala": ["0,00", "0,00", "0,00", "0,00"],
    "Pegawai B02": ["66,68", "100,00", "100,00", "80,01"],
    "Pegawai B05": ["22,00", "100,00", "50,00", "43,20"],
    "Pegawai B07": ["0,00", "0,00", "100,00", "20,00"],
    "Pegawai B16": ["25,92", "100,00", "100,00", "55,55"],
    "Surya Atasan": ["0,00", "0,00", "0,00", "0,00"],
}
NOTHING_COUNTED = "tidak ada menit yang diakui pada bulan ini"
WITHOUT_LINE = dict.fromkeys(["Kartika Kepala", "Pegawai B07", "Surya Atasan"], NOTHING_COUNTED)
MY_BONUS = {
    "B02": "Rp1.185.150",
    "B05": "Rp1.185.000",
    "B07": f"Tidak ada bonus untuk bulan ini: {NOTHING_COUNTED}.",
    "B16": "Rp1.569.666",
}


@pytest.fixture(params=[True, False], ids=["javascript", "no_javascript"])
def javascript(request):
    return request.param


@pytest.fixture
def signed_in(open_page, javascript):
    """A function that opens a page, signs a person in by the form and lands on `to`."""

    def sign_in(person, *, to, viewport=DESK):
        page = open_page(javascript=javascript, viewport=viewport)
        page.set_default_timeout(30_000)
        steps.sign_in(page, person, to=to)
        return page

    return sign_in


def test_january_comes_out_as_the_golden_cases_say(signed_in, start_worker, javascript):
    names = january.seed()
    assert (january.rows_by_person(names), january.made_by_hand()) == (REPORTED, {})

    with time_machine.travel(wib(1, 30, 15)):
        report_the_last_day(signed_in, names)
    with time_machine.travel(wib(2, 2)):
        review_every_week(signed_in, names)
    with time_machine.travel(wib(2, 9)):
        verify_and_mark(signed_in, names)
    with time_machine.travel(wib(2, 10)):
        publish(signed_in, names)
    with time_machine.travel(wib(2, 20)):
        make_final(signed_in, names)
        compute(signed_in, names, start_worker, javascript=javascript)
        sheet = release(signed_in, names)
        assert rows_of(sheet) == [expected_row(number, story, names) for number, story in paid_stories()]
        see_my_bonus(signed_in, names)


def report_the_last_day(signed_in, names):
    page = signed_in(names.people["B02"], to="/", viewport=PHONE)
    fitted = [steps.fits(page)]
    steps.follow(page, "Lapor kegiatan")
    page.wait_for_url("**/activities/new/")
    fitted.append(steps.fits(page))
    saved = steps.report(
        page,
        day=LAST_DAY,
        item=CatalogItem.objects.get(code=january.TYPING),
        description="Mengetik undangan rapat akhir bulan dan daftar hadirnya.",
        minutes=january.LEFT_FOR_THE_FORM,
        quantity=7,
    )
    fitted.append(steps.fits(page))
    number = names.people["B02"].activities.get(performed_on=LAST_DAY)
    assert (saved, fitted) == (f"Tersimpan: {number}, 201 menit, Jum, 30 Jan 2026.", [True] * 3)


def review_every_week(signed_in, names):
    """Reject B07 row by row, approve what is clean; the head does it for B16 after their promotion."""
    weeks = list(dict.fromkeys(Week.of(day) for day in names.days))
    page = signed_in(names.supervisor, to=f"/approvals/{weeks[0]}/")
    said, reason = [], "Tidak ada hasil kerja yang dapat diperiksa."
    rejected = 0
    for week in weeks:
        rejected += steps.reject_week(page, week, names.people["B07"], reason=reason)
        said.append(steps.approve_clean(page, week))
    page = signed_in(names.head, to=f"/approvals/{weeks[2]}/")
    said += [steps.approve_clean(page, week) for week in weeks[2:]]
    sums = [
        (3, "410"),
        (15, "2.050"),
        (10, "1.484"),
        (5, "1.000"),
        (5, "1.001"),
        (2, "156"),
        (5, "390"),
        (5, "385"),
    ]
    assert rejected == 20
    assert said == [f"Tersimpan: {rows} kegiatan disetujui, {minutes} menit." for rows, minutes in sums]


def verify_and_mark(signed_in, names):
    page = signed_in(names.chair, to="/assessment/")
    steps.close_review(page, names.agency, reason="Batas tinjauan sudah lewat.")
    drawn = steps.draw(page)
    page = signed_in(names.assessor, to="/assessment/")
    steps.follow(page, names.agency.name)
    assert (drawn, steps.verify_all(page)) == (50, 50)
    assert steps.confirm_marks(page) == SCORES


def publish(signed_in, names):
    steps.step_of_two(signed_in(names.chair, to="/assessment/"), names.agency, "propose")
    steps.step_of_two(signed_in(names.second_assessor, to="/assessment/"), names.agency, "confirm")
    page = signed_in(names.people["B02"], to="/scores/2026-01/", viewport=PHONE)
    assert ("80,01" in page.get_by_role("main").inner_text(), steps.fits(page)) == (True, True)


def make_final(signed_in, names):
    steps.step_of_two(signed_in(names.second_assessor, to="/assessment/"), names.agency, "propose")
    steps.step_of_two(signed_in(names.chair, to="/assessment/"), names.agency, "confirm")


def compute(signed_in, names, start_worker, *, javascript):
    """Requested while no worker runs, it waits; once one runs it is computed without another click."""
    page = signed_in(names.maker, to="/bonuses/")
    steps.make_list(page)
    steps.look_again(page, javascript=javascript)
    assert page.get_by_text("diminta, belum mulai").count() == 1
    assert list(Run.objects.values_list("status", "shares__started_at")) == [("requested", None)]

    start_worker()
    steps.wait_for_lines(page, javascript=javascript)
    assert steps.reasons_without_line(page) == WITHOUT_LINE
    assert stored_amounts() == {story.golden["id"]: amounts_of(story) for _number, story in paid_stories()}


def release(signed_in, names):
    """Checked by a second person and released by a third, who takes the sheet; returns its bytes."""
    steps.take_run_step(signed_in(names.checker, to="/bonuses/"))
    page = signed_in(names.releaser, to="/bonuses/")
    steps.take_run_step(page)
    return steps.download(page, "XLSX")


def see_my_bonus(signed_in, names):
    seen = {}
    for case, who in names.people.items():
        page = signed_in(who, to="/bonus/", viewport=PHONE)
        seen[case] = (MY_BONUS[case] in page.get_by_role("main").inner_text(), steps.fits(page))
    assert seen == dict.fromkeys(MY_BONUS, (True, True))


def paid_stories():
    """(number in the list, Story) of those who get a line; B07 gets none."""
    return list(enumerate((story for story in STORIES if story.case != "B07"), start=1))


def amounts_of(story):
    return {name: value for name, value in story.golden["expected"].items() if name != "segments"}


def stored_amounts():
    """{case: every amount of the line that the job queue wrote}."""
    names = amounts_of(STORIES[0])
    lines = Line.objects.select_related("person")
    return {
        line.person.name.removeprefix("Pegawai "): {name: getattr(line, name) for name in names}
        for line in lines
    }


def rows_of(sheet):
    """The lines of the nominative list by column; an empty cell is ""."""
    found = list(openpyxl.load_workbook(BytesIO(sheet)).active.iter_rows(values_only=True))
    first = next(place for place, row in enumerate(found) if "NIP" in row) + 1
    keys = [column.key for column in COLUMNS]
    lines = [dict(zip(keys, row, strict=True)) for row in found[first:] if isinstance(row[0], int)]
    return [{key: "" if value is None else value for key, value in line.items()} for line in lines]


def expected_row(number, story, names):
    """The line of one of the four: what was seeded about them, and the figures of their golden case."""
    person, segments = names.people[story.case], story.golden["input"]["segments"]
    promoted = len(segments) > 1
    figures = {name: story.golden["expected"][name] for name in SUMMED}
    return figures | {
        "number": number,
        "name": person.name,
        "nip": person.nip,
        "rank": story.rank,
        "post": names.new_post.title if promoted else names.staff_post.title,
        "class_number": 9 if promoted else 5,
        "ceiling": segments[-1]["ceiling"],
        "worked_days": sum(int(part["worked_days"]) for part in segments),
        "excused_paid_days": 0,
        "score": float(story.golden["input"]["score"]),
        "bank": "Bank Contoh",
        "account": story.account,
        "remark": january.PROMOTION if promoted else "",
    }
