"""The parts of the crash run: the Celery application whose workers are killed."""
