"""Celery's thin door to what is due; the work is in due.py."""

from celery import shared_task

from .due import run_due as run


@shared_task
def run_due() -> None:
    """Publish, end and remind whatever the clock says; safe to run twice at once."""
    run()
