"""The one list of platforms we can post to; a new one is one module and one line here."""

from social.enums import Channel
from social.publishers.base import Publisher
from social.publishers.bluesky import Bluesky
from social.publishers.facebook import Facebook
from social.publishers.mastodon import Mastodon
from social.publishers.sandbox import Sandbox
from social.publishers.webhook import Webhook
from social.publishers.x import X

PUBLISHERS: dict[Channel, Publisher] = {
    Channel.SANDBOX: Sandbox(),
    Channel.BLUESKY: Bluesky(),
    Channel.MASTODON: Mastodon(),
    Channel.FACEBOOK: Facebook(),
    Channel.X: X(),
    Channel.WEBHOOK: Webhook(),
}


def publisher_for(channel: str) -> Publisher:
    """Return the publisher of a channel; raises KeyError for a channel without one."""
    return PUBLISHERS[Channel(channel)]
