from django import forms

HOME, NEWS = "home", "news"


class NumbersField(forms.MultipleChoiceField):
    """Numbers of rows, any number of them; whose they are is asked by the query."""

    def valid_value(self, value):
        return value.isascii() and value.isdecimal() and len(value) < 19

    def clean(self, value):
        return [int(number) for number in super().clean(value)]


class NewsSeenForm(forms.Form):
    """The notices that a page showed, and which page it was."""

    notice = NumbersField()
    back = forms.ChoiceField(choices=[(HOME, HOME), (NEWS, NEWS)])
