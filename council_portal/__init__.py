"""Wiring only: settings, URLs, Celery and the programs that start it all; nobody imports this package."""

# Every process must have this application current, or its tasks would look for another broker.
from .celery import app as celery_app

__all__ = ["celery_app"]
