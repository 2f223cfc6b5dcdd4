"""What pages of consultations are written with: amounts and shares; must not query anything."""

from decimal import Decimal

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from look.templatetags.look import progress

from ..consultations import money, results

register = template.Library()


@register.filter
def pounds(amount: Decimal) -> str:
    """Return an amount as people read it."""
    return money.pounds(amount)


@register.simple_tag
def share_bar(part: int, whole: int) -> SafeString:
    """Draw how much of `whole` is `part`, with its number in words."""
    share = results.percent(part, whole)
    return progress(share, _("%(percent)s%%") % {"percent": share}, "brand")
