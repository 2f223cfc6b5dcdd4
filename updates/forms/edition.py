"""The editor's form: everything an edition says; takes pictures in, so that a refusal never loses one."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from look.fields import DayField, MomentField
from places.models import Ward

from .. import difference, pictures, policy
from ..checks import texts as said
from ..enums import Severity, Urgency
from ..models import Edition, Picture
from . import area, details, rows, street_names, texts

# Beyond this a notice is a document; it is asked to be one (characters).
LONGEST_BODY = 20_000
WORDS = [
    "title",
    "summary",
    "body",
    "urgency",
    "severity",
    "banner_until_at",
    "is_borough_wide",
    "alt_text",
    "expires_at",
    "review_on",
]
# What only a later edition says of itself.
CHANGE_WORDS = ["change_note", "is_minor", "is_correction"]
_KEPT = signing.Signer(salt="updates.kept_picture")


class PictureField(forms.ImageField):
    """An upload that pictures.take_in alone judges: Django's own check would unpack it first."""

    def to_python(self, data: Any) -> Any:
        """Leave the upload as it came."""
        return forms.FileField.to_python(self, data)


class EditionForm(forms.Form):
    """The words, the places, the picture and the kind's own facts of one edition."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=90,
        help_text=gettext_lazy("What and where, in words people search for."),
        error_messages={"required": gettext_lazy("Give the notice a title.")},
        widget=forms.TextInput(attrs={"data-count": ""}),
    )
    summary = forms.CharField(
        label=gettext_lazy("Summary"),
        max_length=220,
        required=False,
        help_text=gettext_lazy("The answer first. It also stands on cards, in posts and in search results."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    body = forms.CharField(
        label=gettext_lazy("Full text"),
        max_length=LONGEST_BODY,
        required=False,
        help_text=gettext_lazy(
            "Leave an empty line between paragraphs. ## makes a heading, - a list, "
            "**two stars** bold, [words](https://address) a link."
        ),
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    is_borough_wide = forms.BooleanField(label=gettext_lazy("The whole borough"), required=False)
    wards = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Wards"),
        queryset=Ward.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    streets = forms.CharField(
        label=gettext_lazy("Streets"),
        max_length=street_names.LONGEST,
        required=False,
        help_text=gettext_lazy("One on each line, only if it concerns some streets and not the whole ward."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    picture = PictureField(
        label=gettext_lazy("Picture"),
        required=False,
        help_text=gettext_lazy("JPEG, PNG, WebP or GIF up to 12 MB. Where it was taken is removed from it."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )
    alt_text = forms.CharField(
        label=gettext_lazy("Description of the picture"),
        max_length=400,
        required=False,
        help_text=gettext_lazy("What somebody who cannot see it would miss."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    urgency = forms.TypedChoiceField(
        label=gettext_lazy("How urgent is it?"),
        choices=Urgency.choices,
        coerce=int,
        widget=forms.RadioSelect,
        initial=Urgency.NORMAL,
    )
    severity = forms.TypedChoiceField(
        label=gettext_lazy("How bad is it?"),
        choices=Severity.choices,
        coerce=int,
        required=False,
        empty_value=str(Severity.MODERATE.value),
        widget=forms.RadioSelect,
        initial=Severity.MODERATE,
        help_text=gettext_lazy(
            "For outages and emergencies: the banner and the alert feed put the worst first."
        ),
    )
    banner_until_at = MomentField(
        label=gettext_lazy("In the banner until"),
        required=False,
        help_text=gettext_lazy(
            "For emergencies: the banner on every page ends by itself. Left empty, it ends with the notice, "
            "or after a day."
        ),
    )
    review_on = DayField(
        label=gettext_lazy("Read it again on"),
        required=False,
        help_text=gettext_lazy("Whoever owns the notice is reminded that day to see whether it still holds."),
    )
    expires_at = MomentField(
        label=gettext_lazy("Ends"),
        required=False,
        help_text=gettext_lazy("From then on the notice is marked as ended. It stays readable."),
    )

    def __init__(self, *args: Any, edition: Edition, by: User, **kwargs: Any) -> None:
        """Add the fields of the notice's kind, and of a later edition."""
        kwargs.setdefault("initial", initial_of(edition))
        super().__init__(*args, **kwargs)
        self.edition, self.by, self.kind = edition, by, edition.notice.kind
        self.detail_names = list(details.fields_for(self.kind))
        self.fields.update(details.fields_for(self.kind))
        self.row_counts = rows.counts(edition, self.data if self.is_bound else None)
        self.fields.update(rows.fields_for(self.row_counts))
        self.fields.update(area.fields())
        if edition.number > 1:
            self.fields.update(_change_fields())
        wards = self.fields["wards"]
        assert isinstance(wards, forms.ModelMultipleChoiceField)
        wards.queryset = Ward.objects.all()
        texts.guard(self)
        self._picture = self._kept_picture()
        # What an uploaded picture told beside its pixels, in words.
        self.taken_out: list[str] = []
        self.initial["picture"] = self._picture.file if self._picture else None
        self.helper = self._helper()

    def clean_picture(self) -> Picture | None:
        """Take in what was uploaded, or go on with the picture there was; None when it is removed."""
        upload = self.cleaned_data["picture"]
        if upload is False:
            self._picture = None
        elif isinstance(upload, UploadedFile):
            try:
                self._picture = pictures.take_in(upload, upload.size or 0, self.by)
                self.taken_out = pictures.hidden_in(upload)
            except pictures.PictureRefused as refusal:
                raise forms.ValidationError(str(refusal), code="picture") from refusal
            self.initial["picture"] = self._picture.file
        return self._picture

    def clean(self) -> dict[str, Any]:
        """Check what contradicts itself across fields."""
        data = super().clean() or self.cleaned_data
        if data.get("is_correction") and data.get("is_minor"):
            sentence = _("A correction tells people, so it cannot be a minor change. Choose one of the two.")
            self.add_error("is_minor", sentence)
        for name, sentence in {
            **details.faults(self.kind, data),
            **rows.faults(self.row_counts, data),
        }.items():
            if name not in self.errors:
                self.add_error(name, sentence)
        self._read_area(data)
        self._read_streets(data)
        return data

    def _read_area(self, data: dict[str, Any]) -> None:
        """Turn what was drawn into an area; the wards it touches are then the wards of the notice."""
        self.area = self.edition.area
        try:
            self.area, touched = area.read(data)
        except forms.ValidationError as error:
            self.add_error(None, error)
        else:
            if self.area:
                data["wards"] = touched

    def _read_streets(self, data: dict[str, Any]) -> None:
        """Turn the names into streets; it needs the wards, so it comes after them."""
        wards = [] if data.get("is_borough_wide") or self.area else list(data.get("wards") or [])
        try:
            self.chosen_streets = street_names.read(data.get("streets", ""), wards)
        except forms.ValidationError as error:
            self.add_error("streets", error)
        else:
            if self.area:
                data["wards"] = list({*data["wards"], *(street.ward for street in self.chosen_streets)})

    @property
    def kept_token(self) -> str:
        """Return what a refused form carries so that an uploaded picture need not be chosen again."""
        return _KEPT.sign(str(self._picture.pk)) if self._picture else ""

    @property
    def words(self) -> dict[str, Any]:
        """Return the cleaned columns of the edition."""
        names = [*WORDS, *(CHANGE_WORDS if self.edition.number > 1 else [])]
        words = {name: self.cleaned_data[name] for name in names}
        return {**words, "picture": self.cleaned_data["picture"], "area": self.area}

    @property
    def area_map(self) -> SafeString:
        """Return the map on which the area's corners are clicked. Two queries."""
        return area.map_of(self.edition.area)

    @property
    def detail(self) -> dict[str, Any] | None:
        """Return the cleaned columns of the kind's detail; None for a general notice."""
        return {name: self.cleaned_data[name] for name in self.detail_names} or None

    @property
    def lists(self) -> dict[str, list[dict[str, Any]]]:
        """Return the cleaned lists by name; a list that was not in the form is not named."""
        return rows.read(self.row_counts, self.cleaned_data)

    @property
    def shown_lists(self) -> list[rows.ShownList]:
        """Return the lists as the template draws them."""
        return rows.shown_lists(self, self.row_counts)

    def ask_for_nothing(self) -> None:
        """Forget what is wrong with the words: only another row was asked for. A picture is taken in."""
        for name in [name for name in self.errors if name != "picture"]:
            del self.errors[name]

    def show_findings(self) -> None:
        """Put under each text what the checks find in it, as it is typed or, before that, as it is saved."""
        words = said.of_edition(self.edition)
        if self.is_bound:
            words = said.of_form(self.kind, self.data, has_picture=self._picture is not None)
        found = policy.findings_in(words)
        for name in [*words.texts, *words.urls]:
            if name in self.fields:
                self.fields[name].findings = [each for each in found if each.where == name]  # type: ignore[attr-defined]

    def against(self, current: Edition) -> list[difference.Change]:
        """Return what differs between `current` and what was typed, as (label, theirs, mine)."""
        theirs = initial_of(current)
        return [
            difference.Change(str(self.fields[name].label), _told(saved), _told(typed), False)
            for name, typed in self.cleaned_data.items()
            if _told(saved := theirs.get(name)) != _told(typed)
        ]

    def _kept_picture(self) -> Picture | None:
        token = self.data.get("kept_picture", "") if self.is_bound else ""
        if not token:
            return self.edition.picture
        try:
            return Picture.objects.filter(pk=_KEPT.unsign(token)).first()
        except signing.BadSignature:
            return self.edition.picture

    def _helper(self) -> FormHelper:
        helper = FormHelper()
        changed = [Fieldset(_("What changed"), *CHANGE_WORDS)] if self.edition.number > 1 else []
        own = [Fieldset(self.edition.notice.get_kind_display().capitalize(), *self.detail_names)]
        helper.layout = Layout(
            *changed,
            Fieldset(_("The words"), "title", "summary"),
            *(own if self.detail_names else []),
            *([HTML('{% include "desk/parts/rows.html" %}')] if self.row_counts else []),
            Fieldset(
                _("Where"), "is_borough_wide", Div("wards", css_class="cp-wards"), "streets", area.layout()
            ),
            Fieldset(_("More"), "body"),
            Fieldset(_("Picture"), "picture", "alt_text"),
            Fieldset(_("How loud"), "urgency", "severity", "banner_until_at"),
            Fieldset(_("How long"), "expires_at", "review_on"),
        )
        return helper


def initial_of(edition: Edition) -> dict[str, Any]:
    """Return what the form shows for the edition as it stands."""
    words = {name: getattr(edition, name) for name in [*WORDS, *CHANGE_WORDS, "picture"]}
    places = {
        "wards": list(edition.wards.all()),
        "streets": street_names.written(list(edition.streets.all())),
    }
    return {
        **words,
        **places,
        **area.initial_of(edition),
        **details.initial_of(edition),
        **rows.initial_of(edition),
    }


def _change_fields() -> dict[str, forms.Field]:
    return {
        "change_note": forms.CharField(
            label=_("What changed?"),
            max_length=300,
            required=False,
            help_text=_(
                "Residents read this sentence in the timeline, and followers in the next post. "
                "Only a minor change may go without."
            ),
            widget=forms.Textarea(attrs={"rows": 2}),
        ),
        "is_minor": forms.BooleanField(
            label=_("A minor change"),
            required=False,
            help_text=_("A slip of the pen: the page changes, nothing is posted and nobody is told."),
        ),
        "is_correction": forms.BooleanField(
            label=_("A correction"),
            required=False,
            help_text=_(
                "What stood here was wrong. The old words stay readable, struck through, and whoever was "
                "told them is told the right ones."
            ),
        ),
    }


def _told(value: Any) -> str:
    """Return a form's value in words, the same for what was stored and what was typed."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if hasattr(value, "__iter__"):
        return ", ".join(str(part) for part in value)
    return difference.in_words(value)
