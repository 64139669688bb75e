"""A last moment is shown by the filter `due`, which says when it has passed; `deadline` is for the past."""

import re
from pathlib import Path

TEMPLATES = Path(__file__).parent.parent / "templates"
# What is told of the past, what begins at the moment, and when a waiting time ends.
NOT_WAITED_FOR = {
    "activities/_figures.html": {"activity.open_day.until"},
    "approvals/_decisions.html": {"decision.due_at"},
    "approvals/left.html": {"review.month.review_closes_at"},
    "assessment/_dates_now.html": {"month.objections_close_at"},
    "assessment/_mine_score.html": {"row.month.objections_close_at"},
    "assessment/_seed.html": {"month.entry_closes_at"},
    "assessment/close.html": {"month.ends_at", "month.review_closes_at"},
    "reports/_month_until.html": {"month.objections_close_at"},
    "reports/changes/late_report.html": {"row.until"},
}


def test_w16_no_template_shows_what_is_waited_for_in_calm_grey():
    found = {}
    for path in TEMPLATES.rglob("*.html"):
        if moments := set(re.findall(r"([\w.]+)\|deadline", path.read_text())):
            found[str(path.relative_to(TEMPLATES))] = moments

    assert found == NOT_WAITED_FOR
