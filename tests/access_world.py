"""A small city in which every role has records of its own, of its line or scope, and of strangers.

Monday 16 March 2026: March is open, February is being verified and drawn, January is final and paid out.
Agency A is everybody's scope, B is foreign, in C sits the assessment unit.
"""

from datetime import date
from types import SimpleNamespace

from django.urls import reverse

from approvals.models import BulkSet
from assessment.models import Draw, DrawnRow
from bonuses.models import Line, Run
from calendars.models import Month, Outage
from calendars.weeks import MonthKey, Week
from organization.models import AddressChange, Leaving, ListImport, Role, Transfer
from reports.changes.lists import LISTS
from tests import factories, factories_activities, factories_assessment, factories_bonuses, factories_reports

NOW = (2026, 3, 16, 9, 0)
OWN, BELOW, FOREIGN = RELATIONS = ("own", "below", "foreign")
ROLES = (
    ["anonymous", "staff", "supervisor"]
    + [role.value for role in (Role.ASSESSOR, Role.HEAD, Role.MAKER, Role.CHECKER, Role.RELEASER)]
    + [role.value for role in (Role.HR, Role.OPERATOR, Role.LEADERSHIP, Role.AUDITOR, Role.IT)]
)
IN_UNIT, CITY_WIDE = {"assessor", "head"}, {"head", "leadership", "auditor", "it"}
JANUARY, FEBRUARY, MARCH = MonthKey(2026, 1), MonthKey(2026, 2), MonthKey(2026, 3)
WAITS = date(2026, 6, 1)
FRIDAY, IN_FEBRUARY = date(2026, 3, 13), date(2026, 2, 12)


def build():
    """The city, `actors` by role, and the records of every person."""
    world = SimpleNamespace(**vars(factories_reports.city()))
    world.unit = factories.agency(name="Unit Penilai")
    chief = factories.post(world.unit, "Kepala Unit", number=11, level="administrator")
    world.unit_post = factories.post(world.unit, "Penilai", superior=chief)
    world.unit_chief = factories.staff(chief, "Kepala Unit")
    world.actors = {"staff": world.budi, "supervisor": world.supervisor}
    for role in ROLES[3:]:
        where = world.unit_post if role in IN_UNIT else world.staff_post
        who = world.actors[role] = factories.staff(where, f"Petugas {role}")
        factories.grant(who, role, None if role in CITY_WIDE else world.agency)
    world.score_rule = factories_assessment.score_rule(valid_from=WAITS)
    world.people = {*world.actors.values(), world.ana, world.zul}
    _work(world)
    _verify(world)
    _pay(world)
    return world


def _work(world):
    it = world.actors["it"]
    world.outage = Outage.objects.record(
        by=it, at=factories.at(*NOW), starts_at=factories.at(2026, 3, 16, 8), reason="Listrik padam"
    )
    hr = world.actors["hr"]
    content = b"NIP;NAMA;OPD;TMT JABATAN\n1;Melati;Dinas;\n190001012020011001;Melati;Dinas;00-00-0000"
    world.list = ListImport.objects.send("people", name="pegawai.csv", content=content, by=hr)
    world.list.read(LISTS["people"].take)
    world.holiday = factories.holiday(date(2026, 3, 19))
    world.asked, world.stood, world.leaves, world.grants = {}, {}, {}, {}
    for who in world.people:
        world.asked[who] = factories_bonuses.sanction(who, first=WAITS, last=WAITS, waits_for_second=True)
        world.stood[who] = factories_bonuses.sanction(who, first=WAITS, last=WAITS)
        world.leaves[who] = factories.leave(who, date(2026, 6, 1), date(2026, 6, 2))
    auditor = world.actors["auditor"]
    for who in world.people - {auditor}:
        world.grants[who] = factories.grant(who, Role.IT, agency_of(who), starts_on=WAITS)
    world.grants[auditor] = auditor.grants.get()
    world.transfers = {
        p: factories.step(Transfer, p, post=world.staff_post, starts_on=WAITS) for p in world.people
    }
    world.leavings = {p: factories.step(Leaving, p, cause="retirement", last_day=WAITS) for p in world.people}
    world.suspensions = {p: factories.suspended(p, WAITS) for p in world.people}
    world.letters = {p: factories.letter(factories.seat_in(agency_of(p)), p) for p in world.people}
    world.address_keys = {p: _linked(p) for p in world.people}
    world.march = {p: factories_activities.activity(p, FRIDAY, minutes=120) for p in world.people}
    world.sets = {p: _sent(world.march[p], by=p) for p in world.people}


def _linked(who):
    """The key of a link that was sent to a new address of somebody."""
    return AddressChange.objects.start(who, address="baru@contoh.id", at=factories.at(*NOW))[1]


def _sent(row, *, by):
    """A set of one row that was shown to somebody and sent."""
    rows, at = [(row.pk, row.version, row.person_id)], factories.at(*NOW)
    listed = BulkSet.objects.show(rows, to=by, week=Week.of(row.performed_on), at=at)
    return listed.send(people=[row.person_id], verdict="approved", at=at).listed


def _verify(world):
    for who in world.people:
        factories_assessment.row(who, IN_FEBRUARY, by=world.head)
    head = world.actors["head"]
    world.february = {}
    for agency in (world.agency, world.other, world.unit):
        month = world.february[agency] = Month.objects.of(agency, FEBRUARY)
        month.close(at=month.review_closes_at)
        Draw.objects.draw(month, by=head, at=month.review_closes_at)
    rows = DrawnRow.objects.select_related("activity")
    world.drawn = {row.activity.person_id: row.pk for row in rows}


def _pay(world):
    world.runs = {}
    maker, checker, releaser = factories_bonuses.finance()
    names = SimpleNamespace(maker=maker, checker=checker, releaser=releaser)
    for agency in (world.agency, world.other, world.unit):
        names.month = Month.objects.of(agency, JANUARY)
        for who in world.people:
            if who.posting_on(FRIDAY).unit.agency_id == agency.pk:
                factories_bonuses.ranked(who)
                factories_bonuses.scored(who, names.month)
        factories_bonuses.finalised(names.month)
        world.runs[agency] = factories_bonuses.run_in(Run.Status.RELEASED, city=names)
    world.lines = dict(Line.objects.values_list("person", "pk"))


def target(world, role, relation):
    """The person whose record is asked for: the actor themselves, Ana of agency A, or Zul of agency B."""
    if relation == OWN:
        return world.actors[role]
    return world.ana if relation == BELOW else world.zul


def agency_of(person):
    return person.posting_on(FRIDAY).unit.agency


WEEK = Week.of(FRIDAY)
NO_RECORD = {
    "reports:home": [],
    "reports:board": [],
    "reports:rules": [],
    "reports:figures": [MARCH],
    "notices:news": [],
    "notices:see": [],
    "operations:outages": [],
    "operations:dismiss": [],
    "organization:profile": [],
    "organization:address": [],
    "organization:people": [],
    "calendars:holidays": [],
    "changes:holiday_create": [],
    "changes:requests": [],
    "changes:decree": [],
    "changes:delegate": [],
    "changes:rule_create": ["scorerule"],
    "organization:posts": [],
    "organization:codes": [],
    "organization:units": [],
    "changes:agency_create": [],
    "changes:exceptions": [],
    "changes:grants": [],
    "changes:imports": [],
    "changes:import_template": ["people"],
    "organization:activate": [],
    "activities:search": [],
    "activities:days": [],
    "activities:weeks": [],
    "activities:day": [FRIDAY],
    "activities:week": [WEEK],
    "activities:create": [],
    "approvals:queue": [],
    "approvals:unit": [],
    "approvals:week": [WEEK],
    "approvals:waiting": [WEEK],
    "approvals:approve_many": [WEEK],
    "assessment:months": [],
    "assessment:open_mine": [],
    "assessment:mine": [FEBRUARY],
    "bonuses:runs": [],
    "bonuses:create": [],
    "bonuses:mine": [],
    "bonuses:mine_month": [JANUARY],
    "account_change_password": [],
    "account_logout": [],
    "account_login": [],
    "healthz": [],
}
ACTIVITY = ["activities:detail", "activities:edit", "approvals:decisions"]
ACTIVITY_POST = ["activities:withdraw", "activities:discard", "approvals:decide"]
PERSON = ["organization:person", "changes:sanction_create", "calendars:leaves", "changes:leave_create"]
PERSON += ["organization:code", "changes:late_report"]
PERSON += [f"changes:{step}" for step in ("steps", "transfer", "promote", "end", "grant_create")]
PERSON += ["changes:suspend", "changes:reinstate", "changes:address_create", "changes:timeline"]
POST = [
    "organization:post",
    "changes:letter_create",
    "changes:join",
    "changes:post_create",
    "changes:post_change",
]
UNIT = ["organization:unit", "changes:unit_create", "changes:top_post_create"]
MONTH = ["month", "close", "dates", "draw", "verify", "people", "confirm_many", "publish", "finalise"]
PAPER = ["nominative", "csv", "data"]
RUN = ["run", "request", "check", "release", "refuse", "cancel"]
WITH_RECORD = (
    {name: lambda w, p: [w.march[p].pk] for name in [*ACTIVITY, *ACTIVITY_POST]}
    | {name: lambda w, p: [p.pk] for name in PERSON}
    | {"approvals:person": lambda w, p: [WEEK, p.pk]}
    | {"approvals:rows": lambda w, p: [WEEK, p.pk]}
    | {f"approvals:{name}": lambda w, p: [w.sets[p].pk] for name in ("set", "send_set")}
    | {"approvals:left": lambda w, p: [w.february[agency_of(p)].pk]}
    | {"approvals:left_many": lambda w, p: [w.february[agency_of(p)].pk]}
    | {f"assessment:{name}": lambda w, p: [w.february[agency_of(p)].pk] for name in MONTH}
    | {"assessment:person": lambda w, p: [w.february[agency_of(p)].pk, p.pk]}
    | dict.fromkeys(["assessment:row", "assessment:withdraw"], lambda w, p: [w.drawn[p.pk]])
    | {"reports:figures_of": lambda w, p: [w.february[agency_of(p)].pk, p.pk]}
    | {f"bonuses:{name}": lambda w, p: [w.runs[agency_of(p)].pk] for name in RUN}
    | {f"bonuses:{name}": lambda w, p: [w.runs[agency_of(p)].pk, agency_of(p).pk] for name in PAPER}
    | {f"changes:holiday_{act}": lambda w, p: [w.holiday.pk] for act in ("edit", "cancel")}
    | {f"changes:leave_{act}": lambda w, p: [w.leaves[p].pk] for act in ("cancel", "end")}
    | {f"changes:letter_{act}": lambda w, p: [w.letters[p].pk] for act in ("cancel", "end")}
    | {"changes:delegate_withdraw": lambda w, p: [w.letters[p].pk]}
    | dict.fromkeys(POST, lambda w, p: [w.letters[p].post_id])
    | dict.fromkeys(UNIT, lambda w, p: [agency_of(p).pk])
    | {"changes:import": lambda w, p: [w.list.pk]}
    | {"changes:grant_end": lambda w, p: [w.grants[p].pk]}
    | {"changes:transfer_cancel": lambda w, p: [w.transfers[p].pk]}
    | {"changes:leaving_cancel": lambda w, p: [w.leavings[p].pk]}
    | {"changes:suspension_cancel": lambda w, p: [w.suspensions[p].pk]}
    | {"changes:sanction_cancel": lambda w, p: [w.stood[p].pk]}
    | {
        f"changes:{name}": lambda w, p: ["sanctions", w.asked[p].pk]
        for name in ("request", "request_refuse", "request_withdraw")
    }
    | {f"changes:{name}": lambda w, p: ["scorerule", w.score_rule.pk] for name in ("rule", "rule_withdraw")}
    | {"organization:address_confirm": lambda w, p: [w.address_keys[p]]}
    | {"operations:end": lambda w, p: [w.outage.pk]}
    | {"bonuses:line": lambda w, p: [w.lines[p.pk]]}
)
POSTED = {
    *ACTIVITY_POST,
    "notices:see",
    "operations:dismiss",
    "operations:end",
    "changes:request_refuse",
    "changes:request_withdraw",
    "changes:rule_withdraw",
    "changes:delegate_withdraw",
    "approvals:left_many",
    "approvals:send_set",
    "assessment:withdraw",
    "set_language",
}


def ask(client, world, name, role, relation):
    """The status of one request; an empty form is sent where the address only takes posts."""
    arguments = (
        NO_RECORD[name] if name in NO_RECORD else WITH_RECORD[name](world, target(world, role, relation))
    )
    url = reverse(name, args=arguments)
    answer = client.post(url, {}) if name in POSTED else client.get(url)
    return answer.status_code


def cells(client, world, name, role):
    """What a role is answered: one status, or three for own / below / foreign."""
    if name in NO_RECORD:
        return str(ask(client, world, name, role, OWN))
    relations = (BELOW, FOREIGN) if role == "anonymous" else RELATIONS
    return "/".join(str(ask(client, world, name, role, relation)) for relation in relations)
