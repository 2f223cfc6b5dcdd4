"""Publishes one outage in a running portal's database, as its web process would, then ends.

Called with "found" it first founds a small council with an account on the practice network.
"""

import sys

import django


def main(step: str, title: str) -> None:
    """Found if asked to, then publish an outage called `title` urgently."""
    django.setup()
    import council_portal.celery  # noqa: F401  # so that rows are handed to the portal's broker
    from accounts.models import Membership
    from tests import factories
    from tests.social.connected import connect
    from updates.transitions import Action
    from updates.workflow import perform

    if step == "found":
        cast = factories.Cast.make()
        connect("sandbox", base_url="", handle="riverbank", secret="", teams=[cast.team], by=cast.lead)
    row = Membership.objects.get(may_publish_urgently=True)
    cast = factories.Cast.__new__(factories.Cast)
    cast.team, cast.author = row.team, row.user
    perform(Action.PUBLISH_URGENTLY, factories.draft(cast, title=title), by=cast.author)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
