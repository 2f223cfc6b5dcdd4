"""Reads what residents said for those they elected: in numbers, themes and sentences; changes nothing."""
