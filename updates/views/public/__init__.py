"""Residents' pages: each a pure function of the database and its own address."""
