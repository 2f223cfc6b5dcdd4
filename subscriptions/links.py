"""The signed links in our mails: whoever has one may do what it says; must not change anything itself."""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from .models import Subscriber, Wish

_MANAGE, _LEAVE, _CONFIRM, _BOUNCE = (
    f"subscriptions.{use}" for use in ("manage", "leave", "confirm", "bounce")
)
# How long a confirmation link is good (days); unconfirmed wishes are removed after the same time.
CONFIRM_DAYS = settings.SUBSCRIPTIONS_CONFIRM_DAYS


def manage_path(subscriber: Subscriber) -> str:
    """Return the address of a subscriber's own page."""
    return reverse("subscriptions:manage", args=[signing.Signer(salt=_MANAGE).sign(subscriber.key)])


def manage_url(subscriber: Subscriber) -> str:
    """Return the absolute address of a subscriber's own page."""
    return f"{settings.PORTAL_URL}{manage_path(subscriber)}"


def leave_url(subscriber: Subscriber, subscription_ids: list[int]) -> str:
    """Return the absolute address that ends these subscriptions, or all when none is named.

    It stands in the header for one-click leaving (RFC 8058) and is good as long as the subscriber is known.
    """
    token = signing.Signer(salt=_LEAVE).sign_object([subscriber.key, sorted(subscription_ids)])
    return f"{settings.PORTAL_URL}{reverse('subscriptions:leave', args=[token])}"


def confirm_url(wish: Wish) -> str:
    """Return the absolute address at which everything asked for at the wish's address can be confirmed."""
    token = signing.dumps(wish.pk, salt=_CONFIRM)
    return f"{settings.PORTAL_URL}{reverse('subscriptions:confirm', args=[token])}"


def managed(token: str) -> Subscriber | None:
    """Return whose page `token` opens, or None for one that is not ours or whose subscriber is forgotten."""
    try:
        key = signing.Signer(salt=_MANAGE).unsign(token)
    except signing.BadSignature:
        return None
    return Subscriber.objects.filter(key=key).first()


def leaving(token: str) -> tuple[Subscriber | None, list[int]] | None:
    """Return who leaves (None: somebody we have forgotten) and which subscriptions (none: all).

    None for a token that is not ours.
    """
    try:
        key, subscription_ids = signing.Signer(salt=_LEAVE).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Subscriber.objects.filter(key=key).first(), [int(pk) for pk in subscription_ids]


def confirming(token: str) -> Wish | None:
    """Return the wish whose mail carried `token`, or None when it is older than a week or not ours."""
    try:
        pk = signing.loads(token, salt=_CONFIRM, max_age=CONFIRM_DAYS * 86400)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Wish.objects.filter(pk=pk).first()


def bounce_address(subscriber: Subscriber) -> str:
    """Return the envelope's sender, from which a returned mail tells whose it was; "" when not set up."""
    local, _at, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    return f"{local}+{subscriber.pk}-{_mark(subscriber.pk)}@{domain}" if domain else ""


def bounced(address: str) -> Subscriber | None:
    """Return whose mail came back to `address`, or None when it is no such address of ours."""
    tag = address.rpartition("@")[0].rpartition("+")[2].lower()
    number, _dash, mark = tag.partition("-")
    # More figures than any key has.
    if not (number.isascii() and number.isdigit() and len(number) < 19):  # noqa: PLR2004
        return None
    if not constant_time_compare(mark, _mark(int(number))):
        return None
    return Subscriber.objects.filter(pk=int(number)).first()


def _mark(pk: int) -> str:
    # Small letters and figures only: mail servers may change the case.
    return salted_hmac(_BOUNCE, str(pk), algorithm="sha256").hexdigest()[:16]
