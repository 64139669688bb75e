"""Who is named as the reviewer of a post's work, and whose line an assessor stays out of.

Who may act is `Acting.objects.acting_for`. Source: domain.md, sections 1 and 2.
"""

from organization.models import Acting, Post, Posting


def reviewer(post, *, owner, on):
    """The first of the order, who is named on screens and in notices; None where it is the assessors'."""
    if post is None:
        return None
    first = Acting.objects.acting_for(post, owner=owner, day=on).select_related("person").first()
    return first and first.person


def own_line(person, *, on):
    """The people, as a query of ids, on the posts above and below the one `person` holds on the day `on`.

    An assessor decides, verifies and marks nothing of theirs. Source: domain.md, section 1.
    """
    posting = person.posting_on(on)
    if posting is None:
        return Posting.objects.none().values_list("person", flat=True)
    line = Posting.objects.on(on).filter(post__in=Post.objects.in_line_with(posting.post, on=on))
    return line.order_by().values_list("person", flat=True)
