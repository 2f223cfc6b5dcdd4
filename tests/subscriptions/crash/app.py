"""The real Celery application with a beat that sweeps every second."""

from council_portal.celery import app

app.conf.beat_schedule = {"sweep": {"task": "subscriptions.tasks.sweep", "schedule": 1.0}}
