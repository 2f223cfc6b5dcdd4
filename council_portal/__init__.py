"""Wiring only: settings, URLs, Celery and the programs that start it all; nobody imports this package."""
