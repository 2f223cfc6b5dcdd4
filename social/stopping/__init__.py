"""Stopping accounts and the grave steps with them that need two people."""
