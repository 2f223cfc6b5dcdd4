"""Pages that show every part of the look, for the tests alone: dull data, the real templates."""

import datetime as dt

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.utils.safestring import mark_safe

from look.fields import DayField, MomentField

NOW = dt.datetime(2026, 11, 22, 11, 20, tzinfo=dt.UTC)

MAP = mark_safe(
    '<svg viewBox="0 0 300 200" role="img" aria-label="Map: Millgate and Quayside, south of the river">'
    '<path class="cp-map__ward" d="M20 20 130 28 170 68 90 76 20 66z"/>'
    '<path class="cp-map__ward" d="M180 24 270 16 284 66 184 72z"/>'
    '<path class="cp-map__water" d="M0 84q75-24 150 4t150-10v44q-75 22-150-4T0 122z"/>'
    '<path class="cp-map__ward cp-map__ward--here" d="M40 128 126 132 136 188 44 194z"/>'
    '<path class="cp-map__ward cp-map__ward--here" d="M130 132 214 124 236 176 140 186z"/>'
    '<text class="cp-map__label" x="60" y="50">Fairfield</text>'
    '<text class="cp-map__label" x="205" y="46">Abbey</text>'
    '<text class="cp-map__label cp-map__label--here" x="62" y="166">Millgate</text>'
    '<text class="cp-map__label cp-map__label--here" x="152" y="160">Quayside</text></svg>'
)


class GalleryForm(forms.Form):
    """One of every control."""

    title = forms.CharField(label="Title", max_length=90, help_text="What, where and when, in one line.")
    reference = forms.CharField(
        label="Street reference",
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    email = forms.EmailField(label="E-mail address", required=False, help_text="Only if you want a reply.")
    body = forms.CharField(
        label="What is happening", max_length=400, widget=forms.Textarea(attrs={"rows": 5})
    )
    kind = forms.ChoiceField(
        label="Kind of notice",
        choices=[("outage", "Outage"), ("event", "Event"), ("project", "Project")],
        widget=forms.RadioSelect,
    )
    wards = forms.MultipleChoiceField(
        label="Wards",
        choices=[("millgate", "Millgate"), ("quayside", "Quayside"), ("abbey", "Abbey")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Choose all that are affected.",
    )
    team = forms.ChoiceField(label="Team", choices=[("", "Choose"), ("water", "Water"), ("roads", "Roads")])
    picture = forms.ImageField(label="Picture", required=False, help_text="JPEG, PNG or WebP, up to 12 MB.")
    starts_at = MomentField(label="Off since", help_text="For example 22 11 2026, 6:40am.")
    ends_on = DayField(label="Last day", required=False)
    agreed = forms.BooleanField(
        label="I have read the page and all four posts", help_text="Approval covers it all."
    )
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].widget.hints = {
            "outage": "Something is off, or closed.",
            "event": "People may come.",
        }
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Fieldset("What", "title", "reference", "email", "body", "kind", "wards", "team", "picture"),
            Fieldset("When", "starts_at", "ends_on"),
            "agreed",
            "secret",
        )
        self.helper.add_input(Submit("save", "Save the draft"))
        self.helper.add_input(Submit("submit", "Submit for approval", css_class="govuk-button--secondary"))

    def clean(self):
        if self.data.get("title") == "clash":
            raise forms.ValidationError("Somebody else changed this draft while you wrote.")
        return self.cleaned_data


class FilterForm(forms.Form):
    """The filters above a list."""

    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "Any"), ("outage", "Outages")])
    ward = forms.ChoiceField(label="Ward", required=False, choices=[("", "Any"), ("quayside", "Quayside")])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_class = "cp-filter"
        self.helper.add_input(Submit("", "Show", css_class="govuk-button--small"))


def home(request: HttpRequest) -> HttpResponse:
    """Show emergencies, what is off, what is on, what is changing."""
    events = [
        (
            dt.date(2026, 11, 27),
            "Lights on the Quay",
            "5pm, Town Quay · free · step-free, quiet hour at 4pm",
            "",
        ),
        (dt.date(2026, 11, 28), "Winter food market", "10am to 4pm, Corn Hall", "moved indoors"),
        (
            dt.date(2026, 12, 1),
            "Have your say: a safer Station Road",
            "6:30pm, Fairfield Library and online",
            "",
        ),
        (
            dt.date(2026, 12, 3),
            "Full council meeting",
            "7pm, Town Hall · questions by noon on 30 November",
            "",
        ),
    ]
    facts = [
        [("Since", "today, 6:40am"), ("Back by", "4pm to 6pm", "revised once"), ("Next update", "by 1:30pm")],
        [("From", "Tue 24 Nov, 8pm"), ("Until", "Fri 27 Nov, 6am"), ("Way round", "Weir Lane")],
        [("Restored", "Sat 21 Nov, 11:15pm"), ("Estimate held", "yes, by 45 minutes")],
    ]
    return render(request, "gallery/home.html", {"events": events, "facts": facts})


def notice(request: HttpRequest) -> HttpResponse:
    """Show one outage with its timeline and questions."""
    context = {
        "nav": "outages",
        "now": NOW,
        "earlier": NOW - dt.timedelta(hours=2),
        "map": MAP,
        "crumbs": [("Home", "/"), ("Outages", "/outages/")],
        "answers": [
            ("Water back by", "4pm to 6pm", "Local estimate, revised once."),
            ("Off since", "6:40am", "Sunday 22 November"),
            ("Next update by", "1:30pm", "We have kept 4 of 4 so far"),
        ],
        "steps": ["Reported", "Cause found", "Repairing", "Checking", "Restored"],
    }
    return render(request, "gallery/notice.html", context)


def form(request: HttpRequest) -> HttpResponse:
    """Show one of every control, with its error when something was sent."""
    bound = GalleryForm(request.POST or None, initial={"starts_at": NOW})
    return render(request, "gallery/form.html", {"form": bound})


def parts(request: HttpRequest) -> HttpResponse:
    """Show what the other pages do not."""
    page = Paginator(range(200), 10).page(7)
    rows = [
        (
            "Water and how we told people",
            86,
            [("against", 59, "outage"), ("neither", 19, "neutral"), ("for", 8, "ok")],
        ),
        ("Winter market", 41, [("against", 10, "outage"), ("neither", 11, "neutral"), ("for", 20, "ok")]),
    ]
    context = {
        "page": page,
        "filter": FilterForm(),
        "rows": rows,
        "states": [
            "draft",
            "submitted",
            "returned",
            "approved",
            "scheduled",
            "published",
            "withdrawn",
            "sent",
            "failed",
            "unknown",
            "held",
            "locked",
            "pending",
            "answered",
        ],
        "sentences": ["The page is live at once.", "Three accounts will post within a minute."],
    }
    return render(request, "gallery/parts.html", context)


def approve(request: HttpRequest) -> HttpResponse:
    """Show the approver's page."""
    nav = [
        {"label": "My desk", "url": "/staff/", "count": 3, "current": True},
        {"label": "Notices", "url": "/staff/notices/"},
        {"label": "Inbox", "url": "/staff/inbox/", "count": 9},
        {"label": "Accounts", "url": "/staff/accounts/"},
        {"label": "Stop all posting", "url": "/staff/stop/", "danger": True},
    ]
    person = {"name": "Ben Achterberg", "roles": "approver, Water and Roads"}
    words = "Quay Street burst main: repairing now. Water back 4pm to 6pm in Millgate. Next update by 1:30pm."
    context = {"staff_nav": nav, "staff_person": person, "words": words, "form": GalleryForm()}
    return render(request, "gallery/approve.html", context)


def _empty(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


# Where every page's foot leads besides.
_OTHERS = ["places", "data", "corrections", "record", "accessibility", "privacy"]
_UPDATES = [
    path("", home, name="home"),
    path("notices/", parts, name="list"),
    path("outages/", notice, name="outages"),
    path("events/", form, name="events"),
    path("projects/", approve, name="projects"),
    *(path(f"{name}/", _empty, name=name) for name in _OTHERS),
]
_SAY = [path(f"{name}/", _empty, name=name) for name in ("list", "you_said")]
_GENUINE = [path(f"{name}/", _empty, name=name) for name in ("verify", "accounts")]

urlpatterns = [
    path("", include((_UPDATES, "updates"))),
    path("", include(([path("subscribe/", _empty, name="join")], "subscriptions"))),
    path("", include((_GENUINE, "genuine"))),
    path("", include((_SAY, "consultations"))),
    path("accounts/logout/", _empty, name="account_logout"),
]
