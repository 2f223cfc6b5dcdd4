"""Publishes notices through the workflow, as the portal's web process would, then ends."""

import sys

import django


def main(team_slug: str, count: int) -> None:
    """Take `count` notices of a team from draft to live; their rows go to the workers on commit."""
    django.setup()
    # So that rows are handed to the same broker as in the portal.
    import tests.social.crash.app  # noqa: F401
    from accounts.enums import Role
    from accounts.models import Membership, Team
    from tests import factories

    team = Team.objects.get(slug=team_slug)
    people = {row.role: row.user for row in Membership.objects.filter(team=team)}
    cast = factories.Cast.__new__(factories.Cast)
    cast.team, cast.author, cast.approver = team, people[Role.AUTHOR], people[Role.APPROVER]
    for number in range(count):
        factories.published(
            cast, "general", title=f"Crash run, notice {number}", summary="It must arrive once."
        )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
