import pytest
from django.db import connection

from organization.models import acting_sql

pytestmark = pytest.mark.django_db


def plain(text):
    return " ".join(text.split())


@pytest.mark.parametrize("name", acting_sql.FUNCTIONS)
def test_the_functions_of_the_database_are_those_of_acting_sql(name):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_function_arguments(oid), pg_get_function_result(oid), provolatile, prosrc "
            "FROM pg_proc WHERE proname = %s",
            [name],
        )
        found = cursor.fetchall()

    arguments, result, _body = acting_sql.FUNCTIONS[name]
    assert [(*kinds, plain(source)) for *kinds, source in found] == [
        (arguments, result, "s", plain(acting_sql.body(name)))
    ]
