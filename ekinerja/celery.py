import os
import sys

from celery import Celery
from celery.signals import worker_init, worker_process_init
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ekinerja.settings")

LATER_THAN_PAGES = 10  # of 19

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


@worker_process_init.connect
def give_way_to_pages(**facts):
    """Where both want the processor, people come before lists: nobody looks at a job while it runs."""
    os.nice(LATER_THAN_PAGES)
