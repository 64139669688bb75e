"""What the forms of every room say to django-crispy-forms; it draws them with the pack templates/ekinerja."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout


class FormInPage(FormHelper):
    """A form's place in a page that owns the form element, its token and its buttons.

    `parts` are the layout; without any, the fields stand in their order. `errors_elsewhere` where the page
    itself says what is wrong; `quiet` for search and filters, which do not say that a field may stay empty.
    """

    form_tag = False
    render_hidden_fields = True

    def __init__(self, *parts, errors_elsewhere=False, quiet=False):
        super().__init__()
        self.errors_elsewhere, self.quiet = errors_elsewhere, quiet
        if parts:
            self.layout = Layout(*parts)
