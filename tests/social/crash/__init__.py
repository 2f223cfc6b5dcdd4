"""The parts of the crash run: settings, the Celery application and the process that publishes."""
