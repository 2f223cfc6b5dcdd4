"""Gives the demo town its accounts on the practice network and sends each notice there as it goes live."""

from accounts.models import Team, User
from social.connecting import connect
from social.delivery import deliver_one
from social.enums import Channel, Step
from social.stopping import proposals
from updates.models import Edition

# Handle on the practice network, and the teams that post there (None: every team).
HANDLES: dict[str, list[str] | None] = {
    "riverbank": None,
    "riverbank-roads": ["roads", "water", "waste"],
    "riverbank-events": ["events"],
}


def connect_accounts(teams: dict[str, Team], by: User, second: User) -> None:
    """Connect the town's accounts on the practice network, and let a second person confirm them."""
    for handle, keys in HANDLES.items():
        chosen = [teams[key] for key in keys] if keys else list(teams.values())
        made = connect(Channel.SANDBOX, base_url="", handle=handle, secret="", teams=chosen, by=by)
        proposals.agree(proposals.open_about(made)[Step.CONNECT], by=second)


def deliver(edition: Edition) -> None:
    """Send the edition's posts now, as the workers would have done at the time."""
    for pk in edition.deliveries.values_list("pk", flat=True):
        deliver_one(pk)
