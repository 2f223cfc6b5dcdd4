"""What social adds to an edition: its posts are approved, checked and carried over with it."""

from updates.enums import Status
from updates.finding import BLOCK, Finding
from updates.models import Edition

from .models import Wording
from .planning import PlannedPost, planned_posts


class ChannelPart:
    """The posts of an edition, as the core sees them (updates.parts.EditionPart)."""

    name = "social"

    def digest(self, edition: Edition) -> object:
        """Return the exact post of every account, so that approval covers these bytes."""
        return [_covered(planned) for planned in planned_posts(edition)]

    def findings(self, edition: Edition) -> list[Finding]:
        """Return what a platform would refuse: nothing is cut silently, nothing fails after publishing.

        Money that ran out after the approval stops no notice: the post alone is held when it is to leave.
        """
        is_agreed = edition.status in (Status.APPROVED, Status.SCHEDULED)
        return [
            Finding("social_post", BLOCK, f"{planned.account}: {problem}", f"account-{planned.account.pk}")
            for planned in planned_posts(edition)
            for problem in planned.problems
            if not (is_agreed and problem in planned.over_cap)
        ]

    def copy(self, old: Edition, new: Edition) -> None:
        """Carry over which accounts are left out; staff's words spoke of the old edition and stay there.

        So does the choice of several posts: it was made for those words.
        """
        left_out = old.wordings.filter(is_included=False)
        Wording.objects.bulk_create(
            Wording(edition=new, account_id=wording.account_id, is_included=False) for wording in left_out
        )


def _covered(planned: PlannedPost) -> dict[str, object]:
    account = planned.account
    return {
        "channel": account.channel,
        "account": account.remote_account_id,
        "handle": account.handle,
        "posts": [post.to_json() for post in planned.posts],
    }
