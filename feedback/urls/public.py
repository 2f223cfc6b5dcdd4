"""Addresses of feedback: public."""

from django.urls import path

from ..views import public, residents

app_name = "feedback"
urlpatterns = [
    path("notices/<str:reference>/ask/", residents.ask, name="ask"),
    path("notices/<str:reference>/feedback/", residents.give_feedback, name="give"),
    path("notices/<str:reference>/questions/", public.voices, name="voices"),
    path("questions/<str:reference>/", public.question, name="question"),
    path("received/<str:reference>/<str:token>/", residents.received, name="received"),
]
