"""Addresses of feedback: public."""

from django.urls import path

from updates.urls import references as notice_references  # noqa: F401 - registers the converter

from ..views import public, residents
from . import references  # noqa: F401 - registers the converter

app_name = "feedback"
urlpatterns = [
    path("notices/<reference:reference>/ask/", residents.ask, name="ask"),
    path("notices/<reference:reference>/feedback/", residents.give_feedback, name="give"),
    path("notices/<reference:reference>/questions/", public.voices, name="voices"),
    path("questions/<voice:reference>/", public.question, name="question"),
    path("received/<voice:reference>/<slug:token>/", residents.received, name="received"),
]
