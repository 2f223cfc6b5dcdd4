"""One measure of the record month by month as a drawing; the same figures stand in the table below."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from look import chart
from look.chart import Bar

from .measures import SHARE, Told


def bars(told: Told) -> SafeString:
    """Return a bar for each month; a month with too few cases has a dash."""
    shown = [Bar(month.short_name, said.value) for month, said in told.months]
    return chart.bars(shown, _label(told), chart.SMALL, most=100 if told.measure.sort == SHARE else 0)


def _label(told: Told) -> str:
    known = [f"{month.name}: {said.words}" for month, said in told.months if said.value is not None]
    figures = "; ".join(known) or _("No figures yet.")
    return _("%(name)s, month by month. %(figures)s") % {"name": told.measure.name, "figures": figures}
