"""Starts the parts of the first look and keeps them running; production uses systemd instead."""
