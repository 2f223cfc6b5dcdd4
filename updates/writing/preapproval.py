"""Whether an edition is nothing but an approved template, filled: then its words were approved beforehand."""

from django.utils.translation import gettext as _

from ..content import content_hash
from ..models import Edition, Filling
from .templates import is_approved, template_hash


def filling_of(edition: Edition) -> Filling | None:
    """Return how `edition` was filled from a template, or None. One query."""
    return Filling.objects.select_related("template__team").filter(edition=edition).first()


def is_filled(edition: Edition) -> bool:
    """Return whether `edition` was started by filling a template, whatever became of both. One query."""
    return Filling.objects.filter(edition=edition).exists()


def why_not(edition: Edition) -> str:
    """Return why `edition` may not pass for an approved template, filled; an empty text when it may.

    Compares the content as it stands: the template's with what was approved, the edition's with what the
    filling made.
    """
    filling = filling_of(edition)
    if filling is None:
        return _("Your roles do not allow this for this team and kind of notice.")
    if not is_approved(filling.template):
        return _("The template behind this is not approved any more, so somebody has to approve the notice.")
    if template_hash(filling.template) != filling.template_hash:
        return _("The template behind this has changed since, so somebody has to approve the notice.")
    if content_hash(edition) != filling.filled_hash:
        return _("This is no longer exactly the approved template, so somebody has to approve it.")
    return ""
