"""Figures of the record in words; must not query."""

from datetime import timedelta

from django import template

from updates.record import words

register = template.Library()


@register.filter
def took(span: timedelta | None) -> str:
    """Return a length of time in words; nothing for None."""
    return "" if span is None else words.took(span)


@register.filter
def cases(number: int) -> str:
    """Return how many cases stand behind a figure."""
    return words.cases(number)
