"""The pure modules, each with the modules of the project that it may import: pure ones again.

They import nothing else but the standard library, read no clock, and say PURE in their docstring.
`tests/test_architecture.py` proves it; `dev.py check` has mypy read them strictly.
"""

PURE: dict[str, set[str]] = {
    "records/rounding.py": set(),
    "records/text.py": set(),
    "records/timeline.py": set(),
    "organization/imports/nip.py": set(),
    "calendars/weeks.py": set(),
    "calendars/moving.py": {"calendars.weeks"},
    "calendars/segments.py": {"calendars.weeks"},
    "calendars/days.py": {"calendars.segments", "calendars.weeks", "records.rounding"},
    "activities/windows.py": set(),
    "activities/similarity.py": set(),
    "approvals/due.py": {"calendars.moving", "calendars.weeks"},
    "assessment/scoring.py": {"records.rounding"},
    "assessment/sampling.py": set(),
    "assessment/homes.py": set(),
    "bonuses/formulas.py": {"records.rounding"},
    "bonuses/trace.py": {"bonuses.formulas"},
}
