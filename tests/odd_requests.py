"""Requests as no browser of ours sends them."""

from django.db import transaction

FORM = "application/x-www-form-urlencoded"
HUGE = "9" * 30
NUMBERS = ("version", "minutes", "item", "unit", "quality")


def post(data, content_type=FORM):
    return {"method": "POST", "data": data, "content_type": content_type}


def get(query, content_type=FORM):
    return {"method": "GET", "query": query, "content_type": content_type}


def each(names, value):
    return "&".join(f"{name}={value}" for name in names)


PART = b'--x\r\nContent-Disposition: form-data; name="q"\r\n\r\na\r\n--x--\r\n'
ODD = {
    "empty post": post(b""),
    "no type": post(b"a=b", ""),
    "json": post(b'{"reason": ["x", null]}', "application/json"),
    "broken json": post(b"{", "application/json"),
    "broken multipart": post(b"--x\r\nfoo", "multipart/form-data; boundary=x"),
    "no boundary": post(b"x", "multipart/form-data"),
    "utf-16": post("a=é".encode("utf-16"), f"{FORM}; charset=utf-16"),
    "unknown charset": post(b"a=b", f"{FORM}; charset=nonsense"),
    "multipart utf-16": post(PART, "multipart/form-data; boundary=x; charset=utf-16"),
    "NUL": post(each(("reason", "q", "description", "version", "act"), "a%00b").encode()),
    "invalid utf-8": post(b"reason=%ff%fe&q=\xff\xfe&version=%c3"),
    "huge numbers": post(each(NUMBERS, HUGE).encode()),
    "rows": post(f"rows={HUGE}:{HUGE}&row={HUGE}:a:{HUGE}".encode()),
    "months": post(f"months={HUGE}&months=a%00".encode()),
    "many fields": post(b"&".join(b"a=b" for _ in range(1100))),
    "large": post(b"reason=" + b"a" * 2_700_000),
    "NUL asked": get(each(("q", "month", "year", "date", "person", "week", "page"), "%00")),
    "huge asked": get(each(("year", "person", "page", "agency"), HUGE)),
    "words asked": get("year=x&person=x&page=-1&month=2026-99&week=2026-W99&agency=%ff&state=x"),
    "get with utf-16": get("q=%ff", f"{FORM}; charset=utf-16"),
    "head": {"method": "HEAD"},
    "options": {"method": "OPTIONS"},
    "put": {"method": "PUT", "data": b"a=b", "content_type": FORM},
    "delete": {"method": "DELETE"},
    "patch": {"method": "PATCH", "data": b"{}", "content_type": "application/json"},
    "trace": {"method": "TRACE"},
    "unknown method": {"method": "BREW"},
}


def ask(client, address, method, data=b"", content_type=FORM, query=""):
    path, _mark, own = address.partition("?")
    extra = {"QUERY_STRING": query or own}
    try:
        with transaction.atomic():
            answer = client.generic(method, path, data, content_type, **extra)
            raise Undo
    except Undo:
        return answer


class Undo(Exception):
    """Takes back what a request wrote."""
