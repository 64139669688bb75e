"""The template pack of our forms: what each kind of field shows, where errors stand, what a layout does."""

from datetime import date

import pytest
from crispy_forms.layout import Column, Div, Row
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_errors, as_crispy_field
from crispy_forms.utils import render_crispy_form
from django import forms
from django.utils import translation

from records.forms import FormInPage
from records.templatetags import fields


class EntryForm(forms.Form):
    """One field of each kind the component draws."""

    day = forms.DateField(label="Hari", initial=date(2026, 3, 9))
    minutes = forms.IntegerField(label="Menit", help_text="Paling banyak 450.", min_value=1)
    quantity = forms.DecimalField(label="Volume", required=False)
    note = forms.CharField(label="Uraian", widget=forms.Textarea, min_length=10)
    kind = forms.ChoiceField(label="Jenis", choices=[("a", "A"), ("b", "B")])
    when = forms.ChoiceField(label="Tanggal", choices=[("1", "Sen"), ("2", "Sel")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="Sudah dibaca")
    token = forms.CharField(widget=forms.HiddenInput)


class LaidOutForm(forms.Form):
    """Two fields side by side, a hidden one that the layout does not name."""

    helper = FormInPage(Div("note", css_class="folded"), Row(Column("minutes", css_class="col-sm-6")))
    minutes = forms.IntegerField(label="Menit")
    note = forms.CharField(label="Uraian", required=False)
    token = forms.CharField(widget=forms.HiddenInput)


class QuietForm(forms.Form):
    helper = FormInPage(quiet=True, errors_elsewhere=True)
    q = forms.CharField(label="Nama atau NIP", required=False, max_length=3)


def test_a_day_is_drawn_as_browsers_read_it():
    assert 'type="date"' in fields.control(EntryForm()["day"])
    assert 'value="2026-03-09"' in fields.control(EntryForm()["day"])


def test_a_number_keeps_what_was_typed():
    control = fields.control(EntryForm({"minutes": "abc"})["minutes"])

    assert 'type="text"' in control
    assert 'inputmode="numeric"' in control
    assert 'value="abc"' in control


def test_a_decimal_gets_the_pad_with_a_comma():
    assert 'inputmode="decimal"' in fields.control(EntryForm()["quantity"])


def test_an_error_stands_beside_its_field_and_is_tied_to_it():
    html = as_crispy_field(EntryForm({"minutes": "abc"})["minutes"])

    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_minutes_hint id_minutes_error"' in html
    assert 'id="id_minutes_hint"' in html
    assert 'id="id_minutes_error"' in html


def test_a_choice_in_tiles_is_a_group_with_a_legend():
    html = as_crispy_field(EntryForm({"when": "2"})["when"])

    assert "<legend" in html
    assert html.count('type="radio"') == 2
    assert html.count("checked") == 1


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("kind", 'class="form-select"'),
        ("note", "<textarea"),
        ("sure", 'type="checkbox"'),
        ("token", 'type="hidden"'),
        ("day", 'for="id_day"'),
    ],
)
def test_each_kind_of_field_is_drawn(name, mark):
    assert mark in as_crispy_field(EntryForm()[name])


def test_the_summary_counts_the_errors_and_links_to_their_fields():
    form = EntryForm({"minutes": "0", "when": "1", "day": "2026-03-09", "kind": "a", "token": "x"})
    form.add_error(None, "Bulan ini sudah ditutup.")
    with translation.override("en"):
        html = as_crispy_errors(form)

    assert "Not saved: 4 things to put right" in html
    assert 'href="#id_minutes"' in html
    assert 'href="#id_note"' in html
    assert 'href="#id_sure"' in html
    assert "<li>Bulan ini sudah ditutup.</li>" in html


def test_a_form_without_errors_has_no_summary():
    assert as_crispy_errors(EntryForm()).strip() == ""


def test_a_layout_sets_the_order_and_keeps_the_hidden_fields_it_does_not_name():
    html = render_crispy_form(LaidOutForm())
    marks = [
        'class="folded"',
        'name="note"',
        'class="row',
        'class="col-sm-6',
        'name="minutes"',
        'name="token"',
    ]

    assert sorted(html.index(mark) for mark in marks) == [html.index(mark) for mark in marks]


def test_a_form_in_a_page_brings_neither_form_element_nor_token():
    html = render_crispy_form(LaidOutForm(), context={"csrf_token": "secret"})

    assert "<form" not in html
    assert "secret" not in html


def test_an_optional_field_says_so_unless_its_form_is_quiet():
    with translation.override("en"):
        loud, quiet = as_crispy_field(EntryForm()["quantity"]), render_crispy_form(QuietForm())

    assert "(may be left empty)" in loud
    assert "(may be left empty)" not in quiet
    assert 'name="q"' in quiet


def test_errors_that_stand_elsewhere_are_still_beside_their_field():
    html = render_crispy_form(QuietForm({"q": "Sari"}))

    assert "data-errors" not in html
    assert 'id="id_q_error"' in html
