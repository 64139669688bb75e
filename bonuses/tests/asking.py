"""Ask a page of bonuses as somebody, and read its text on one line."""

from django.urls import reverse


def get(client, who, name, *args, **query):
    client.force_login(who)
    return client.get(reverse(f"bonuses:{name}", args=args), query)


def post(client, who, name, *args, **data):
    client.force_login(who)
    return client.post(reverse(f"bonuses:{name}", args=args), data)


def text(answer):
    return " ".join(answer.content.decode().split())
