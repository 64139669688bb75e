"""Who acts for a post on a day, for work of a given owner.

Source: domain.md, section 2. Today the holder is the one capacity; the delegate, the Plh and the Plt
enter CAPACITIES in that order around him, and nothing else here changes.
"""

from organization.models import Post, Posting

HOLDER, ASSESSORS = "holder", "assessors"


def _holders(post, on):
    return Posting.objects.on(on).filter(post=post).select_related("person").order_by("starts_on", "pk")


CAPACITIES = [(HOLDER, _holders)]


def acting(post, *, owner, on):
    """Everyone who may act for `post` on the day `on` towards `owner`, first of the order first.

    Returns (people, capacity). Passed over are the owner, anybody in whose superior line the owner
    stands, and people not active. Where nobody is left, the same is asked of the post's own superior
    post; at the top it is the assessors' ([], "assessors").
    """
    own_posts = set(owner.postings.on(on).values_list("post", flat=True))
    while post is not None:
        for capacity, holders in CAPACITIES:
            people = [
                posting.person
                for posting in holders(post, on)
                if posting.person != owner
                and (posting.person.deactivated_on is None or posting.person.deactivated_on > on)
                and not own_posts & {above.pk for above in post.superior_line()}
            ]
            if people:
                return people, capacity
        post = post.superior
    return [], ASSESSORS


def reviewer(post, *, owner, on):
    """The first of the order, who is named on screens and in notices; None where it is the assessors'."""
    people, _capacity = acting(post, owner=owner, on=on)
    return people[0] if people else None


def may_act(person, post, *, owner, on):
    """Whether `person` may act for `post` on the day `on` towards the work of `owner`."""
    return person in acting(post, owner=owner, on=on)[0]


def own_line(person, *, on):
    """The people, as a query of ids, on the posts above and below the one `person` holds on the day `on`.

    An assessor decides, verifies and marks nothing of theirs. Source: domain.md, section 1.
    """
    posting = person.posting_on(on)
    if posting is None:
        return Posting.objects.none().values_list("person", flat=True)
    line = Posting.objects.on(on).filter(post__in=Post.objects.in_line_with(posting.post))
    return line.order_by().values_list("person", flat=True)
