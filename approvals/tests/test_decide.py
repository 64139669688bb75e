"""One decision by its form: what is saved, what is refused, and what a refused form keeps."""

import re

import pytest

from activities.models import Activity
from approvals.models import Decision
from organization.models import Role
from records.state import StaleVersion
from tests import factories, factories_activities
from tests.factories_approvals import AFTER_CLOSE, REASON, WEEK, city, decide, page, send, week_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def names():
    return city()


@pytest.fixture
def activity(names):
    return factories_activities.activity(names.ana, minutes=180, flagged=True)


def stored(activity):
    activity.refresh_from_db()
    return activity.status, activity.approved_minutes, activity.version, Decision.objects.count()


UNCHANGED = ("reported", 0, 1, 0)
WHY, WRITE = "Alasan saya", "Tuliskan alasannya; pelapor membacanya."
BETWEEN, WHOLE = "Setujui 1 sampai 180 menit.", "Isi menit bulat, angka saja."
DAYS = "dari 17-03-2026 sampai 07-04-2026"
LEADS = {
    "week": f"/approvals/{WEEK}/#p-{{person}}",
    "person": f"/approvals/{WEEK}/people/{{person}}/#k-{{pk}}",
}


@pytest.mark.parametrize("back", LEADS)
@pytest.mark.parametrize(
    ("data", "status", "minutes", "said"),
    [
        ({"act": "approve"}, "approved", 180, "180 menit disetujui"),
        ({"act": "fewer", "minutes": "120", "reason": REASON}, "approved", 120, "120 menit disetujui"),
        ({"act": "return", "due_on": "2026-03-18", "reason": REASON}, "returned", 0, "dikembalikan"),
        ({"act": "reject", "reason": REASON}, "rejected", 0, "ditolak"),
    ],
)
def test_a_decision_leads_back_and_says_what_was_saved(
    client, names, activity, data, status, minutes, said, back
):
    answer = send(client, names.supervisor, "decide", activity.pk, **data, version=1, back=back)

    lead = LEADS[back].format(pk=activity.pk, person=names.ana.pk)
    assert (answer.status_code, answer["Location"]) == (302, lead)
    assert stored(activity) == (status, minutes, 2, 1)
    shown = words(page(client, names.supervisor, "week", WEEK))
    assert f"Tersimpan: K-{activity.pk}, Ana Pegawai, {said}." in shown


def test_a_recall_puts_the_row_back(client, names, activity):
    decide(activity, names.supervisor)

    answer = send(
        client, names.supervisor, "decide", activity.pk, act="recall", version=2, reason="Salah baris."
    )

    assert answer.status_code == 302
    assert stored(activity) == ("reported", 0, 3, 2)


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"act": "fewer", "minutes": "0", "reason": WHY}, "minutes", BETWEEN),
        ({"act": "fewer", "minutes": "-1", "reason": WHY}, "minutes", BETWEEN),
        ({"act": "fewer", "minutes": "451", "reason": WHY}, "minutes", BETWEEN),
        ({"act": "fewer", "minutes": "abc", "reason": WHY}, "minutes", WHOLE),
        ({"act": "fewer", "minutes": "1.5", "reason": WHY}, "minutes", WHOLE),
        ({"act": "fewer", "minutes": "", "reason": WHY}, "minutes", "Isi menit yang Anda setujui."),
        ({"act": "fewer", "minutes": "120", "reason": "  "}, "reason", WRITE),
        ({"act": "reject", "reason": ""}, "reason", WRITE),
        ({"act": "return", "reason": "", "due_on": "2026-03-18"}, "reason", WRITE),
        ({"act": "return", "reason": WHY, "due_on": ""}, "due_on", "Pilih hari terakhir"),
        ({"act": "return", "reason": WHY, "due_on": "kapan"}, "due_on", "Pilih tanggal."),
        ({"act": "return", "reason": WHY, "due_on": "2026-03-16"}, "due_on", DAYS),
        ({"act": "return", "reason": WHY, "due_on": "2026-04-08"}, "due_on", DAYS),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_a_rejected_form_says_why_beside_its_field_and_keeps_what_was_typed(
    client, names, activity, data, field, sentence, htmx
):
    answer = send(client, names.supervisor, "decide", activity.pk, **data, version=1, back="week", htmx=htmx)

    assert answer.status_code == 422
    assert stored(activity) == UNCHANGED
    text = answer.content.decode()
    assert sentence in words(answer)
    assert f'id="k{activity.pk}-{data["act"]}-{field}_error"' in text
    assert text.count(f'hx-post="/approvals/{activity.pk}/decision/" data-act="{data["act"]}"') == 1
    for typed in (data.get("minutes"), data.get("reason", "").strip()):
        assert not typed or typed in text


def test_a_stale_version_is_refused_with_409_and_the_newest_form_of_the_row(client, names, activity):
    Activity.objects.filter(pk=activity.pk).update(version=2, description="Uraian yang sudah diperbaiki.")

    answer = send(
        client,
        names.supervisor,
        "decide",
        activity.pk,
        act="reject",
        reason=WHY,
        version=1,
        back="week",
    )

    assert answer.status_code == 409
    said = words(answer)
    assert str(StaleVersion(activity)) in said
    assert "Uraian yang sudah diperbaiki." in said
    text = answer.content.decode()
    assert WHY in text
    assert f'name="version" value="2" id="k{activity.pk}-reject-version"' in text
    assert stored(activity) == ("reported", 0, 2, 0)


@pytest.mark.parametrize("htmx", [False, True])
def test_d20_the_second_decider_is_told_with_409(client, names, activity, htmx):
    decide(activity, names.supervisor)
    at = factories.at(2026, 3, 19)

    answer = send(
        client,
        names.supervisor,
        "decide",
        activity.pk,
        act="reject",
        reason="Uraian kurang.",
        version=1,
        htmx=htmx,
        at=at,
    )

    assert answer.status_code == 409
    assert "Kegiatan ini sudah diputuskan oleh Surya Atasan: disetujui." in words(answer)
    assert stored(activity) == ("approved", 180, 2, 1)


def test_a_decided_row_cannot_be_decided_again_with_its_new_version(client, names, activity):
    decide(activity, names.supervisor)
    answer = send(client, names.supervisor, "decide", activity.pk, act="approve", version=2)
    assert answer.status_code == 409
    assert stored(activity) == ("approved", 180, 2, 1)


def test_d16_own_work_is_refused_with_a_sentence(client, names):
    own = factories_activities.activity(names.supervisor)

    for act in ("approve", "reject", "return", "fewer", "recall"):
        answer = send(
            client, names.supervisor, "decide", own.pk, act=act, version=1, reason=REASON, minutes="10"
        )
        assert answer.status_code == 403
        assert "Tidak seorang pun memutuskan kegiatannya sendiri." in words(answer)
    assert stored(own) == UNCHANGED


def test_d33_work_out_of_scope_is_not_there_and_other_roles_may_not(client, names):
    foreign = factories_activities.activity(names.zul)
    own = factories_activities.activity(names.ana)
    answers = {
        "supervisor elsewhere": send(
            client, names.supervisor, "decide", foreign.pk, act="approve", version=1
        ),
        "assessor elsewhere": send(
            client, factories.assessor(names.other), "decide", own.pk, act="approve", version=1
        ),
        "next superior too early": send(client, names.head, "decide", own.pk, act="approve", version=1),
        "no such row": send(client, names.supervisor, "decide", own.pk + 999, act="approve", version=1),
        "colleague": send(client, names.budi, "decide", own.pk, act="approve", version=1),
        "owner": send(client, names.ana, "decide", own.pk, act="approve", version=1),
        "auditor": send(
            client, factories.with_role(Role.AUDITOR), "decide", own.pk, act="approve", version=1
        ),
        "unknown button": send(client, names.supervisor, "decide", own.pk, act="destroy", version=1),
    }

    assert {who: answer.status_code for who, answer in answers.items()} == {
        "supervisor elsewhere": 404,
        "assessor elsewhere": 404,
        "next superior too early": 404,
        "no such row": 404,
        "colleague": 403,
        "owner": 403,
        "auditor": 403,
        "unknown button": 422,
    }
    assert stored(own) == stored(foreign) == UNCHANGED


def test_past_review_close_the_supervisor_is_told_where_the_row_is_now(client, names, activity):
    answer = send(client, names.supervisor, "decide", activity.pk, act="approve", version=1, at=AFTER_CLOSE)

    assert answer.status_code == 403
    assert "yang menunggu ada pada unit penilai" in words(answer)
    assert stored(activity) == UNCHANGED


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("fewer", "Setujui sejumlah menit ini"),
        ("approve", "Setujui"),
        ("destroy", "Setujui"),
        ("", "Setujui"),
    ],
)
def test_get_decides_nothing_and_shows_the_form_of_a_button_open(client, names, activity, act, said):
    shown = page(client, names.supervisor, "decide", activity.pk, query=f"?act={act}&back=person&version=1")
    row = shown.content.decode().split(f'id="k-{activity.pk}"')[1].split("<template")[0]

    assert (shown.status_code, said in row, row.count("data-act=")) == (200, True, int(act == "fewer"))
    assert stored(activity) == UNCHANGED


@pytest.mark.parametrize("act", ["approve", "reject"])
@pytest.mark.parametrize("back", ["week", "person"])
def test_the_swapped_row_is_the_row_of_a_full_reload(client, names, activity, act, back):
    factories_activities.activity(names.ana, flagged=True)
    data = {"act": act, "version": 1, "back": back, "reason": "" if act == "approve" else REASON}

    fragment = send(client, names.supervisor, "decide", activity.pk, htmx=True, **data)
    full = page(client, names.supervisor, "person", WEEK, names.ana.pk)

    assert fragment.status_code == 200
    assert without_tokens(fragment, back) in without_tokens(full, "person")


def without_tokens(answer, back):
    """The markup without what differs by request: the token and the page that forms lead back to."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
    return text.replace(f'name="back" value="{back}"', 'name="back"').replace(f";back={back}", "").strip()


def test_d28_what_is_decided_leaves_the_list_and_a_failed_save_claims_nothing(client, names):
    rows = week_of(names.ana, rows=2, flagged=True)
    send(client, names.supervisor, "decide", rows[0].pk, act="approve", version=1)
    refused = send(client, names.supervisor, "decide", rows[1].pk, act="reject", version=1, reason="")

    assert "Tersimpan" not in words(refused).split("Perlu dilihat")[1]
    shown = page(client, names.supervisor, "week", WEEK)
    waiting = [row.pk for someone in shown.context["review"].people for row in someone.waiting]
    assert waiting == [rows[1].pk]


def test_d41_fields_that_no_button_has_are_ignored(client, names, activity):
    more = {"minutes": "10", "approved_minutes": "450", "by": names.head.pk, "capacity": "assessor"}
    more |= {"after_close": "1", "in_bulk": "1", "credited_minutes": "450"}
    send(client, names.supervisor, "decide", activity.pk, act="approve", version=1, **more)

    decision = Decision.objects.get()
    assert (decision.minutes, decision.by, decision.capacity, decision.after_close, decision.in_bulk) == (
        180, names.supervisor, "holder", False, False,
    )  # fmt: skip


def test_return_is_not_offered_where_no_whole_working_day_is_left(client, names, activity):
    early = page(client, names.supervisor, "person", WEEK, names.ana.pk)
    late = page(client, names.supervisor, "person", WEEK, names.ana.pk, at=factories.at(2026, 4, 7))

    assert "Kembalikan…" in words(early)
    assert "Kembalikan…" not in words(late)
    assert "Tolak…" in words(late)
    asked = {"act": "return", "version": 1, "reason": REASON, "due_on": "2026-04-07"}
    forced = send(client, names.supervisor, "decide", activity.pk, at=factories.at(2026, 4, 7), **asked)
    assert forced.status_code == 422
    assert "Tidak tersisa satu hari kerja penuh" in words(forced)
    assert stored(activity) == UNCHANGED


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"act": "destroy", "version": 1}, "Tekan salah satu tombol pada kegiatannya."),
        ({"act": "approve"}, "Buka lagi halaman ini lalu coba sekali lagi."),
    ],
)
def test_what_no_open_form_of_the_row_says_the_row_says(client, names, activity, data, sentence):
    answer = send(client, names.supervisor, "decide", activity.pk, htmx=True, **data)

    assert (answer.status_code, sentence in words(answer)) == (422, True)
    assert stored(activity) == UNCHANGED
