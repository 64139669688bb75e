"""Who may act for a post, and the line up from it, as SQL over the view `organization_acting`.

The rule stands here once; `acting.py` and `structure.py` make querysets of it. In every text `{day}` is a
date, `{row}` a row of the view and `{owner}` the id of a person whose work is decided, each as SQL.
Source: domain.md, section 2.
"""

# The order in which people act for a post; the numbers between are free for further kinds.
DELEGATE, PLH, HOLDER, PLT = 10, 20, 30, 40

ON = "{row}.starts_on <= {day} AND ({row}.ends_on IS NULL OR {row}.ends_on >= {day})"


def on(row, day):
    """Whether `row` holds on `day`."""
    return ON.format(row=row, day=day)


def line_up(start, day):
    """The posts above those of `start` on `day`, to the top; a line that comes back to itself ends there."""
    held = on("term", day)
    return f"""
WITH RECURSIVE up AS (
    SELECT term.superior_id AS id FROM organization_postterm term
     WHERE term.post_id IN ({start}) AND {held}
  UNION
    SELECT term.superior_id FROM organization_postterm term JOIN up ON term.post_id = up.id AND {held}
)
SELECT id FROM up WHERE id IS NOT NULL
"""  # noqa: S608 (constant parts)


def posts_of(person, day):
    """The posts that a person acts for on `day`, in whatever capacity."""
    return f"""SELECT mine.post_id FROM organization_acting mine
                WHERE mine.person_id = {person} AND {on("mine", day)}"""  # noqa: S608 (constant parts)


def able(row, day):
    """Whether a row of the view acts on `day` at all: no auditor does, a Plt only without a holder."""
    return f"""({on(row, day)}
      AND NOT EXISTS (SELECT 1 FROM organization_grant audit WHERE audit.role = 'auditor'
                         AND audit.person_id = {row}.person_id AND {on("audit", day)})
      AND ({row}.rank <= {HOLDER} OR NOT EXISTS (
           SELECT 1 FROM organization_acting holder WHERE holder.rank = {HOLDER}
              AND holder.post_id = {row}.post_id AND {on("holder", day)})))"""  # noqa: S608 (constant parts)


def able_towards(row, owner, day):
    """Whether it acts for work of `owner`: not the owner, and nobody in whose superior line they stand."""
    line = line_up(posts_of(f"{row}.person_id", day), day)
    return f"""({row}.person_id <> {owner} AND {able(row, day)}
      AND NOT EXISTS (SELECT 1 FROM organization_acting stands WHERE stands.person_id = {owner}
                         AND {on("stands", day)}
                         AND stands.post_id IN ({line})))"""  # noqa: S608 (constant parts)


def people(post, where):
    return f"""SELECT acting.person_id FROM organization_acting acting
                WHERE acting.post_id = {post} AND {where}"""  # noqa: S608 (constant parts)


_ABLE_BELOW = people("below.post_id", able("acting", "asked.day"))

# Posts by how many posts with people stand between: level 0 has the posts of `{start}` and the vacant ones
# below them, level 1 what reports to level 0. From level 1 on, a post one of whose people acts for another
# post too adds no level: whoever acts there may be the one above as well. OFFSET 0 keeps the planner from
# joining all that everybody acts for, for each post, where an index answers for the few people of one.
_LEVELS = f"""
WITH RECURSIVE asked AS (SELECT %s::date AS day, %s::int AS most), near(id, level) AS (
    {{start}}
  UNION
    SELECT below.post_id, near.level + step.up
      FROM asked, near JOIN organization_postterm below ON below.superior_id = near.id, LATERAL (
           SELECT CASE WHEN NOT EXISTS ({_ABLE_BELOW}) THEN 0
                       WHEN near.level > 0 AND EXISTS ({_ABLE_BELOW} AND EXISTS (
                            {posts_of("acting.person_id", "asked.day")}
                            AND mine.post_id <> below.post_id OFFSET 0)) THEN 0
                       ELSE 1 END AS up) step
     WHERE near.level + step.up <= asked.most AND {on("below", "asked.day")}
)
SELECT {{columns}} FROM near, asked WHERE level <= asked.most GROUP BY id
"""  # noqa: S608 (constant parts)
_OF_PERSON = f"""SELECT acting.post_id, 0 FROM organization_acting acting, asked
                  WHERE acting.person_id = %s AND {able("acting", "asked.day")}"""  # noqa: S608 (constant parts)
_OF_NOBODY = f"""SELECT below.post_id, CASE WHEN EXISTS ({_ABLE_BELOW}) THEN 1 ELSE 0 END
                   FROM organization_postterm below, asked
                  WHERE below.superior_id IS NULL AND {on("below", "asked.day")}"""  # noqa: S608 (constant parts)
# Parameters: day, highest level, person.
POSTS_OF_PERSON = _LEVELS.format(start=_OF_PERSON, columns="id")
# The same from the posts that nobody acts for up to the top. Parameters: day, highest level.
POSTS_OF_NOBODY = "SELECT organization_seats_of_nobody(%s, %s)"

# What is asked of every row and in every queue is a function of the database (0009, 0010): its text is
# planned once a connection. Inlined, the planning took longer than the answer.
# {name: (arguments, result, body)}
_SEAT = ("bigint, bigint, date", "bigint")
_TOWARDS = people(
    "term.post_id",
    "organization_acts_towards(acting.post_id, acting.person_id, acting.starts_on, acting.ends_on,"
    " acting.rank, asked.owner, asked.day)",
)
_SEATS = f"""
RETURN (WITH RECURSIVE asked AS (
    SELECT $1 AS post, $2 AS owner, $3 AS day
), line AS (
    SELECT term.post_id AS id, term.superior_id, ARRAY({_TOWARDS}) AS people, '{{{{}}}}'::bigint[] AS first
      FROM asked JOIN organization_postterm term ON term.post_id = asked.post AND {on("term", "asked.day")}
  UNION
    SELECT term.post_id, term.superior_id, ARRAY({_TOWARDS}),
           CASE WHEN line.first = '{{{{}}}}' THEN line.people ELSE line.first END
      FROM asked, line JOIN organization_postterm term ON term.post_id = line.superior_id
     WHERE NOT ({{found}}) AND {on("term", "asked.day")}
)
SELECT line.id FROM line WHERE {{found}} LIMIT 1)
"""  # noqa: S608 (constant parts)
_OWNERS_NEAR = f"""
DECLARE here bigint[]; seats bigint[];
BEGIN
    here := ARRAY(SELECT near.person_id FROM organization_acting near
                   WHERE near.post_id = ANY ($1) AND {on("near", "$2")});
    seats := ARRAY(SELECT mine.post_id FROM organization_acting mine
                    WHERE mine.person_id = ANY (here) AND {on("mine", "$2")});
    seats := $1 || ARRAY({line_up("SELECT unnest(seats)", "$2")});
    RETURN QUERY SELECT acting.person_id FROM organization_acting acting
                  WHERE acting.post_id = ANY (seats) AND {on("acting", "$2")};
END
"""  # noqa: S608 (constant parts)
FUNCTIONS = {
    # Whether the row of the view whose columns are given, with an owner and a day, acts towards that owner.
    "organization_acts_towards": (
        "bigint, bigint, date, date, smallint, bigint, date",
        "boolean",
        f"""RETURN (SELECT {able_towards("it", "it.owner", "it.day")}
   FROM (SELECT $1, $2, $3, $4, $5, $6, $7)
     AS it(post_id, person_id, starts_on, ends_on, rank, owner, day))""",  # noqa: S608 (constant parts)
    ),
    # From a post up to the first that anybody acts for towards the owner on the day.
    "organization_first_seat": (*_SEAT, _SEATS.format(found="line.people <> '{}'")),
    # On to the first above it that somebody else acts for.
    "organization_next_seat": (
        *_SEAT,
        _SEATS.format(found="line.first <> '{}' AND NOT line.people <@ line.first"),
    ),
    # The people towards whose work somebody on the posts given may be passed over on the day: those who act
    # for these posts, and those above who acts for them. In steps, for of each the planner knows an index.
    "organization_owners_near": ("bigint[], date", "SETOF bigint", _OWNERS_NEAR),
    # Of a day, the highest level and a person: the posts of _LEVELS, each with its level.
    "organization_levels": (
        "date, integer, bigint",
        "TABLE(seat bigint, level_of_seat integer)",
        "RETURN QUERY" + _LEVELS.format(start=_OF_PERSON, columns="id, min(level)") % ("$1", "$2", "$3"),
    ),
    # Of a day and the highest level: the same from the posts that nobody acts for up to the top.
    "organization_seats_of_nobody": (
        "date, integer",
        "SETOF bigint",
        "RETURN QUERY" + _LEVELS.format(start=_OF_NOBODY, columns="id") % ("$1", "$2"),
    ),
}
# The functions as expressions of a queryset: their arguments are `%(expressions)s`.
FIRST_SEAT = "organization_first_seat(%(expressions)s)"
NEXT_SEAT = "organization_next_seat(%(expressions)s)"
ACTS_TOWARDS = "organization_acts_towards(%(expressions)s)"
# Parameters: the posts, day.
OWNERS_PASSED_OVER = "SELECT organization_owners_near(%s::bigint[], %s)"
# The same near the posts that nobody acts for. Parameters: day, highest level, day.
OWNERS_NEAR_NOBODY = f"SELECT organization_owners_near(ARRAY({POSTS_OF_NOBODY}), %s)"  # noqa: S608 (constant parts)
# Parameters: day, highest level, person.
LEVELS_OF_PERSON = "SELECT * FROM organization_levels(%s, %s, %s)"


def body(name):
    """The text of a function as the database keeps it."""
    return f"BEGIN {FUNCTIONS[name][2]}; END"
