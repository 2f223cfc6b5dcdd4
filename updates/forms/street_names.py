"""Streets as an officer types them, one on each line; every name must be one the borough has."""

from difflib import get_close_matches

from django import forms
from django.utils.translation import gettext as _

from places.models import Street, Ward

LONGEST = 5000
# Looking for the nearest name takes a while; whoever pasted an article need not wait for each of its lines.
MOST_TOLD = 8
# How alike a name must be to be meant: below this, “Street” alone makes “Oxford Street” like “Flour Street”.
ALIKE = 0.8


def written(streets: list[Street]) -> str:
    """Return `streets` as the field shows them, each name once."""
    return "\n".join(dict.fromkeys(street.name for street in streets))


def read(text: str, wards: list[Ward]) -> list[Street]:
    """Return the streets that `text` names in `wards` (all wards when none is chosen).

    Raises ValidationError for a name the borough does not have, with the nearest it has, and for a
    street that lies outside the chosen wards, with the ward to choose.
    """
    names = [line.strip() for line in text.splitlines() if line.strip()]
    known: dict[str, list[Street]] = {}
    for street in Street.objects.select_related("ward"):
        known.setdefault(street.name.casefold(), []).append(street)
    found: list[Street] = []
    problems: list[str] = []
    for name in dict.fromkeys(names):
        namesakes = known.get(name.casefold(), [])
        chosen = [street for street in namesakes if not wards or street.ward in wards]
        found += chosen
        if not chosen:
            problems.append(_why_not(name, namesakes, known))
        if len(problems) == MOST_TOLD:
            problems.append(_("There may be more. Put these right first."))
            break
    if problems:
        raise forms.ValidationError(problems)
    return found


def _why_not(name: str, namesakes: list[Street], known: dict[str, list[Street]]) -> str:
    if namesakes:
        values = {"street": namesakes[0].name, "ward": namesakes[0].ward.name}
        return _("%(street)s is in %(ward)s. Choose that ward as well.") % values
    near = _nearest(name, known)
    if near:
        values = {"name": name, "near": near}
        return _("We know no street called “%(name)s”. Did you mean %(near)s?") % values
    return _("We know no street called “%(name)s”.") % {"name": name}


def _nearest(name: str, known: dict[str, list[Street]]) -> str:
    near = get_close_matches(name.casefold(), known, n=1, cutoff=ALIKE)
    return known[near[0]][0].name if near else ""
