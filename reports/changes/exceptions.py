"""What is missing behind people and posts, each with the page that mends it. It stops no job and no page.

Source: domain.md, section 2, "exceptions list"; case D103.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connection
from django.db.models import CharField, DateField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Left, Lower
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from calendars.models import Holiday, WorkPattern
from calendars.weeks import ONE_DAY
from organization.access import role_required
from organization.models import (
    ActingLetter,
    EmploymentStatus,
    PayeeAccount,
    Post,
    Posting,
    PostTerm,
    RankHolding,
    Role,
    Unit,
    User,
)

SHOWN = 20
LOOK_BACK = timedelta(days=366)
BIRTH = 8  # digits of a NIP
# Posts whose line of superiors comes back to them.
CYCLES = """
WITH RECURSIVE term AS (
    SELECT post_id AS id, superior_id FROM organization_postterm
     WHERE starts_on <= %(on)s AND (ends_on IS NULL OR ends_on >= %(on)s) AND superior_id IS NOT NULL
), up AS (
    SELECT id AS start, superior_id AS above FROM term
  UNION
    SELECT up.start, term.superior_id FROM up JOIN term ON term.id = up.above WHERE up.above <> up.start
)
SELECT start FROM up WHERE above = start ORDER BY start
"""


@dataclass
class Missing:
    """One kind of gap: what it is, what it leads to, and the first rows of it as (title, note, address)."""

    title: str
    effect: str
    rows: list = field(default_factory=list)

    @property
    def shown(self):
        return self.rows[:SHOWN]

    @property
    def has_more(self):
        return len(self.rows) > SHOWN


@require_safe
@role_required(Role.HR, Role.AUDITOR)
def exceptions(request):
    """The gaps in one's scope, by kind; those of which there is none are left out."""
    kinds = exceptions_of(request.user, on=request.user.today())
    found = [kind for kind in kinds.values() if kind.rows]
    return render(request, "reports/changes/exceptions.html", {"kinds": found})


def exceptions_of(reader, *, on):
    """{name: Missing} of every kind, in the scope of `reader` on the day `on`; four queries."""
    kinds = {name: Missing(title, effect) for name, (title, effect) in words().items()}
    posts = Post.objects.readable_by(reader, on=on).order_by()
    people = User.objects.readable_by(reader, on=on).order_by()
    parts = [*_of_posts(posts, on), *_of_people(people, on)]
    for name, pk, title, note in parts[0].union(*parts[1:], all=True):
        view = "organization:post" if name in OF_POSTS else "organization:person"
        kinds[name].rows.append((title, note, reverse(view, args=[pk])))
    kinds["cycle"].rows = _cycles(posts, on)
    agencies = Unit.objects.readable_by(reader, on=on).filter(parent=None)
    for unit in WorkPattern.objects.missing_in(agencies.order_by().values("pk"), on=on):
        kinds["pattern"].rows.append((unit.name, unit.code, reverse("organization:unit", args=[unit.pk])))
    if not Holiday.objects.standing().filter(date__year=on.year, unit=None).exists():
        kinds["calendar"].rows = [(str(on.year), "", reverse("calendars:holidays", args=[on.year]))]
    return kinds


OF_POSTS = ("no_superior", "vacant")


def words():
    return {
        "cycle": (
            _("A line of superiors that comes back to itself"),
            _("Nobody in it is reviewed by a superior."),
        ),
        "no_superior": (
            _("Posts without a superior post"),
            _("The assessment unit reviews what their holders report."),
        ),
        "vacant": (
            _("Vacant posts that others report to"),
            _("The next superior reviews for them until somebody holds the post or acts for it as Plt."),
        ),
        "no_post": (_("Employees without a post today"), _("Nothing they do counts.")),
        "gap": (
            _("Employees with days between two postings"),
            _("On those days they hold no post, and nothing they did counts."),
        ),
        "alike": (
            _("Employees of one name and birth date"),
            _("Perhaps one person was recorded twice, with a NIP typed wrong."),
        ),
        "no_status": (_("Employees without a status today"), _("No bonus line is computed for them.")),
        "no_rank": (_("Employees without a rank"), _("Their tax cannot be told by rank.")),
        "no_account": (_("Employees without a bank account"), _("Their payment is held, nothing else.")),
        "pattern": (_("Offices without a work pattern"), _("No day there is a working day.")),
        "calendar": (_("Years without holidays"), _("Every weekday counts as a working day.")),
    }


def _of_posts(posts, on):
    held = Posting.objects.on(on).filter(post=OuterRef("pk"))
    acted = ActingLetter.objects.standing().on(on).filter(post=OuterRef("pk"), capacity="plt")
    terms, posts = PostTerm.objects.on(on), _with_office(posts, on)
    below, alone = terms.filter(superior=OuterRef("pk")), terms.filter(superior=None)
    found = {
        "no_superior": posts.filter(Exists(held), pk__in=alone.values("post")),
        "vacant": posts.filter(Exists(below), ~Exists(held), ~Exists(acted)),
    }
    return [_first(name, rows, "title", "office") for name, rows in found.items()]


def _with_office(posts, on):
    """Each post with the name of its `office` of the day."""
    then = PostTerm.objects.on(on).filter(post=OuterRef("pk"))
    return posts.annotate(office=Subquery(then.values("unit__name")[:1]))


def _of_people(people, on):
    here = people.filter(Q(deactivated_on=None) | Q(deactivated_on__gt=on))
    posted = here.filter(Exists(Posting.objects.on(on).filter(person=OuterRef("pk"))))
    status = EmploymentStatus.objects.on(on).filter(person=OuterRef("pk"))
    ranked = RankHolding.objects.filter(person=OuterRef("pk"), starts_on__lte=on)
    paid = PayeeAccount.objects.filter(person=OuterRef("pk"))
    in_service = Q(postings__isnull=False) | Q(statuses__isnull=False) | Q(account__isnull=False)
    found = {
        "no_post": here.exclude(pk__in=posted.values("pk")).filter(in_service).distinct(),
        "gap": here.filter(Exists(_gap(on))),
        "alike": posted.filter(Exists(_twin(on))),
        "no_status": posted.filter(~Exists(status)),
        "no_rank": posted.filter(Exists(status.exclude(kind="NON_ASN")), ~Exists(ranked)),
        "no_account": posted.filter(Exists(status.exclude(kind="NON_ASN")), ~Exists(paid)),
    }
    return [_first(name, rows, "name", "nip") for name, rows in found.items()]


def _gap(on):
    """Postings of a person that ended in the last year, and that no other follows but later."""
    own = Posting.objects.filter(person=OuterRef("person"))
    next_day = ExpressionWrapper(OuterRef("ends_on") + Value(ONE_DAY), output_field=DateField())
    later, directly = own.filter(starts_on__gt=OuterRef("ends_on")), own.filter(starts_on=next_day)
    ended = Posting.objects.filter(person=OuterRef("pk"), ends_on__gte=on - LOOK_BACK)
    return ended.filter(Exists(later), ~Exists(directly))


def _twin(on):
    """Others in service of the same name who were born on the same day, as the NIP says it."""
    others = User.objects.filter(pk__in=Posting.objects.on(on).values("person")).exclude(pk=OuterRef("pk"))
    same = others.annotate(born=Left("nip", BIRTH), known_as=Lower("name"))
    return same.filter(born=Left(OuterRef("nip"), BIRTH), known_as=Lower(OuterRef("name")))


def _first(name, rows, title, note):
    """The first rows of one kind as (kind, id, title, note), one more than is shown."""
    told = {"is": Value(name, CharField()), "said": F(title), "beside": F(note)}
    return rows.annotate(**told).order_by("said", "pk").values_list("is", "pk", "said", "beside")[: SHOWN + 1]


def _cycles(posts, on):
    with connection.cursor() as cursor:
        cursor.execute(CYCLES, {"on": on})
        ids = [pk for (pk,) in cursor]
    if not ids:
        return []
    found = _with_office(posts.filter(pk__in=ids), on).order_by("title", "pk")
    found = found.values_list("pk", "title", "office")
    return [(title, unit, reverse("organization:post", args=[pk])) for pk, title, unit in found]
