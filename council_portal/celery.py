"""The Celery application and its beat; carries ids only, the work itself is in the apps' tasks."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "council_portal.settings.dev")

app = Celery("council_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    # What is due is in the database: these only look.
    "publish and expire": {"task": "updates.tasks.run_due", "schedule": 60.0},
    "ask links": {"task": "updates.tasks.ask_links", "schedule": 60.0},
    "renew links": {"task": "updates.tasks.renew_links", "schedule": crontab(hour=3, minute=10)},
    "forget": {"task": "updates.tasks.forget", "schedule": crontab(hour=3, minute=20)},
    "sweep reminders": {"task": "updates.tasks.sweep_reminders", "schedule": 30.0},
    "sweep deliveries": {"task": "social.tasks.sweep", "schedule": 10.0},
    "sweep replies": {"task": "social.tasks.sweep_replies", "schedule": 15.0},
    "sweep letters to residents": {"task": "feedback.tasks.sweep_letters", "schedule": 30.0},
    "sweep bulk decisions": {"task": "feedback.tasks.sweep_bulk", "schedule": 60.0},
    "close consultations": {"task": "feedback.tasks.close_consultations", "schedule": 60.0},
    "mark consultations": {"task": "feedback.tasks.mark_consultations", "schedule": 60.0},
    "tell outcomes": {"task": "feedback.tasks.tell_outcomes", "schedule": 60.0},
    "fold counts of voices": {"task": "feedback.tasks.fold_counts", "schedule": 300.0},
    "read new words": {"task": "feedback.tasks.read_new_words", "schedule": 30.0},
    "sum up": {"task": "feedback.tasks.sum_up", "schedule": crontab(minute="*/10")},
    "learn themes": {"task": "feedback.tasks.learn_themes", "schedule": crontab(hour=4, minute=10)},
    "write weekly digests": {
        "task": "feedback.tasks.write_digests",
        "schedule": crontab(hour=6, minute=40, day_of_week="mon"),
    },
    "nag about what is owed": {"task": "feedback.tasks.nag", "schedule": crontab(hour=7, minute=5)},
    "sweep mails": {"task": "subscriptions.tasks.sweep", "schedule": 10.0},
    # Looks at the council's clock itself: a portal that was off at seven makes the digests when it is back.
    "make digests": {"task": "subscriptions.tasks.make_digests", "schedule": crontab(minute="*/5")},
    "write the public log": {"task": "social.tasks.write_log", "schedule": 10.0},
    "watch accounts": {"task": "social.tasks.watch", "schedule": 10.0},
    "watch the watch": {"task": "social.tasks.watch_the_watch", "schedule": 60.0},
    "hand out alarms": {"task": "social.tasks.hand_out_alarms", "schedule": 15.0},
    "check accounts": {"task": "social.tasks.check_accounts", "schedule": 3600.0},
}
