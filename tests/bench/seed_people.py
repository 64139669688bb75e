"""Agencies, posts and people, written by SQL; one row in a million would be enough to see by hand."""

from django.core.management import call_command

from ekinerja.management.commands.load_profile import Command as LoadProfile
from organization.models import Grant, PayeeAccount, Role, User

SINCE = "2025-01-01"
PROFILE = "ekinerja/profiles/sample.json"
SIGNERS = ["190001012000011901", "190001012000011902"]
ROLES = (Role.HEAD, Role.ASSESSOR, Role.MAKER, Role.CHECKER, Role.RELEASER, Role.HR, Role.LEADERSHIP)
PERSON = "INSERT INTO organization_user (password, is_superuser, nip, name, email, is_staff) "
UNITS = """
INSERT INTO organization_unit (code, name, short_name, kind, pattern, zone)
SELECT '8.' || lpad(n::text, 2, '0'), 'Dinas Ukur ' || n, 'Dinas ' || n, 'agency', '5', 'Asia/Jakarta'
  FROM generate_series(1, %(agencies)s) n
"""
OWN_AGENCY = "UPDATE organization_unit SET agency_id = id WHERE code LIKE '8.%%'"
SEATS = """
CREATE TEMPORARY TABLE seat (
    id bigint DEFAULT nextval(pg_get_serial_sequence('organization_post', 'id')), title text, level text,
    sole boolean, job_class_id bigint, superior_id bigint, unit_id bigint
)
"""
SEAT = "INSERT INTO seat (title, level, sole, job_class_id, superior_id, unit_id)"
HEADS = f"""
{SEAT} SELECT 'Kepala Dinas', 'executive', true, c.id, NULL, u.id
  FROM organization_unit u, organization_jobclass c WHERE c.number = 14 AND u.code LIKE '8.%%' ORDER BY u.code
"""
LEADS = f"""
{SEAT} SELECT 'Kepala Bidang ' || t, 'supervisor', true, c.id, h.id, h.unit_id
  FROM seat h, organization_jobclass c, generate_series(1, %(teams)s) t
 WHERE h.level = 'executive' AND c.number = 9 ORDER BY h.id, t
"""
STAFF = f"""
{SEAT} SELECT 'Pengadministrasi ' || l.title, 'staff', false, c.id, l.id, l.unit_id
  FROM seat l, organization_jobclass c
 WHERE l.level = 'supervisor' AND c.number = 5 ORDER BY l.id
"""
POSTS = """
INSERT INTO organization_post (id, title, families, sole)
SELECT id, title, '{administrasi umum}', sole FROM seat ORDER BY id
"""
TERMS = """
INSERT INTO organization_postterm (post_id, starts_on, unit_id, job_class_id, level, superior_id, decree)
SELECT id, '1900-01-01', unit_id, job_class_id, level, superior_id, '' FROM seat ORDER BY id
"""
# One person for each head and lead, `TEAM` for each post of a team, `ROLES` more in the last team of all.
PEOPLE = f"""
{PERSON}
SELECT '!', false, '19000101' || (2000 + n / 900)::text || '011' || lpad((n %% 900)::text, 3, '0'),
       'Pegawai ' || lpad(n::text, 6, '0'), '', false
  FROM generate_series(1, %(people)s) n
"""
PLACES = """
CREATE TEMPORARY TABLE place AS
SELECT p.id AS post_id, p.level, p.sole, row_number() OVER (ORDER BY p.unit_id, p.id, n) AS number
  FROM seat p
 CROSS JOIN LATERAL generate_series(1, CASE p.level WHEN 'staff' THEN %(team)s ELSE 1 END) n
 UNION ALL
SELECT (SELECT max(id) FROM seat), 'staff', false, %(posted)s + n
  FROM generate_series(1, %(roles)s) n
"""
STANDING = """
CREATE TEMPORARY TABLE standing AS
SELECT w.person_id, f.post_id, f.level, f.sole
  FROM place f
  JOIN (SELECT id AS person_id, row_number() OVER (ORDER BY id) AS number
          FROM organization_user WHERE name LIKE 'Pegawai %%') w USING (number)
"""
POSTINGS = f"""
INSERT INTO organization_posting (starts_on, sole, person_id, post_id)
SELECT '{SINCE}', sole, person_id, post_id FROM standing
"""
STATUSES = f"""
INSERT INTO organization_employmentstatus (starts_on, kind, person_id)
SELECT '{SINCE}', 'PNS', person_id FROM standing
"""
RANKS = f"""
INSERT INTO organization_rankholding (starts_on, person_id, rank_id)
SELECT '{SINCE}', s.person_id, r.id
  FROM standing s JOIN organization_rank r ON r.code = CASE s.level WHEN 'staff' THEN 'II/c' ELSE 'III/c' END
"""
ACCOUNTS = """
INSERT INTO organization_payeeaccount (bank, number, holder_name, person_id)
SELECT a.bank, a.number, u.name, u.id
  FROM organization_payeeaccount a, standing s JOIN organization_user u ON u.id = s.person_id
 WHERE s.person_id <> a.person_id
"""
GRANTS = f"""
INSERT INTO organization_grant (starts_on, role, person_id, requested_by_id, approved_by_id)
SELECT '{SINCE}', %(role)s, u.id, a.id, b.id
  FROM organization_user u, organization_user a, organization_user b
 WHERE u.nip = %(nip)s AND a.nip = %(drafter)s AND b.nip = %(approver)s
"""


def seed_people(cursor, city, team):
    """Write everybody; the holders of the roles are the last people, in the order of ROLES."""
    sizes = {
        "agencies": city.agencies,
        "teams": city.teams,
        "team": team,
        "posted": city.people,
        "people": city.people + len(ROLES),
        "roles": len(ROLES),
    }
    _sign_rules()
    for statement in (UNITS, OWN_AGENCY, SEATS, HEADS, LEADS, STAFF, POSTS, TERMS, PEOPLE, PLACES, STANDING):
        cursor.execute(statement, sizes)
    for statement in (POSTINGS, STATUSES, RANKS):
        cursor.execute(statement)
    _open_accounts(cursor)
    for role, person in holders().items():
        drafter, approver = SIGNERS
        cursor.execute(GRANTS, {"role": role, "nip": person.nip, "drafter": drafter, "approver": approver})


def holders():
    """{role: who holds it} for ROLES."""
    last = User.objects.filter(name__startswith="Pegawai ").order_by("-pk")[: len(ROLES)]
    return dict(zip(map(str, ROLES), reversed(last), strict=True))


def _sign_rules():
    """The sample rules, drafted and approved by two HR people who hold no post."""
    people = [User(nip=nip, name="Penanda Tangan", password="!") for nip in SIGNERS]  # noqa: S106
    for who in User.objects.bulk_create(people):
        Grant.objects.create(person=who, role=Role.HR, starts_on=SINCE)
    drafter, approver = SIGNERS
    call_command(LoadProfile(), PROFILE, drafted_by=drafter, approved_by=approver, verbosity=0)


def _open_accounts(cursor):
    """An account for everybody; the number is encrypted once, for that takes a while."""
    first = User.objects.filter(postings__isnull=False).order_by("pk").first()
    PayeeAccount.objects.create(person=first, bank="Bank Contoh", number="0012345678", holder_name=first.name)
    cursor.execute(ACCOUNTS)
