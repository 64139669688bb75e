"""What a page of the assessment says, and the form of a mark."""

from django.contrib.messages import get_messages

from assessment.models import Assessment
from assessment.models.person_months import person_months

DAYS = [2, 3, 4, 5, 6, 9, 10, 11]


def text(answer):
    return answer.content.decode()


def said(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


def mark_of(city, who, **changed):
    facts = Assessment.objects.facts(city.month)[who.pk]
    proposal = str(person_months(city.month)[who.pk].proposal)
    return {"quality": proposal, "reason": "", "stamp": facts.stamp, "version": 0} | changed
