"""How many statements a page asks of the database, told in a header of its answer."""

from django.db import connection

HEADER = "X-Bench-Queries"


class Counter:
    def __init__(self):
        self.statements = 0

    def __call__(self, execute, sql, params, many, context):
        self.statements += 1
        return execute(sql, params, many, context)


def counted(get_response):
    def middleware(request):
        counter = Counter()
        with connection.execute_wrapper(counter):
            response = get_response(request)
        response[HEADER] = str(counter.statements)
        return response

    return middleware
