"""Units looked up by what a list calls them: code, name or short name, in any letters."""

from collections import defaultdict

from django.utils.translation import gettext as _


def _plain(text):
    return " ".join(text.casefold().replace("\N{NO-BREAK SPACE}", " ").split())


class Offices:
    """All units that somebody may import people into, by their names."""

    def __init__(self, units):
        self.units = list(units)
        self.named = defaultdict(set)
        self.by_pk = {unit.pk: unit for unit in self.units}
        for unit in self.units:
            for called in {_plain(unit.code), _plain(unit.name), _plain(unit.short_name)}:
                self.named[called].add(unit.pk)

    def knows(self, called):
        return bool(self.named.get(_plain(called)))

    def find(self, agency, part):
        """(unit, ""): the part `part` of `agency`, or the agency; or (None, why not)."""
        found = set(self.named.get(_plain(part or agency), ()))
        if not found:
            return None, _("The unit “%(unit)s” is not known.") % {"unit": (part or agency)[:150]}
        if part and agency:
            tops = {self.by_pk[pk].agency_id for pk in self.named.get(_plain(agency), ())}
            if not tops:
                return None, _("The unit “%(unit)s” is not known.") % {"unit": agency[:150]}
            found = {pk for pk in found if self.by_pk[pk].agency_id in tops}
            if not found:
                said = {"part": part[:150], "agency": agency[:150]}
                return None, _("“%(part)s” is no unit of “%(agency)s”.") % said
        if len(found) > 1:
            return None, _("Several units are called “%(unit)s”. Write its code.") % {"unit": part or agency}
        return self.by_pk[found.pop()], ""
