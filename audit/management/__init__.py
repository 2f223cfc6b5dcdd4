"""The trail's commands."""
