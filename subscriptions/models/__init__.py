"""Subscribers and what they follow; what they asked for and have not confirmed; mailings and their copies."""

from .choice import Choice
from .mailing import Batch, Copy, Mailing
from .subscriber import Subscriber, SubscriberQuerySet, Subscription
from .wish import Wish

__all__ = [
    "Batch",
    "Choice",
    "Copy",
    "Mailing",
    "Subscriber",
    "SubscriberQuerySet",
    "Subscription",
    "Wish",
]
