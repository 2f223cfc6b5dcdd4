"""What pages of consultations are written with: amounts and shares; must not query anything."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from look.templatetags.look import progress

from .. import item_fields
from ..consultations import money, results
from ..models import Item, Option

register = template.Library()


@register.filter
def cost(option: Option) -> str:
    """Return what is known of an option's cost."""
    return money.cost(option)


@register.filter
def first_control(item: Item) -> str:
    """Return the id under which a question begins in the form, for a link that lands there."""
    return item_fields.first_control(item)


@register.simple_tag
def share_bar(part: int, whole: int) -> SafeString:
    """Draw how much of `whole` is `part`, with its number in words."""
    share = results.percent(part, whole)
    return progress(share, _("%(percent)s%%") % {"percent": share}, "brand")
