"""A post that becomes another, and people who are suspended: asked for by one, made by two."""

from datetime import date

import pytest
from django.urls import reverse

from activities.models import Activity
from organization.models import PostChange, Reinstatement, Suspension
from reports.tests.test_changes_steps import FRIDAY, MONDAY, TUESDAY, activity, approve, ask
from reports.tests.test_changes_steps import city as _city

pytestmark = pytest.mark.django_db
city = _city


def change(city, day=MONDAY, **terms):
    term = city.staff_post.terms.first()
    body = {"starts_on": f"{day:%Y-%m-%d}", "decree": "SK 12", "level": "", "unit": term.unit_id}
    body |= {"job_class": term.job_class_id, "superior": term.superior_id}
    return reverse("changes:post_change", args=[city.staff_post.pk]), body | terms


def terms_of(post):
    return list(post.terms.values_list("starts_on", "job_class__number", "superior__title", "decree"))


def reviewed_by(rows):
    return [row.reviewing_post.title for row in Activity.objects.filter(pk__in=rows).order_by("performed_on")]


def test_d42_a_new_superior_moves_what_is_not_decided_from_its_day_on(client, city):
    rows = [
        activity(city.ana, FRIDAY),
        activity(city.ana, MONDAY, status="approved"),
        activity(city.ana, TUESDAY),
    ]
    url, body = change(city, superior=city.head_post.pk)

    asked, notes = ask(client, city.hr, url, body)
    approval = approve(client, city.second, "post-changes", PostChange.objects.get())

    assert (asked.status_code, approval.status_code) == (302, 302)
    assert notes == ["2 pegawai memegang jabatan ini; 1 kegiatan yang belum diputuskan ikut berpindah."]
    assert reviewed_by([row.pk for row in rows]) == ["Kepala Bidang", "Kepala Bidang", "Kepala Dinas"]
    assert terms_of(city.staff_post)[1:] == [(MONDAY, 5, "Kepala Dinas", "SK 12")]


def test_a_change_asked_for_again_for_its_day_corrects_it(client, city):
    row = activity(city.ana, TUESDAY)
    for superior, decree in ((city.head_post, "SK 12"), (city.supervisor_post, "SK 13")):
        url, body = change(city, superior=superior.pk)
        ask(client, city.hr, url, body | {"decree": decree})
        approve(client, city.second, "post-changes", PostChange.objects.latest("pk"))

    assert reviewed_by([row.pk]) == ["Kepala Bidang"]
    assert terms_of(city.staff_post)[1:] == [(MONDAY, 5, "Kepala Bidang", "SK 13")]


def test_a_change_that_changes_nothing_or_comes_back_to_the_post_is_refused(client, city):
    url, same = change(city)
    top_url = reverse("changes:post_change", args=[city.head_post.pk])
    top = city.head_post.terms.get()
    circle = {"unit": top.unit_id, "job_class": top.job_class_id, "level": top.level}
    circle |= {"starts_on": "2026-03-09", "decree": "SK 14", "superior": city.supervisor_post.pk}
    client.force_login(city.hr)

    answers = [client.post(url, same), client.post(top_url, circle)]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert answers[0].context["form"].non_field_errors() == ["Sejak hari itu tidak ada yang berbeda."]
    assert list(answers[1].context["form"].errors) == ["superior"]
    assert PostChange.objects.count() == 0


def test_who_is_suspended_reports_nothing_until_the_first_day_back(client, city):
    activity(city.ana, MONDAY)
    suspend = reverse("changes:suspend", args=[city.ana.pk])
    back = reverse("changes:reinstate", args=[city.ana.pk])

    asked, notes = ask(
        client, city.hr, suspend, {"starts_on": "2026-03-09", "ends_on": "", "decree": "SK 20"}
    )
    approve(client, city.second, "suspensions", Suspension.objects.get())
    client.force_login(city.hr)
    early = client.post(back, {"starts_on": "2026-03-09", "decree": "SK 21"})
    ask(client, city.hr, back, {"starts_on": "2026-03-12", "decree": "SK 21"})
    approve(client, city.second, "reinstatements", Reinstatement.objects.get())

    assert (asked.status_code, notes) == (302, ["1 kegiatan pada hari-hari itu tidak dihitung."])
    assert (early.status_code, list(early.context["form"].errors)) == (422, ["starts_on"])
    assert [(row.starts_on, row.ends_on) for row in city.ana.suspensions.all()] == [
        (MONDAY, date(2026, 3, 11))
    ]
    assert Activity.objects.of(city.ana).of_counting_days().count() == 0


def test_a_suspension_typed_wrong_is_cancelled_by_two(client, city):
    row = activity(city.ana, MONDAY)
    suspend = reverse("changes:suspend", args=[city.ana.pk])
    ask(client, city.hr, suspend, {"starts_on": "2026-03-09", "ends_on": "2026-03-13", "decree": "SK 20"})
    suspension = Suspension.objects.get()
    approve(client, city.second, "suspensions", suspension)

    ask(
        client,
        city.hr,
        reverse("changes:suspension_cancel", args=[suspension.pk]),
        {"reason": "Salah orang."},
    )
    approve(client, city.second, "suspension-cancellations", suspension.cancellations.get())

    assert not Suspension.objects.standing().exists()
    assert list(Activity.objects.of(city.ana).of_counting_days()) == [row]
