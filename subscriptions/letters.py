"""Writes and sends the one mail that answers a wish: is it meant, or the link asked for."""

from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from outbox import decisions, engine, mails
from outbox.enums import WAITING
from outbox.receipt import Receipt
from outbox.smtp import Mail, MailServer

from . import joining, links, reasons
from .enums import Purpose
from .models import Subscriber, Wish


def answer_one(pk: int) -> None:
    """Send a wish's mail if its address may have one now; else the wish waits for the mail that was sent."""
    wish = Wish.objects.filter(pk=pk, status__in=WAITING).first()
    if wish is None:
        return
    if wish.purpose == Purpose.LINK and _subscriber(wish) is None:
        # Nobody we know: nothing is sent and nothing is kept.
        wish.delete()
    elif wish.confirmed_at:
        decisions.give_up(wish, _("It was confirmed before its mail had left."))
    elif not joining.may_be_mailed(wish, timezone.now()):
        decisions.give_up(wish, _("This address had its mail within the hour."))
        joining.forget_repeats(wish)
    else:
        _send(wish.pk)


def settle_one(pk: int) -> None:
    """Send a mail again whose fate nobody knows."""
    mails.settle_one(Wish.objects.all(), pk)


def _send(pk: int) -> None:
    try:
        with transaction.atomic():
            wish = engine.claim(Wish.objects.all(), pk)
    except IntegrityError:
        # Another worker is writing to this address; the sweep comes back to this wish.
        return
    if wish is not None:
        engine.deliver(wish, lambda: _hand_over(wish))


def _hand_over(wish: Wish) -> Receipt:
    with MailServer() as server:
        return server.send(compose(wish))


def compose(wish: Wish) -> Mail:
    """Return the mail that answers a wish."""
    return _link_mail(wish) if wish.purpose == Purpose.LINK else _question_mail(wish)


def _question_mail(wish: Wish) -> Mail:
    asked = joining.waiting(wish.address) or [wish]
    context = {
        "wishes": [(each, reasons.details(each)) for each in asked],
        "url": links.confirm_url(wish),
        "days": links.CONFIRM_DAYS,
    }
    return _mail(wish, _("Please confirm: notices by e-mail"), "confirm", context)


def _link_mail(wish: Wish) -> Mail:
    subscriber = _subscriber(wish)
    assert subscriber is not None  # looked up before it was claimed
    context = {"url": links.manage_url(subscriber)}
    return _mail(wish, _("Your link to your notices by e-mail"), "manage_link", context)


def _mail(wish: Wish, subject: str, template: str, context: dict[str, Any]) -> Mail:
    words = {**context, "subject": subject, "council": settings.COUNCIL, "portal_url": settings.PORTAL_URL}
    return Mail(
        to=wish.address,
        subject=subject,
        text=render_to_string(f"emails/{template}.txt", words),
        html=render_to_string(f"emails/{template}.html", words),
        key=wish.key,
        reply_to=settings.COUNCIL.contact_email,
    )


def _subscriber(wish: Wish) -> Subscriber | None:
    return Subscriber.objects.filter(address=wish.address).first()
