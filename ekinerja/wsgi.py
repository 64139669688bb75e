import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ekinerja.settings")
application = get_wsgi_application()

from ekinerja.checks import refuse_demo_city  # noqa: E402 (its models are there once Django stands)

refuse_demo_city()
