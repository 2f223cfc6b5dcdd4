"""Reproducible measurements: one module each, whose main() prints a table; the portal imports none."""
