"""No, and why: what an act raises where it is not done, and the one way from there to an answer."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy


class Refusal(Exception):
    """An act that is not done. Its text is a sentence for the user.

    `status` is what HTTP answers: 403 who may not, 409 too late, changed, or somebody was first, 422 what
    was sent. `sentence` stands where none is given; `field` names the form field beside which it belongs.
    """

    status = 409
    sentence = ""

    def __init__(self, sentence="", *, field=None):
        self.field = field
        super().__init__(str(sentence or self.sentence))


class NotAllowed(Refusal):
    """Who may not: this person cannot do this, whenever it is."""

    status = 403


class OwnRecord(NotAllowed):
    """Somebody acts on a record of their own."""

    sentence = gettext_lazy("Nobody changes their own record. Another HR administrator does it for you.")


def refuse_own(person, *, by):
    """Raise OwnRecord where `by` is `person`."""
    if person.pk == by.pk:
        raise OwnRecord


class NotNow(Refusal):
    """When not: where the records stand, nobody can do this."""


@dataclass(frozen=True)
class Attempt:
    """What became of an act that a form asked for; true where it was done.

    `status` is what HTTP answers where the form is shown again, `result` what the act returned, `refusal`
    the exception that stood against it.
    """

    status: int
    done: bool = False
    result: object = None
    refusal: Exception | None = None

    def __bool__(self):
        return self.done


def sent(request):
    """What a form is bound to: all that a POST holds, also nothing; None where a page is only read."""
    return request.POST if request.method == "POST" else None


def attempt(form, act):
    """Do what a valid form asks. Why it is not done is put into the form, beside its field where it has one.

    A form that nobody sent is left alone (200); one that is not valid is not tried (422).
    """
    if not form.is_bound:
        return Attempt(200)
    if not form.is_valid():
        return Attempt(422)
    try:
        return Attempt(200, done=True, result=act())
    except Refusal as refused:
        _tell(form, {refused.field: [str(refused)]})
        return Attempt(refused.status, refusal=refused)
    except ValidationError as refused:
        _tell(form, refused.error_dict if hasattr(refused, "error_dict") else {None: refused.error_list})
        return Attempt(422, refusal=refused)


def said(form):
    """All that the form says against what was sent, in one line: for a page that shows no fields of it."""
    return " ".join(sentence for errors in form.errors.values() for sentence in errors)


def _tell(form, sentences):
    """Put sentences by field into the form; those of a field that it does not show stand above it."""
    for field, errors in sentences.items():
        place = field if field in form.fields else None
        for error in errors:
            form.add_error(place, error)
