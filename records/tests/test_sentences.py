import pytest
from django.utils import translation
from django.utils.html import format_html

from records.sentences import ended, named, woven


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Dibuat Ana", "Dibuat Ana."),
        ("Dibuat Ana, S.E.", "Dibuat Ana, S.E."),
        ("Sudah?", "Sudah?"),
        ("Ana, Budi, …", "Ana, Budi, …"),
    ],
)
def test_a_sentence_ends_in_one_stop(text, written):
    assert ended(text) == written


@pytest.mark.parametrize(
    ("names", "count", "indonesian", "english"),
    [
        ([], None, "", ""),
        (["Dinkes"], None, "Dinkes", "Dinkes"),
        (["Dinkes", "Dishub"], None, "Dinkes, Dishub", "Dinkes, Dishub"),
        (["Dinkes", "Dishub", "Setda"], None, "Dinkes, Dishub, dan 1 lagi", "Dinkes, Dishub and 1 more"),
        (["Dinkes", "Dishub"], 7, "Dinkes, Dishub, dan 5 lagi", "Dinkes, Dishub and 5 more"),
    ],
)
def test_of_many_the_first_are_named_and_the_others_counted(names, count, indonesian, english):
    said = {}
    for language in ("id", "en"):
        with translation.override(language):
            said[language] = named(names, at_most=2, count=count)

    assert said == {"id": indonesian, "en": english}


def test_facts_are_woven_into_a_sentence_for_a_page():
    amber = format_html("<b>{}</b>", "lewat")

    assert woven("due %(at)s by %(who)s", at=amber, who="<i>Ana</i>") == (
        "due <b>lewat</b> by &lt;i&gt;Ana&lt;/i&gt;"
    )
