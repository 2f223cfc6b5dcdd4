"""Finds what texts have in common, in plain data and pure functions; must not know the database."""
