"""Accounts on social platforms and what was sent to them."""
