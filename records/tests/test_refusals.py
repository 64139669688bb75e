"""From a refusal to the form that asked for it."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from records.refusals import Attempt, NotAllowed, NotNow, Refusal, attempt


class Asking(forms.Form):
    day = forms.IntegerField()


def refuse(error):
    raise error


def tried(error):
    """The status of an attempt that ends in `error`, and the sentences by field that the form shows."""
    form = Asking({"day": "7"})
    answer = attempt(form, lambda: refuse(error))
    assert (bool(answer), answer.refusal) == (False, error)
    return answer.status, {field: list(errors) for field, errors in form.errors.items()}


def test_a_valid_form_does_its_act_once_and_hands_out_what_came_of_it():
    form, calls = Asking({"day": "7"}), []

    answer = attempt(form, lambda: calls.append(form.cleaned_data["day"]) or "made")

    assert (bool(answer), answer, calls) == (True, Attempt(200, done=True, result="made"), [7])


def test_an_act_that_returns_nothing_is_done_all_the_same():
    assert attempt(Asking({"day": "7"}), lambda: None)


@pytest.mark.parametrize(("data", "status"), [(None, 200), ({}, 422), ({"day": "x"}, 422)])
def test_a_form_that_was_not_sent_or_is_not_valid_does_nothing(data, status):
    answer = attempt(Asking(data), lambda: refuse(AssertionError))

    assert (bool(answer), answer) == (False, Attempt(status))


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (NotAllowed("Not you."), 403, {"__all__": ["Not you."]}),
        (NotNow("Too late."), 409, {"__all__": ["Too late."]}),
        (Refusal("Taken.", field="day"), 409, {"day": ["Taken."]}),
        (Refusal("Taken.", field="elsewhere"), 409, {"__all__": ["Taken."]}),
        (ValidationError("No."), 422, {"__all__": ["No."]}),
        (ValidationError({"day": ["One.", "Two."]}), 422, {"day": ["One.", "Two."]}),
        (ValidationError({"elsewhere": "Not there."}), 422, {"__all__": ["Not there."]}),
        (ValidationError({"day": "One.", "__all__": "All."}), 422, {"day": ["One."], "__all__": ["All."]}),
    ],
)
def test_a_refusal_stands_in_the_form_and_keeps_its_status(error, status, said):
    assert tried(error) == (status, said)


def test_the_code_of_a_refused_field_is_kept():
    form = Asking({"day": "7"})
    error = ValidationError({"day": ValidationError("Over.", code="window_over")})

    attempt(form, lambda: refuse(error))

    assert [found.code for found in form.errors.as_data()["day"]] == ["window_over"]


def test_any_other_error_stays_an_error():
    with pytest.raises(ZeroDivisionError):
        attempt(Asking({"day": "7"}), lambda: 1 // 0)
