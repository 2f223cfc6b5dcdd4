"""The social room's commands."""
