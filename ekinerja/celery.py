import os
import sys

from celery import Celery
from celery.signals import worker_init
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ekinerja.settings")

app = Celery("ekinerja")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def refuse_demo_city(**facts):
    """End a worker that would compute on the demo city in production; Celery stops for no other error."""
    from ekinerja import checks  # its models are there once Django stands

    try:
        checks.refuse_demo_city()
    except ImproperlyConfigured as refused:
        sys.exit(str(refused))
