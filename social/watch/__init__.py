"""Compares what accounts show with what we posted there, and opens incidents; sends nothing."""
