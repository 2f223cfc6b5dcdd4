"""Publishes notices through the workflow, as the portal's web process would, then ends."""

import sys

import django


def main(team_slug: str, count: int) -> None:
    """Publish `count` outages of a team urgently; their rows go to the workers on commit."""
    django.setup()
    # So that rows are handed to the same broker as in the portal.
    import tests.social.crash.app  # noqa: F401
    from accounts.enums import Kind
    from accounts.models import Membership
    from tests import factories
    from updates.transitions import Action
    from updates.workflow import perform

    row = Membership.objects.get(team__slug=team_slug, may_publish_urgently=True)
    cast = factories.Cast.__new__(factories.Cast)
    cast.team, cast.author = row.team, row.user
    for number in range(count):
        words = {"title": f"Crash run, notice {number:04d}", "summary": "It must arrive once."}
        perform(Action.PUBLISH_URGENTLY, factories.draft(cast, Kind.OUTAGE, **words), by=cast.author)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
