"""The product's addresses and one more: the bare page that every page is measured against."""

from django.urls import path

from ekinerja.urls import handler400, handler500, urlpatterns  # noqa: F401 (Django reads them here)
from tests.bench.floors import bare_page

urlpatterns = [path("bench/bare/", bare_page), *urlpatterns]
