from django.shortcuts import get_object_or_404, render

from bonuses.explanation import explained
from bonuses.models import Line, Run


def line(request, pk):
    """One person's line with all steps: for finance of its agencies, and for its owner once released."""
    runs = Run.objects.readable_by(request.user, on=request.user.today())
    found = Line.objects.of_runs(runs) | Line.objects.released_to(request.user)
    line = get_object_or_404(found.with_sources(), pk=pk)
    run = line.share.run
    context = {"line": line, "run": run, "may_run": runs.filter(pk=run.pk).exists()}
    return render(request, "bonuses/line.html", context | explained(line))
