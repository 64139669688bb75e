"""What the frame shows around every page: office, month, and the menus by the roles held today."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from importlib import import_module

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from approvals.queue import scope_of
from calendars.models import Month
from calendars.weeks import MonthKey, Week
from notices.unseen import unseen
from organization.models import Role
from reports.changes.waiting import lines_of, read_counts

QUICK_ITEMS = 5
NAME_ON_TOP = 15
SINGLE_PAGES = {"reports"}  # rooms whose pages have nothing below them
OWN_PAGES = {"home", "mine", "mine_month", "profile"}
# Pages of one room that stand below a link of another, and links beside others of their room.
OF_PEOPLE = ("steps", "transfer", "promote", "end", "grant_create", "sanction_create", "leave_create")
OF_PEOPLE += ("late_report", "suspend", "reinstate", "timeline", "address_create")
BELOW = {f"changes:{step}": "organization:people" for step in OF_PEOPLE}
BELOW |= dict.fromkeys(["changes:letter_create", "changes:join", "organization:post"], "organization:posts")
BELOW |= dict.fromkeys(
    ["organization:unit", "changes:agency_create", "changes:unit_create", "changes:top_post_create"],
    "organization:units",
)
BELOW |= dict.fromkeys(["changes:post_create", "changes:post_change"], "organization:posts")
BELOW |= dict.fromkeys(["changes:rule_create", "changes:rule", "changes:rule_withdraw"], "reports:rules")
BELOW |= {"changes:grant_end": "changes:grants", "changes:delegate": "approvals:queue"}
BELOW |= dict.fromkeys(
    ["changes:decree", *(f"changes:holiday_{step}" for step in ("create", "edit", "cancel"))],
    "calendars:holidays",
)
ALONE = {"changes:exceptions", "organization:posts", "organization:units", "changes:grants"}


def _roles(*roles):
    return frozenset(role.value for role in roles)


@dataclass(frozen=True)
class Item:
    """A link of the menus before it is known for whom.

    `key` names the argument it is reversed with, `counted` says of a request how much waits there; `roles`
    keep it to their holders where its section is for more.
    """

    view: str
    label: str
    short: str
    icon: str
    key: str = ""
    counted: Callable | None = None
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Link:
    """A link of the menus; `current` is "page" on that page, "true" on a page below it."""

    url: str
    label: str
    short: str
    icon: str
    current: str = ""
    count: int = 0


@dataclass(frozen=True)
class Section:
    """Links under one heading, for holders of one of the roles; without roles, for everyone with a post."""

    label: str
    items: list[Item]
    roles: frozenset[str] = field(default_factory=frozenset)


def _rows(part):
    """A count of the rows of a part of ReviewScope."""
    return lambda request: sum(each["rows"] for each in getattr(scope_of(request), part))


REVIEW = Item("approvals:queue", _("Weekly review"), _("Review"), "tinjau", counted=_rows("weeks_in_line"))
UNIT = Item(
    "approvals:unit",
    _("Waiting for the unit"),
    _("Waiting"),
    "kotak",
    counted=_rows("parts_of_the_unit"),
    roles=_roles(Role.ASSESSOR),
)
ASSESSMENT = Item("assessment:months", _("Assessment"), _("Assessment"), "perisai")
RUNS = Item("bonuses:runs", _("Bonus runs"), _("Runs"), "daftar")
CALENDAR = Item("calendars:holidays", _("Calendar"), _("Calendar"), "bulan")
PEOPLE = Item("organization:people", _("Employees"), _("Employees"), "pegawai")
POSTS = Item("organization:posts", _("Posts"), _("Posts"), "jabatan")
UNITS = Item("organization:units", _("Units"), _("Units"), "unit")
EXCEPTIONS = Item("changes:exceptions", _("To be mended"), _("Mend"), "benah")
GRANTS = Item("changes:grants", _("Who may do what"), _("Roles"), "kuasa")
REQUESTS = Item(
    "changes:requests",
    _("Second approval"),
    _("Requests"),
    "berdua",
    counted=lambda request: len(lines_of(request)),
)
NEWS = Item("notices:news", _("News"), _("News"), "lonceng", counted=lambda request: len(unseen(request)))
BOARD = Item("reports:board", _("Live board"), _("Board"), "papan")
OUTAGES = Item("operations:outages", _("Outages"), _("Outages"), "gangguan", roles=_roles(Role.IT))
UNIT_BOARD = replace(BOARD, roles=_roles(Role.HEAD))
HOUSE = [POSTS, UNITS, EXCEPTIONS, GRANTS]
SECTIONS = [
    Section(_("Supervisor"), [REVIEW], _roles(Role.SUPERVISOR)),
    Section(_("Assessment unit"), [ASSESSMENT, UNIT, UNIT_BOARD], _roles(Role.HEAD, Role.ASSESSOR)),
    Section(_("Finance"), [RUNS], _roles(Role.MAKER, Role.CHECKER, Role.RELEASER)),
    Section(_("Human resources"), [PEOPLE, REQUESTS, *HOUSE, CALENDAR], _roles(Role.HR)),
    Section(_("Leadership"), [BOARD], _roles(Role.LEADERSHIP)),
    Section(
        _("Auditor"),
        [PEOPLE, *HOUSE, ASSESSMENT, RUNS, BOARD],
        _roles(Role.AUDITOR),
    ),
    Section(_("Operations"), [OUTAGES], _roles(Role.IT)),
    Section(
        _("My work"),
        [
            Item("reports:home", _("Today"), _("Today"), "rumah"),
            Item("activities:week", _("My week"), _("Week"), "kisi", key="week"),
            Item("assessment:mine", _("My score"), _("Score"), "nilai", key="month"),
            Item("bonuses:mine", _("My bonus"), _("Bonus"), "uang"),
            NEWS,
        ],
    ),
]
OWN = [
    Item("organization:profile", _("Profile and posting"), _("Profile"), "orang"),
    CALENDAR,
    Item("reports:rules", _("Rules in force"), _("Rules"), "buku"),
    Item("account_change_password", _("Change password"), _("Password"), "sandi"),
]


def frame(request):
    """Context processor: `frame`, read when a template asks for it: 3 queries, and one for each count."""
    return {"frame": SimpleLazyObject(lambda: build(request))}


def build(request) -> dict:
    """Return the frame's facts; somebody not signed in has only the demo sign-ins."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"demo_sign_ins": demo_sign_ins()}
    today = user.today()
    posting = user.posting_on(today)
    office = posting.unit.agency if posting else None
    sections = sections_for(request, user, today, has_post=posting is not None)
    links = [link for section in sections for link in section["links"]]
    shown = links if len(links) <= QUICK_ITEMS else links[: QUICK_ITEMS - 1]
    return {
        "person": {
            "pk": user.pk,
            "name": user.name,
            "short_name": short_name(user.name),
            "post": posting.post.title if posting else "",
        },
        "office": office,
        "month": month_of(office, today) if office else None,
        "sections": sections,
        "quick": shown,
        "more": links[len(shown) :],
        "own": links_for(request, OWN, today),
    }


def sections_for(request, user, today, *, has_post) -> list[dict]:
    """Return the headings with links that `user` has today; a link stands under its first heading only."""
    read_counts(request, on=today)
    held, seen, sections = user.roles_on(today), set(), []
    for section in SECTIONS:
        if held & section.roles if section.roles else has_post:
            mine = [item for item in section.items if not item.roles or item.roles & held]
            items = [item for item in mine if item.view not in seen]
            seen.update(item.view for item in items)
            links = links_for(request, items, today)
            sections += [{"label": section.label, "links": links}] if links else []
    return sections


def links_for(request, items, today) -> list[Link]:
    """Return the links of `items` for a person whose date is `today`."""
    keys = {"week": Week.of(today), "month": MonthKey.of(today)}
    links = []
    for item in items:
        url = reverse(item.view, args=[keys[item.key]] if item.key else [])
        here = current(request, item.view, url)
        # Pages below say themselves what waits there, so the count is asked on its own page and elsewhere.
        count = item.counted(request) if item.counted and here != "true" else 0
        links.append(Link(url, item.label, item.short, item.icon, here, count))
    return links


def current(request, view, url) -> str:
    """Say whether the page asked for is that of the link, or one of the same room."""
    if request.path == url:
        return "page"
    match = request.resolver_match
    return "true" if match and _room(match.view_name) == _room(view) else ""


def _room(view):
    view = BELOW.get(view, view)
    if view in ALONE:
        return view
    app, _colon, name = view.rpartition(":")
    if app in SINGLE_PAGES:
        return view
    return (app, name in OWN_PAGES) if app else view


def month_of(agency, today) -> dict:
    """Return name and state of the agency's present month; one not used yet is open."""
    key = MonthKey.of(today)
    month = Month.objects.around(agency, key).get(key)
    state = Month.Status(month.status) if month else Month.Status.OPEN
    return {"name": (month or Month(year=key.year, month=key.month)).name, "state": state.label}


def demo_sign_ins() -> list:
    """Return one sign-in per role, in demo mode only."""
    if not settings.DEMO:
        return []
    return import_module("ekinerja.demo.sign_ins").SIGN_INS


def short_name(name) -> str:
    """Shorten a name for the top bar, without its degrees: Rahmah Y."""
    plain = name.split(",")[0].strip()
    if len(plain) <= NAME_ON_TOP:
        return plain
    first, *rest = plain.split()
    return f"{first} {rest[0][0]}." if rest else first
