"""What people are told: once under a key, until seen, and taken back where it no longer holds."""

import pytest
from django.urls import reverse
from django.utils import translation

from notices.models import News, Notice
from tests import factories
from tests.factories_reports import freeze

pytestmark = pytest.mark.django_db
OPENED = News("test", lambda data: f"Hari {data['day']} dibuka lagi.")
AT, LATER = factories.at(2026, 3, 9), factories.at(2026, 3, 10)


def tell(*people, key="holiday 1", at=AT, day="9 Mar"):
    data = {"day": day}
    Notice.objects.tell([who.pk for who in people], key=key, kind=OPENED, at=at, link="/calendar/", data=data)


def sentences(who):
    return [notice.sentence for notice in Notice.objects.of(who)]


@pytest.fixture
def city(monkeypatch):
    freeze(monkeypatch, 2026, 3, 10, 8, 0)
    return factories.city()


def test_who_is_told_twice_under_one_key_has_one_notice(city):
    tell(city.ana)
    tell(city.ana, city.budi, at=LATER)

    told = Notice.objects.values_list("person", "made_at")
    assert set(told) == {(city.ana.pk, AT), (city.budi.pk, LATER)}


def test_telling_many_costs_as_many_statements_as_telling_one(city, django_assert_num_queries):
    people = [factories.person() for _ in range(30)]
    with django_assert_num_queries(4):  # with the savepoint
        tell(city.ana)
    with django_assert_num_queries(4):
        tell(*people, key="holiday 2")


def test_what_is_withdrawn_is_shown_to_nobody_and_can_be_told_anew(city):
    tell(city.ana, city.budi)
    Notice.objects.see(city.ana, Notice.objects.values_list("pk", flat=True), at=LATER)
    Notice.objects.withdraw("holiday 1", at=LATER)
    withdrawn = sentences(city.ana) + sentences(city.budi)

    tell(city.ana, at=LATER, day="10 Mar")

    assert withdrawn == []
    assert sentences(city.ana) == ["Hari 10 Mar dibuka lagi."]
    assert Notice.objects.of(city.ana).unseen().count() == 1


def test_home_and_menu_show_a_notice_until_it_is_seen(client, city):
    tell(city.ana)
    client.force_login(city.ana)
    before = client.get(reverse("reports:home"))

    (notice,) = before.context["told"]
    answer = client.post(reverse("notices:see"), {"notice": [notice.pk], "back": "home"})
    again = client.post(reverse("notices:see"), {"notice": [notice.pk], "back": "home"})
    after = client.get(reverse("reports:home"))

    assert "Hari 9 Mar dibuka lagi." in before.content.decode()
    assert [link.count for link in links(before)] == [1]
    assert (answer.url, again.status_code) == (reverse("reports:home"), 302)
    assert after.context["told"] == [] and [link.count for link in links(after)] == [0]
    news = client.get(reverse("notices:news"))
    assert "Hari 9 Mar dibuka lagi." in news.content.decode()
    assert news.context["fresh"] == []


def links(answer):
    mine = [link for section in answer.context["frame"]["sections"] for link in section["links"]]
    return [link for link in mine if link.url == reverse("notices:news")]


def test_the_notices_of_somebody_else_are_neither_shown_nor_seen(client, city):
    tell(city.budi)
    client.force_login(city.ana)

    page = client.get(reverse("notices:news"))
    client.post(reverse("notices:see"), {"notice": [Notice.objects.get().pk], "back": "news"})

    assert "dibuka lagi" not in page.content.decode()
    assert Notice.objects.get().seen_at is None


@pytest.mark.parametrize(
    "sent", [{}, {"notice": ["x"], "back": "news"}, {"notice": ["9" * 30], "back": "news"}, {"notice": ["1"]}]
)
def test_what_names_no_notice_or_no_page_is_refused_in_words(client, city, sent):
    tell(city.ana)
    client.force_login(city.ana)

    answer = client.post(reverse("notices:see"), sent)

    assert answer.status_code == 422
    assert Notice.objects.get().seen_at is None


def test_a_page_of_news_costs_the_same_for_one_and_for_thirty(client, city, django_assert_max_num_queries):
    client.force_login(city.ana)
    tell(city.ana)
    with django_assert_max_num_queries(10) as one:
        client.get(reverse("notices:news"))
    for number in range(30):
        tell(city.ana, key=f"k {number}")
    with django_assert_max_num_queries(10) as many:
        client.get(reverse("notices:news"))

    assert len(one) == len(many)


def test_the_sentence_is_made_in_the_language_of_the_page(city):
    News("test_language", lambda data: translation.gettext("Today"))
    notice = Notice(person=city.ana, key="k", kind="test_language", made_at=AT)

    with translation.override("en"):
        english = notice.sentence
    with translation.override("id"):
        assert (english, notice.sentence) == ("Today", "Hari ini")
