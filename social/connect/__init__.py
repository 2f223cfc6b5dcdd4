"""Connecting accounts: signing in on the platform, the second person, and how long access lasts."""
