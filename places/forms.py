"""The administrators' form for one ward; must not save anything."""

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User

from .models import Ward


class WardForm(forms.ModelForm):
    """A ward's name, code and size, and the councillors who sit for it."""

    councillors = forms.ModelMultipleChoiceField(
        label=_("Councillors"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("People with the role of councillor. Their summary opens on their wards."),
    )

    class Meta:
        model = Ward
        fields = ["name", "code", "population"]
        help_texts = {"code": _("The code your statistics use, for example E05012345.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer everybody who is a councillor now, and those who sit for the ward."""
        super().__init__(*args, **kwargs)
        field = self.fields["councillors"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = User.objects.active().filter(memberships__role=Role.COUNCILLOR).distinct()
        if self.instance.pk:
            field.initial = list(self.instance.councillors.all())

    def clean_name(self) -> str:
        """Give a new ward its address; refuse a name that reads like another's."""
        name: str = self.cleaned_data["name"]
        slug = self.instance.slug or slugify(name)[:80]
        if not slug:
            raise forms.ValidationError(_("Use at least one letter."))
        if Ward.objects.exclude(pk=self.instance.pk).filter(slug=slug).exists():
            raise forms.ValidationError(_("There is a ward with a name like this already."))
        self.instance.slug = slug
        return name
