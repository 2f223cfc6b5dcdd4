"""What the roadmap's templates say of days; must not query."""

from datetime import date

from django import template

from look import times

register = template.Library()


@register.filter
def month_of(day: date) -> str:
    """Return the month of a planned day: a plan is not known to the day ("May 2027")."""
    return times.date_format(day, "F Y")
