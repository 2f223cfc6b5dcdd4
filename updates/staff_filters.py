"""The filters of the staff's list of notices; must not know who is asking."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.enums import Kind
from accounts.models import Team

from .enums import Status
from .models import Notice

LONGEST_SEARCH = 100
KINDS = [(kind.value, capfirst(kind.label)) for kind in Kind]
_ORDERS = {
    "newest": ["-current_saved_at", "-pk"],
    "oldest": ["current_saved_at", "pk"],
    "title": ["current_title", "pk"],
}


class NoticeFilter(django_filters.FilterSet):
    """Kind, team, status of the newest edition, words, and the order."""

    q = django_filters.CharFilter(
        label=_("Words or reference"), method="with_words", max_length=LONGEST_SEARCH
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=KINDS, empty_label=_("All"))
    team = django_filters.ModelChoiceFilter(
        label=_("Team"), queryset=Team.objects.all(), to_field_name="slug", empty_label=_("All")
    )
    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=Status.choices, field_name="current_status", empty_label=_("All")
    )
    order = django_filters.ChoiceFilter(
        label=_("Order"),
        choices=[("newest", _("Newest first")), ("oldest", _("Oldest first")), ("title", _("Title"))],
        method="in_order",
        empty_label=None,
        null_label=None,
    )

    class Meta:
        model = Notice
        fields: list[str] = []

    @property
    def qs(self) -> QuerySet[Notice]:
        """Return the notices found; with a filter that makes no sense, none, and the form says why."""
        found: QuerySet[Notice] = super().qs if self.form.is_valid() else self.queryset.none()
        return found if self.form.cleaned_data.get("order") else found.order_by(*_ORDERS["newest"])

    def with_words(self, found: QuerySet[Notice], _name: str, words: str) -> QuerySet[Notice]:
        """Keep the notices whose reference, title or summary holds the words."""
        return found.filter(
            Q(reference__iexact=words)
            | Q(current_title__icontains=words)
            | Q(current_summary__icontains=words)
        )

    def in_order(self, found: QuerySet[Notice], _name: str, order: str) -> QuerySet[Notice]:
        """Sort the notices found."""
        return found.order_by(*_ORDERS[order])
