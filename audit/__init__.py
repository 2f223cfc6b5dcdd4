"""Append-only, hash-chained record of every decision; knows nobody."""
